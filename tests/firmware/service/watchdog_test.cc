// The built sunny16d under a supervisor that does what systemd does for Type=notify, WatchdogSec= and
// Restart=on-failure.
#include <doctest/doctest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>

#include "tests/firmware/service/daemon_process.h"
#include "tests/firmware/service/notify_socket.h"

namespace sunny16 {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

class Supervisor {
 public:
  static constexpr auto kWatchdog = 4s;

  Supervisor(const TempDir& folder, std::vector<std::string> flags) : folder_(folder), flags_(std::move(flags)) {
    setenv("WATCHDOG_USEC", std::to_string(std::chrono::microseconds(kWatchdog).count()).c_str(), 1);
    daemon.emplace(folder_, flags_);
  }
  ~Supervisor() { unsetenv("WATCHDOG_USEC"); }

  /// Whether a word comes within a time; others are passed over.
  bool hears(const std::string& word, std::chrono::milliseconds within) {
    const auto end = Clock::now() + within;
    for (auto left = within; left > 0ms; left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()))
      if (socket_.heard(left) == word) return true;
    return false;
  }
  /// Waits until the daemon has not said for the watchdog's time that it is alive; false: it goes on saying so.
  bool falls_silent() {
    for (int pings = 0; pings < 10; ++pings)
      if (!hears("WATCHDOG=1", kWatchdog)) return true;
    return false;
  }
  /// How the daemon ended.
  int restart() {
    const int code = daemon->end(SIGABRT);  // WatchdogSignal='s default
    while (!socket_.heard().empty()) {
    }
    daemon.emplace(folder_, flags_);
    return code;
  }

 private:
  NotifySocket socket_;
  const TempDir& folder_;
  const std::vector<std::string> flags_;

 public:
  std::optional<DaemonProcess> daemon;
};

std::string take_picture(const DaemonProcess& daemon) {
  REQUIRE(daemon.ask("GET /snapshot.jpg").status == 200);
  RawResponse started = daemon.ask("POST /api/v1/captures", R"({"raw": false})");
  for (int i = 0; i < 100 && started.status == 503; ++i) {  // a camera that a busy machine holds up says so
    std::this_thread::sleep_for(100ms);
    started = daemon.ask("POST /api/v1/captures", R"({"raw": false})");
  }
  REQUIRE_MESSAGE(started.status == 202, started.body);
  const std::string id = Json::parse(started.body)["id"];
  for (int i = 0; i < 600; ++i) {
    const std::string state = Json::parse(daemon.ask("GET /api/v1/captures/" + id).body)["state"];
    REQUIRE(state != "failed");
    if (state == "done") return id;
    std::this_thread::sleep_for(100ms);
  }
  FAIL("the capture does not end");
  return id;
}

TEST_CASE("A driver that never returns: the pings stop, and after the restart everything is there") {
  const TempDir folder;
  const auto faults = folder.file("faults.json", R"({"faults": [{"fault": "hang", "at_s": 0, "for_s": 100000}]})");
  Supervisor systemd(folder, {"--camera", "simulated:imx219,flat-field", "--no-auth", "--preview-width", "320",
                              "--faults", faults.string()});
  REQUIRE(systemd.hears("READY=1", 60s));
  REQUIRE(systemd.hears("WATCHDOG=1", 60s));
  const std::string id = take_picture(*systemd.daemon);

  // Another mode needs the camera stopped, and that call does not return.
  REQUIRE(systemd.daemon->ask("PUT /api/v1/modes", R"({"index": 0})").status == 200);
  CHECK(systemd.falls_silent());
  CHECK(systemd.daemon->ask("GET /api/v1/health").status == 503);
  const Json session = Json::parse(systemd.daemon->ask("GET /api/v1/status").body)["session"];
  CHECK(session["state"] == "stalled");
  CHECK(session["problems"].dump().find("camera.stalled") != std::string::npos);
  const RawResponse snapshot = systemd.daemon->ask("GET /snapshot.jpg");
  CHECK(snapshot.status == 503);
  CHECK(Json::parse(snapshot.body)["error"]["message"] == "the camera sends no pictures: it is stalled");

  CHECK(systemd.restart() == 128 + SIGABRT);
  REQUIRE(systemd.hears("READY=1", 60s));
  CHECK(systemd.hears("WATCHDOG=1", 60s));
  const Json capture = Json::parse(systemd.daemon->ask("GET /api/v1/captures/" + id).body);
  CHECK(capture["state"] == "done");
  const std::string file = capture["files"][0]["name"];
  const RawResponse picture = systemd.daemon->ask("GET /api/v1/captures/" + id + "/files/" + file);
  CHECK(picture.status == 200);
  CHECK(picture.body.size() == capture["files"][0]["bytes"].get<double>());
  CHECK(take_picture(*systemd.daemon) != id);
}

}  // namespace
}  // namespace sunny16
