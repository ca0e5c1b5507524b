#include "firmware/http/gate.h"

#include <optional>
#include <utility>

#include "firmware/http/credentials.h"

namespace sunny16::firmware {
namespace {

bool is_write(const RequestHead& head) { return head.method != "GET" && head.method != "HEAD"; }

HttpResponse with_header(HttpResponse response, std::string name, std::string value) {
  response.headers.emplace_back(std::move(name), std::move(value));
  return response;
}

HttpResponse no_route(const std::vector<std::string>& allowed) {
  if (allowed.empty()) return error_response(404, "not_found", "there is nothing here");
  std::string methods;
  for (const std::string& method : allowed) methods += (methods.empty() ? "" : ", ") + method;
  return with_header(error_response(405, "method_not_allowed", "allowed here: " + methods), "Allow", methods);
}

/// Other sites' pages may neither change anything nor listen. Programs that are no browsers send neither header.
bool from_elsewhere(const RequestHead& head, const HostPolicy& hosts) {
  const std::string_view origin = head.header("origin"), site = head.header("sec-fetch-site");
  return (!origin.empty() && !hosts.same_origin(origin, head.header("host"))) ||
         (!site.empty() && site != "same-origin" && site != "none");
}

/// Nothing but JSON: a form that another site's page sends is none.
bool is_json(const RequestHead& head) {
  const std::string type = lower_case(head.header("content-type"));
  return type.substr(0, type.find_first_of("; \t")) == "application/json";
}

std::optional<HttpResponse> upgrade_problem(const RequestHead& head) {
  if (head.method == "GET" && head.lists("upgrade", "websocket") && head.lists("connection", "upgrade") &&
      head.header("sec-websocket-version") == "13" && head.header("sec-websocket-key").size() == 24)
    return std::nullopt;
  HttpResponse response = error_response(426, "upgrade_required", "this speaks WebSocket, version 13");
  response.headers = {{"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}};
  return response;
}

HttpResponse try_after(std::chrono::seconds wait, std::string_view code, std::string_view message) {
  return with_header(error_response(429, code, message), "Retry-After", std::to_string(wait.count()));
}

HttpResponse too_many_failures(std::chrono::seconds wait) {
  return try_after(wait, "too_many_failures", "too many wrong tokens or codes from this address");
}

/// Browsers ask for name and password on a Basic challenge. A page's own script rather asks in the page.
HttpResponse challenge(const RequestHead& head, std::string_view message) {
  const bool script = head.header("sec-fetch-dest") == "empty";
  return with_header(error_response(401, "unauthorized", message), "WWW-Authenticate",
                     script ? "Bearer realm=\"sunny16\"" : "Basic realm=\"sunny16\", charset=\"UTF-8\"");
}

}  // namespace

Gate::Gate(const ServerOptions& options, std::uint16_t port, std::vector<Route> routes)
    : hosts_(options.hosts, port, !options.certificate.empty()),
      router_(std::move(routes)),
      accounts_(options.accounts),
      limiter_(options.limits.failed_logins_per_minute),
      rate_(options.limits.requests_per_second) {}

std::variant<Admission, HttpResponse> Gate::admit(const RequestHead& head, const Client& client,
                                                  LoginLimiter::Time now) {
  Router::Match match = router_.find(head);
  if (!match.route || !match.route->always)
    if (const auto wait = rate_.take(client.address, now); wait.count() > 0)
      return try_after(std::chrono::ceil<std::chrono::seconds>(wait), "too_many_requests",
                       "this address, or all together, ask more often than this server may be asked");
  if (!hosts_.allows_host(head.header("host"), client.local_address))
    return error_response(421, "unknown_host", "this server is not called so: add the name to its allowed hosts");
  if (!match.route) return no_route(match.allowed);
  const Route& route = *match.route;
  if (is_write(head) || route.kind == RouteKind::events) {
    if (from_elsewhere(head, hosts_))
      return error_response(403, "foreign_origin", "only pages of this server may do this");
  }
  const Visitor visitor = identify(head);
  if (visitor.failed) limiter_.failed(client.address, now);
  if (auto problem = role_problem(route, visitor, head, limiter_.wait(client.address, now))) return std::move(*problem);
  if (head.content_length > 0 && !is_json(head))
    return error_response(415, "unsupported_media_type", "bodies are application/json");
  if (route.kind == RouteKind::events)
    if (auto problem = upgrade_problem(head)) return std::move(*problem);
  return Admission{&route,
                   {.method = route.method,
                    .path = head.path,
                    .parameters = std::move(match.parameters),
                    .query = head.query,
                    .body = {},
                    .role = visitor.identity.role,
                    .user = visitor.identity.name}};
}

Gate::Visitor Gate::identify(const RequestHead& head) const {
  if (!accounts_) return {.identity = {.name = {}, .role = Role::admin}};
  const auto token = token_of(head);
  // A browser goes on sending what it knew of a device that has been reset since; that must not keep it from claiming.
  if (!token || !accounts_->claimed()) return {};
  const auto identity = accounts_->identify(*token);
  return {.identity = identity.value_or(Identity{}), .failed = !identity};
}

std::optional<HttpResponse> Gate::role_problem(const Route& route, const Visitor& visitor, const RequestHead& head,
                                               std::chrono::seconds wait) const {
  if (route.role == Role::anyone) {
    // Writes that are open to anyone are claims. Reads stay, so that a page can tell what is the matter.
    if (is_write(head) && wait.count() > 0) return too_many_failures(wait);
    return std::nullopt;
  }
  if (accounts_ && !accounts_->claimed())
    return error_response(403, "unclaimed", "claim this device first, with the code on its console or in its journal");
  if (visitor.failed) return wait.count() > 0 ? too_many_failures(wait) : challenge(head, "the token is not known");
  if (visitor.identity.role == Role::anyone) return challenge(head, "a token is needed");
  if (visitor.identity.role < route.role) {
    const std::string_view needed = isp::EnumNames<Role>::names[static_cast<std::size_t>(route.role)];
    return error_response(403, "forbidden", "this needs the role " + std::string(needed));
  }
  return std::nullopt;
}

bool Gate::still_allows(const Route& route, const RequestHead& head) const {
  return identify(head).identity.role >= route.role;
}

void Gate::answered(const Route& route, int status, const Client& client, LoginLimiter::Time now) {
  if (route.role == Role::anyone && route.method == "POST" && (status == 401 || status == 403))
    limiter_.failed(client.address, now);
}

}  // namespace sunny16::firmware
