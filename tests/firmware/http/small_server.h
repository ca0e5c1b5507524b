// A server with a few routes on a free port of loopback.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "firmware/http/server.h"
#include "hal/api/steady_clock.h"
#include "tests/firmware/http/raw_client.h"
#include "tests/temp_dir.h"

namespace sunny16::firmware {

using namespace std::chrono_literals;

inline Route route(std::string method, std::string path, Role role,
                   std::function<void(const HttpRequest&, Reply)> handle = {}, RouteKind kind = RouteKind::reply) {
  Route made;
  made.method = std::move(method);
  made.path = std::move(path);
  made.role = role;
  made.handle = std::move(handle);
  made.kind = kind;
  return made;
}

/// /health for anyone, /who tells the client's role, /echo its body, /file a file, /later from another thread, /never,
/// /breaks throws; /stream, /snapshot and /events.
struct SmallServer {
  TempDir folder;
  hal::SteadyClock clock;
  FrameHub frames;
  EventHub events{8};
  std::string code;  ///< with which it can be claimed
  std::optional<Accounts> accounts;
  std::vector<std::thread> threads;
  std::optional<Server> server;

  enum class Auth { none, tokens };

  explicit SmallServer(ServerLimits limits = {}, Auth auth = Auth::none, ServerOptions options = {}) {
    if (auth == Auth::tokens)
      accounts.emplace(folder / "tokens.json", clock, [this](std::string_view shown) { code = shown; });
    options.port = 0;
    options.accounts = accounts ? &*accounts : nullptr;
    options.limits = limits;
    server.emplace(options, routes(), frames, events);
    server->start();
  }
  ~SmallServer() {
    server.reset();
    for (std::thread& thread : threads) thread.join();
  }

  RawClient connect() const { return RawClient(server->port()); }
  std::string host() const { return "127.0.0.1:" + std::to_string(server->port()); }
  /// "GET /health HTTP/1.1" with Host and these lines.
  std::string request(std::string_view line, std::string_view headers = {}, std::string_view body = {}) const {
    std::string text = std::string(line) + " HTTP/1.1\r\nHost: " + host() + "\r\n" + std::string(headers);
    if (!body.empty())
      text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    return text + "\r\n" + std::string(body);
  }
  RawResponse ask(std::string_view line, std::string_view headers = {}, std::string_view body = {}) const {
    return connect().ask(request(line, headers, body));
  }

  void publish(std::size_t bytes, double unix_time = 1234.5) {
    frames.publish(std::make_shared<const std::vector<std::byte>>(bytes, std::byte{0x5a}), unix_time);
  }

 private:
  std::vector<Route> routes() {
    std::vector<Route> all;
    all.push_back(route("GET", "/health", Role::anyone,
                        [](const HttpRequest&, const Reply& reply) { reply({.status = 200, .body = "{}"}); }));
    all.back().always = true;
    all.push_back(route("GET", "/page", Role::anyone, [](const HttpRequest&, const Reply& reply) {
      reply({.status = 200, .content_type = "text/html", .body = "<!doctype html>"});
    }));
    for (const Role role : {Role::viewer, Role::tuner, Role::admin}) {
      const std::string name(isp::EnumNames<Role>::names[static_cast<std::size_t>(role)]);
      all.push_back(route("GET", "/for/" + name, role, [](const HttpRequest& request, const Reply& reply) {
        reply({.status = 200, .body = request.user});
      }));
    }
    all.push_back(route("POST", "/echo", Role::viewer, [](const HttpRequest& request, const Reply& reply) {
      reply({.status = 200, .body = request.body});
    }));
    all.push_back(route("GET", "/file", Role::viewer, [this](const HttpRequest&, const Reply& reply) {
      reply({.status = 200, .content_type = "image/x-adobe-dng", .body = {}, .file = folder / "file"});
    }));
    all.push_back(route("GET", "/later", Role::viewer, [this](const HttpRequest&, const Reply& reply) {
      threads.emplace_back([reply] { reply({.status = 200, .body = "later"}); });
    }));
    all.push_back(route("GET", "/never", Role::viewer, [](const HttpRequest&, const Reply&) {}));
    all.push_back(route("GET", "/breaks", Role::viewer,
                        [](const HttpRequest&, const Reply&) { throw std::runtime_error("a secret of ours"); }));
    all.push_back(route("GET", "/stream", Role::viewer, {}, RouteKind::mjpeg));
    all.push_back(route("GET", "/snapshot", Role::viewer, {}, RouteKind::snapshot));
    all.push_back(route("GET", "/events", Role::viewer, {}, RouteKind::events));
    if (accounts)
      for (Route& made : account_routes(*accounts)) all.push_back(std::move(made));
    return all;
  }
};

/// Waits, with a generous limit, for what another thread does.
template <class Condition>
bool eventually(Condition&& condition) {
  for (int i = 0; i < 2000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

}  // namespace sunny16::firmware
