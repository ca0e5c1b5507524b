// Which hosts a request may name, and where a page must come from to change something here. A page of another site
// that makes its own name point at this device (DNS rebinding) still names that site in Host and Origin.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sunny16::firmware {

/// "camera.local:8080", "[fe80::1]": what Host holds.
struct Authority {
  std::string name;  ///< in lower case; an IPv6 address without its brackets
  std::optional<std::uint16_t> port;
};

/// Nothing where it is not an authority.
std::optional<Authority> parse_authority(std::string_view text);

class HostPolicy {
 public:
  /// `hosts`: names with or without a port; without one, the server's counts. Throws std::invalid_argument.
  HostPolicy(const std::vector<std::string>& hosts, std::uint16_t server_port, bool tls);

  /// `local_address`: the address that the client has connected to; no name that an attacker owns is one.
  bool allows_host(std::string_view host, std::string_view local_address) const;

  /// Whether `origin` is that of a page that this server gave out under `host`. Plain HTTP may stand behind a proxy
  /// that speaks TLS, so both schemes count there.
  bool same_origin(std::string_view origin, std::string_view host) const;

 private:
  struct Host {
    std::string name;
    std::uint16_t port;
    friend bool operator==(const Host&, const Host&) = default;
  };

  std::vector<Host> hosts_;
  std::uint16_t server_port_;
  bool tls_;
};

}  // namespace sunny16::firmware
