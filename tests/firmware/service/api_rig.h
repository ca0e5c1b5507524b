// The whole API on a real server, over a small simulated camera whose rounds the test turns itself.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "firmware/http/server.h"
#include "firmware/service/api.h"
#include "firmware/service/publisher.h"
#include "tests/firmware/http/raw_client.h"
#include "tests/sim/camera/small_camera.h"
#include "tests/temp_dir.h"

namespace sunny16::firmware::test {

struct ApiRig {
  using Json = nlohmann::ordered_json;
  enum class Owner { claimed, unclaimed };

  explicit ApiRig(Owner owner = Owner::claimed, std::string_view module = "imx219") {
    auto camera = std::make_unique<sim::SimulatedCamera>(sim::test::small_setup(module), clock, sim::CameraOptions{});
    session = std::make_unique<CameraSession>(std::move(camera), clock, CameraTuning{}, library, publisher,
                                              SessionOptions{.threads = 1});
    looks = std::make_unique<LookShelf>(*session, board(), LookLibrary({folder / "shipped"}, folder / "looks"),
                                        folder / "look.json");
    detectors.emplace(*session, folder / "models", DetectorChoice{});
    const Api api{.session = session.get(),
                  .library = &library,
                  .looks = looks.get(),
                  .detectors = &detectors.value(),
                  .status = [this] { return status(); },
                  .cameras =
                      [] {
                        return std::vector<CameraEntry>{{"simulated:imx219", "a test's"}};
                      },
                  .later = [](const std::function<void()>& task) { task(); }};
    routes = api_routes(api, account_routes(accounts));
    ServerOptions options;
    options.port = 0;
    options.accounts = &accounts;
    options.limits.first_frame_time = options.limits.reply_time = std::chrono::milliseconds(300);
    options.limits.failed_logins_per_minute = 1000;
    options.limits.requests_per_second = 1e6;
    server = std::make_unique<Server>(options, routes, frames, events);
    server->start();
    if (owner == Owner::claimed) {
      tokens[Role::admin] = std::get<Accounts::NewToken>(accounts.claim(code, "owner")).token;
      for (const Role role : {Role::viewer, Role::tuner}) tokens[role] = accounts.add("test", role)->token;
    }
  }
  ~ApiRig() { server.reset(); }

  /// Packs may be installed, and nothing is on at first.
  static BoardProfile board() {
    return {.name = "bench",
            .title = "",
            .machines = {},
            .packs = {"shipped"},
            .features = {Feature::preview_look, Feature::user_packs},
            .default_look = "",
            .models = {}};
  }

  DaemonStatus status() const {
    return {.version = "1",
            .session = session->status(),
            .control = session->metadata(),
            .detections = session->detections(),
            .storage = library.status(),
            .stream_clients = frames.viewers(),
            .event_clients = events.listeners()};
  }

  void turn(int rounds = 1) {
    for (int i = 0; i < rounds; ++i) session->turn();
  }
  void run() {
    for (int i = 0; i < 20 && session->status().state != CameraState::running; ++i) turn();
    REQUIRE(session->status().state == CameraState::running);
  }

  /// Asks with the role's token; without one as anyone.
  RawResponse ask(std::string_view method, std::string_view path, std::string_view body = {}, Role role = Role::admin) {
    std::string text = std::string(method) + " " + std::string(path) +
                       " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server->port()) + "\r\n";
    if (tokens.contains(role)) text += "Authorization: Bearer " + tokens[role] + "\r\n";
    if (!body.empty())
      text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    RawClient client(server->port());
    client.send(text + "\r\n" + std::string(body));
    return client.receive_response(method != "HEAD");
  }
  /// The answer's JSON; its status must be 2xx.
  Json good(std::string_view method, std::string_view path, std::string_view body = {}, Role role = Role::admin) {
    const RawResponse response = ask(method, path, body, role);
    CAPTURE(response.body);
    REQUIRE(response.status / 100 == 2);
    return response.body.empty() ? Json() : Json::parse(response.body);
  }
  /// The message of an error with this status.
  std::string refused(int status, std::string_view method, std::string_view path, std::string_view body = {}) {
    const RawResponse response = ask(method, path, body);
    CAPTURE(response.body);
    REQUIRE(response.status == status);
    return Json::parse(response.body)["error"]["message"];
  }
  /// Turns rounds until a capture is over.
  Json finish(const std::string& id) {
    for (int i = 0; i < 2000; ++i) {
      Json capture = good("GET", "/api/v1/captures/" + id);
      if (capture["state"] != "queued" && capture["state"] != "running") return capture;
      turn();
      if (i > 50) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    FAIL("the capture does not end");
    return {};
  }

  TempDir folder;
  std::shared_ptr<sim::SimulatedClock> clock = std::make_shared<sim::SimulatedClock>();
  CaptureLibrary library{{.folder = folder / "captures", .reserve_bytes = 0, .boot_id = "0123abcd"}};
  FrameHub frames{[this](int viewers) { session->set_viewers(viewers); }};
  EventHub events;
  Publisher publisher{frames, events};
  std::unique_ptr<CameraSession> session;
  std::unique_ptr<LookShelf> looks;
  std::optional<DetectorShelf> detectors;
  std::string code;
  Accounts accounts{folder / "tokens.json", *clock, [this](std::string_view shown) { code = shown; }};
  std::map<Role, std::string> tokens;
  std::vector<Route> routes;
  std::unique_ptr<Server> server;
};

}  // namespace sunny16::firmware::test
