// The built sunny16d, as its users and their programs meet it.
#include <doctest/doctest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tests/firmware/service/daemon_process.h"
#include "tests/firmware/service/prometheus_reader.h"

namespace sunny16 {
namespace {

using Json = nlohmann::json;

bool installed(const char* program) {
  return std::system(("command -v " + std::string(program) + " >/dev/null").c_str()) == 0;
}

const std::vector<std::string> kOpen{"--camera", "simulated:imx219,flat-field", "--no-auth", "--preview-width", "320"};

TEST_CASE("a simulated camera: pictures, status and metrics, and an end in order") {
  const TempDir folder;
  DaemonProcess daemon(folder, kOpen);
  REQUIRE_MESSAGE(daemon.port() != 0, daemon.log());
  const std::string url = "http://127.0.0.1:" + std::to_string(daemon.port());
  const RawResponse snapshot = daemon.ask("GET /snapshot.jpg");
  CHECK(snapshot.status == 200);
  CHECK(snapshot.body.starts_with("\xff\xd8\xff"));
  CHECK(Json::parse(daemon.ask("GET /api/v1/status").body)["session"]["state"] == "running");
  CHECK(daemon.ask("GET /api/v1/health").status == 200);
  CHECK(read_metrics(daemon.ask("GET /metrics").body).at("sunny16_frames_total").samples.at("") >= 1);

  SUBCASE("curl takes a snapshot, and mjpg-streamer's too") {
    if (!installed("curl")) return;
    for (const char* path : {"/snapshot.jpg", "/?action=snapshot"}) {
      const std::string file = (folder / "curl.jpg").string();
      CHECK(std::system(("curl -sSf -m 30 -o '" + file + "' '" + url + path + "'").c_str()) == 0);
      CHECK(read_bytes(file).size() > 500);
    }
  }
  SUBCASE("ffprobe knows the stream as Motion JPEG") {
    if (!installed("ffprobe")) return;
    const std::string file = (folder / "probe").string();
    const std::string probe =
        "ffprobe -v error -rw_timeout 30000000 -read_intervals %+#5 -count_packets "
        "-show_entries stream=codec_name,width,nb_read_packets -of default=nk=1:nw=1 '" +
        url + "/stream' >'" + file + "'";
    CHECK(std::system(probe.c_str()) == 0);
    std::ifstream in(file);
    std::string codec, width, packets;
    in >> codec >> width >> packets;
    CHECK(codec == "mjpeg");
    CHECK(width == "320");
    CHECK(packets == "5");
  }
  CHECK(daemon.end(SIGTERM) == 0);
}

TEST_CASE("the chosen look is on again after a restart; what is kept and cannot be had is a warning") {
  const TempDir folder;
  const auto current = [](const DaemonProcess& daemon) {
    return Json::parse(daemon.ask("GET /api/v1/looks").body)["current"].get<std::string>();
  };
  std::string usual;
  {
    DaemonProcess daemon(folder, kOpen);
    REQUIRE_MESSAGE(daemon.port() != 0, daemon.log());
    usual = current(daemon);
    CHECK(usual != "filters/sepia");
    CHECK(daemon.ask("PUT /api/v1/looks/current", R"({"look": "sepia", "strength": 0.5})").status == 200);
    daemon.end(SIGKILL);
  }
  {
    DaemonProcess daemon(folder, kOpen);
    REQUIRE_MESSAGE(daemon.port() != 0, daemon.log());
    CHECK(current(daemon) == "filters/sepia");
    CHECK(Json::parse(daemon.ask("GET /api/v1/looks").body)["strength"] == 0.5);
  }
  folder.file("state/look.json", R"({"look": "gone"})");
  DaemonProcess daemon(folder, kOpen);
  REQUIRE_MESSAGE(daemon.port() != 0, daemon.log());
  CHECK(current(daemon) == usual);
  CHECK(daemon.log().find("the look that was chosen last is not on: ") != std::string::npos);
}

TEST_CASE("without its camera it starts, says so, and shows pictures when the camera comes") {
  const TempDir folder;
  const auto faults = folder.file("faults.json", R"({"faults": [{"fault": "absent", "at_s": 0, "for_s": 6}]})");
  std::vector<std::string> flags = kOpen;
  flags.insert(flags.end(), {"--faults", faults.string()});
  DaemonProcess daemon(folder, flags);
  REQUIRE_MESSAGE(daemon.port() != 0, daemon.log());
  const Json away = Json::parse(daemon.ask("GET /api/v1/status").body)["session"];
  CHECK(away["state"] == "disconnected");
  CHECK(away["problems"][0]["code"] == "camera.disconnected");
  CHECK(daemon.ask("GET /api/v1/health").status == 503);
  CHECK(daemon.ask("GET /api/v1/controls/ranges").status == 200);
  CHECK(Json::parse(daemon.ask("GET /api/v1/modes").body).empty());
  CHECK(daemon.logged("(its script keeps it away)") != "");

  for (int i = 0; i < 300 && daemon.ask("GET /api/v1/health").status != 200; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  CHECK(daemon.ask("GET /snapshot.jpg").status == 200);
  const Json there = Json::parse(daemon.ask("GET /api/v1/status").body)["session"];
  CHECK(there["state"] == "running");
  CHECK(there["model"] == "imx219");
  CHECK(there["problems"].dump().find("camera.disconnected") == std::string::npos);
  CHECK(Json::parse(daemon.ask("GET /api/v1/tuning").body)["awb"]["ct_curve"].size() > 0);
  CHECK(daemon.end(SIGTERM) == 0);
}

TEST_CASE("a crash keeps captures and tokens") {
  const TempDir folder;
  const std::vector<std::string> flags{"--camera", "simulated:imx219,flat-field"};
  std::string token, id;
  {
    DaemonProcess daemon(folder, flags);
    const std::string code = daemon.logged("with the code ([^ \n]+)");
    REQUIRE_FALSE(code.empty());
    CHECK(daemon.ask("GET /snapshot.jpg").status == 403);
    const RawResponse claimed = daemon.ask("POST /api/v1/claim", R"({"code": ")" + code + R"(", "name": "owner"})");
    REQUIRE_MESSAGE(claimed.status / 100 == 2, claimed.body);
    token = Json::parse(claimed.body)["token"];
    CHECK(daemon.ask("GET /snapshot.jpg").status == 401);
    for (int i = 0; i < 2; ++i) REQUIRE(daemon.ask("GET /snapshot.jpg", "", token).status == 200);
    const RawResponse started = daemon.ask("POST /api/v1/captures", R"({"raw": false})", token);
    REQUIRE_MESSAGE(started.status == 202, started.body);
    id = Json::parse(started.body)["id"];
    std::string state;
    for (int i = 0; i < 600 && state != "done"; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      state = Json::parse(daemon.ask("GET /api/v1/captures/" + id, "", token).body)["state"];
      REQUIRE(state != "failed");
    }
    REQUIRE(state == "done");
    CHECK(daemon.end(SIGKILL) == 128 + SIGKILL);
  }
  DaemonProcess daemon(folder, flags);
  CHECK(daemon.ask("GET /api/v1/status").status == 401);
  const Json capture = Json::parse(daemon.ask("GET /api/v1/captures/" + id, "", token).body);
  CHECK(capture["state"] == "done");
  const std::string file = capture["files"][0]["name"];
  CHECK(daemon.ask("GET /api/v1/captures/" + id + "/files/" + file, "", token).status == 200);
  for (int i = 0; i < 2; ++i) REQUIRE(daemon.ask("GET /snapshot.jpg", "", token).status == 200);
  const RawResponse second = daemon.ask("POST /api/v1/captures", "{}", token);
  REQUIRE_MESSAGE(second.status == 202, second.body);
  CHECK(Json::parse(second.body)["id"] != id);
}

TEST_CASE("what it cannot do it says in one line, and exits with 2") {
  const TempDir folder;
  for (const auto& flags : {std::vector<std::string>{"--port", "0x"},
                            {"--camera", "pinhole"},
                            {"--camera", "simulated", "--tuning", "nowhere.json"},
                            {"--camera", "simulated", "--no-auth", "--address", "0.0.0.0"}}) {
    DaemonProcess daemon(folder, flags);
    const std::string line = daemon.logged("sunny16d: (.*)\n");
    CAPTURE(daemon.log());
    CHECK_FALSE(line.empty());
    CHECK(daemon.end(0) == 2);
  }
}

}  // namespace
}  // namespace sunny16
