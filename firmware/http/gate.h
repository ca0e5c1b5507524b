// What every request must pass before anything is done for it: rate, host, route, origin, role, form. Knows no sockets.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "firmware/http/framing.h"
#include "firmware/http/host_policy.h"
#include "firmware/http/login_limiter.h"
#include "firmware/http/rate_limiter.h"
#include "firmware/http/router.h"
#include "firmware/http/server.h"

namespace sunny16::firmware {

struct Client {
  std::string address;        ///< what limits count by: an IPv6 client has a whole /64
  std::string local_address;  ///< the one of ours that it has connected to
};

struct Admission {
  const Route* route;
  HttpRequest request;  ///< without its body
};

/// Called from any thread.
class Gate {
 public:
  /// Throws std::invalid_argument for a host or a route that is none.
  Gate(const ServerOptions& options, std::uint16_t port, std::vector<Route> routes);

  /// Or why not.
  std::variant<Admission, HttpResponse> admit(const RequestHead& head, const Client& client, LoginLimiter::Time now);
  /// Whether the token that came with an admitted request still allows its route: streams last longer than tokens may.
  bool still_allows(const Route& route, const RequestHead& head) const;
  /// What a handler answered: a refused claim counts as a failed login.
  void answered(const Route& route, int status, const Client& client, LoginLimiter::Time now);

 private:
  struct Visitor {
    Identity identity;
    bool failed = false;  ///< it has a token that is none
  };
  Visitor identify(const RequestHead& head) const;
  std::optional<HttpResponse> role_problem(const Route& route, const Visitor& visitor, const RequestHead& head,
                                           std::chrono::seconds wait) const;

  const HostPolicy hosts_;
  const Router router_;
  const Accounts* const accounts_;
  LoginLimiter limiter_;
  RateLimiter rate_;
};

}  // namespace sunny16::firmware
