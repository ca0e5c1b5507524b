// What the routes do, on the real server and a simulated camera.
#include "firmware/service/api.h"

#include <doctest/doctest.h>

#include "tests/firmware/service/api_rig.h"
#include "tests/firmware/service/prometheus_reader.h"

namespace sunny16::firmware {
namespace {

using test::ApiRig;

TEST_CASE("status and health tell whether frames come") {
  ApiRig rig;
  CHECK(rig.ask("GET", "/api/v1/health").status == 503);
  rig.run();
  rig.turn(5);
  CHECK(rig.good("GET", "/api/v1/health") == ApiRig::Json{{"healthy", true}, {"state", "running"}});
  const auto status = rig.good("GET", "/api/v1/status");
  CHECK(status["session"]["state"] == "running");
  CHECK(status["session"]["frames"] >= 5);
  CHECK(status["session"]["width"] == 64);
  CHECK(status["storage"]["writable"] == true);
  CHECK(status["control"].contains("AeState"));
}

TEST_CASE("metrics are Prometheus' text, with its media type") {
  ApiRig rig;
  rig.run();
  const RawResponse response = rig.ask("GET", "/metrics");
  CHECK(response.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8");
  const auto families = read_metrics(response.body);
  CHECK(families.at("sunny16_frames_total").samples.at("") >= 1);
  CHECK(families.at("process_resident_memory_bytes").samples.at("") > 1e6);
}

TEST_CASE("controls: some are set, the others stay; all are set, the others get their defaults") {
  ApiRig rig;
  CHECK(rig.good("PATCH", "/api/v1/controls", R"({"ExposureValue": 1.5})")["ExposureValue"] == 1.5);
  CHECK(rig.good("PATCH", "/api/v1/controls", R"({"AwbMode": "AwbDaylight"})")["ExposureValue"] == 1.5);
  CHECK(rig.good("GET", "/api/v1/controls")["AwbMode"] == "AwbDaylight");
  const auto all = rig.good("PUT", "/api/v1/controls", R"({"Contrast": 1.25})");
  CHECK(all["ExposureValue"] == 0);
  CHECK(all["Contrast"] == 1.25);
}

TEST_CASE("a control that is refused is named with what is allowed, and nothing changes") {
  ApiRig rig;
  CHECK(rig.refused(400, "PATCH", "/api/v1/controls", R"({"Contrast": 2, "ExposureValue": 99})") ==
        "$.ExposureValue: found 99, allowed a number -8 .. 8");
  CHECK(rig.refused(400, "PATCH", "/api/v1/controls", R"({"Exposure": 1})")
            .starts_with("$.Exposure: found an unknown key"));
  CHECK(rig.refused(400, "PATCH", "/api/v1/controls", R"({"Contrast": )").starts_with("body:1:"));
  CHECK(rig.refused(400, "PATCH", "/api/v1/controls", "[1]").starts_with("$: found "));
  CHECK(rig.good("GET", "/api/v1/controls")["Contrast"] == 1);
}

TEST_CASE("a fixed exposure shows in the frames that follow") {
  ApiRig rig;
  rig.run();
  rig.good("PATCH", "/api/v1/controls", R"({"ExposureTime": 5000, "AnalogueGain": 2})");
  rig.turn(20);
  const auto session = rig.good("GET", "/api/v1/status")["session"];
  CHECK(session["ExposureTime"].get<double>() > 4900);
  CHECK(session["ExposureTime"].get<double>() < 5100);
  CHECK(session["AnalogueGain"].get<double>() > 1.9);
  CHECK(session["AnalogueGain"].get<double>() < 2.1);
}

TEST_CASE("ranges are the sensor's, and focus is refused where it is fixed") {
  ApiRig rig;
  for (const auto& range : rig.good("GET", "/api/v1/controls/ranges"))
    if (range["name"] == "AnalogueGain") CHECK(range["maximum"].get<double>() < 12);  // imx219: 10.66
  CHECK(rig.refused(400, "POST", "/api/v1/focus", R"({"action": "AfTriggerNow"})").starts_with("$.action: found"));
}

TEST_CASE("modes are listed, and one is in use") {
  ApiRig rig;
  const auto modes = rig.good("GET", "/api/v1/modes");
  REQUIRE(modes.size() > 1);
  int in_use = 0;
  for (const auto& mode : modes) in_use += mode["in_use"].get<bool>();
  CHECK(in_use <= 1);
  rig.refused(400, "PUT", "/api/v1/modes", "{}");
  CHECK(rig.ask("PUT", "/api/v1/modes", R"({"index": 999})").status / 100 == 4);
  CHECK(rig.good("GET", "/api/v1/cameras")[0]["name"] == "simulated:imx219");
}

TEST_CASE("a tuning is checked, applied and taken back; a bad one changes nothing") {
  ApiRig rig;
  rig.run();
  auto tuning = rig.good("GET", "/api/v1/tuning");
  const double before = tuning["stages"]["sharpen"]["strength"];
  tuning["stages"]["sharpen"]["strength"] = before / 2;
  const std::string changed = tuning.dump();
  const int version = rig.good("GET", "/api/v1/status")["session"]["tuning_version"];
  CHECK(rig.good("POST", "/api/v1/tuning/validate", changed)["version"] == version);
  CHECK(rig.good("GET", "/api/v1/tuning")["stages"]["sharpen"]["strength"] == before);

  CHECK(rig.good("PUT", "/api/v1/tuning", changed)["version"] == version + 1);
  rig.turn(2);
  CHECK(rig.good("GET", "/api/v1/tuning")["stages"]["sharpen"]["strength"] == before / 2);

  const std::string bad = R"({"sunny16_tuning": 1, "stages": {"sharpen": {"strength": -5}}})";
  CHECK(rig.refused(400, "PUT", "/api/v1/tuning", bad).find("stages.sharpen.strength: found -5") != std::string::npos);
  CHECK(rig.refused(400, "POST", "/api/v1/tuning/validate", bad).find("stages.sharpen.strength: found -5") !=
        std::string::npos);
  CHECK(rig.good("GET", "/api/v1/tuning")["stages"]["sharpen"]["strength"] == before / 2);
  CHECK(rig.good("GET", "/api/v1/status")["session"]["tuning_version"] == version + 1);
  const auto problems = rig.good("GET", "/api/v1/status")["session"]["problems"];
  REQUIRE(problems.size() == 1);
  CHECK(problems[0]["code"] == "tuning.rejected");
  CHECK(problems[0]["message"].get<std::string>().ends_with("; the one before stays"));

  rig.good("POST", "/api/v1/tuning/rollback");
  rig.turn(2);
  CHECK(rig.good("GET", "/api/v1/tuning")["stages"]["sharpen"]["strength"] == before);
  CHECK(rig.good("GET", "/api/v1/tuning/schema")["title"] == "Sunny16 tuning of a camera module");
}

TEST_CASE("without a tuning before there is nothing to go back to") {
  ApiRig rig;
  rig.refused(409, "POST", "/api/v1/tuning/rollback");
}

TEST_CASE("a capture is started, followed, downloaded and deleted") {
  ApiRig rig;
  rig.run();
  const RawResponse started = rig.ask("POST", "/api/v1/captures", R"({"mode": "photo"})");
  REQUIRE(started.status == 202);
  const std::string id = ApiRig::Json::parse(started.body)["id"];
  CHECK(started.header("Location") == "/api/v1/captures/" + id);
  const auto capture = rig.finish(id);
  CHECK(capture["state"] == "done");
  CHECK(rig.good("GET", "/api/v1/captures")[0]["id"] == id);

  bool picture = false;
  for (const auto& file : capture["files"]) {
    const std::string path = "/api/v1/captures/" + id + "/files/" + file["name"].get<std::string>();
    const RawResponse download = rig.ask("GET", path, {}, Role::viewer);
    CHECK(download.status == 200);
    CHECK(static_cast<double>(download.body.size()) == file["bytes"]);
    CHECK(download.header("Content-Type") == file["type"]);
    CHECK(download.header("Content-Disposition").starts_with("attachment; filename=\""));
    if (file["type"] == "image/jpeg") picture = download.body.starts_with("\xff\xd8\xff");
  }
  CHECK(picture);

  CHECK(rig.refused(409, "POST", "/api/v1/captures/" + id + "/cancel").size() > 5);
  CHECK(rig.ask("DELETE", "/api/v1/captures/" + id).status == 204);
  rig.refused(404, "GET", "/api/v1/captures/" + id);
  CHECK(rig.good("GET", "/api/v1/captures").empty());
}

TEST_CASE("a capture at work can be cancelled, not deleted") {
  ApiRig rig;
  rig.run();
  const std::string id =
      rig.good("POST", "/api/v1/captures", R"({"mode": "timelapse", "count": 1000, "interval_s": 100})")["id"];
  rig.turn(3);
  rig.refused(409, "DELETE", "/api/v1/captures/" + id);
  rig.good("POST", "/api/v1/captures/" + id + "/cancel");
  CHECK(rig.finish(id)["state"] == "cancelled");
}

TEST_CASE("files that the library did not name are not found") {
  ApiRig rig;
  rig.run();
  const std::string id = rig.good("POST", "/api/v1/captures", "{}")["id"];
  rig.finish(id);
  for (const char* name : {"capture.json.tmp", "..", "%2e%2e", "%2fetc%2fpasswd", "none.jpg"}) {
    CAPTURE(name);
    CHECK(rig.ask("GET", "/api/v1/captures/" + id + "/files/" + name).status / 100 == 4);
  }
  rig.refused(404, "GET", "/api/v1/captures/none");
  rig.refused(404, "DELETE", "/api/v1/captures/none");
  CHECK(rig.refused(400, "POST", "/api/v1/captures", R"({"mode": "movie"})").starts_with("$.mode: found \"movie\""));
}

TEST_CASE("a snapshot is a picture taken after it was asked for; without frames 503") {
  ApiRig rig;
  rig.run();
  CHECK(rig.refused(503, "GET", "/snapshot.jpg") ==  // nobody turns rounds: no frame comes
        "the camera sends no pictures: it is running");
  for (const char* path : {"/snapshot.jpg", "/?action=snapshot"}) {
    RawResponse picture;
    std::thread viewer([&] { picture = rig.ask("GET", path, {}, Role::viewer); });
    while (rig.frames.viewers() == 0) std::this_thread::yield();
    const std::uint64_t before = rig.frames.newest().number;
    rig.turn(4);
    viewer.join();
    CHECK(picture.status == 200);
    CHECK(picture.header("Content-Type") == "image/jpeg");
    CHECK(picture.body.starts_with("\xff\xd8\xff"));
    CHECK(rig.frames.newest().number > before);
  }
}

TEST_CASE("the page comes with its files, and may load nothing from elsewhere") {
  ApiRig rig;
  const RawResponse page = rig.ask("GET", "/", {}, Role::anyone);
  CHECK(page.header("Content-Type") == "text/html; charset=utf-8");
  CHECK(page.header("Content-Security-Policy").find("default-src 'none'") != std::string::npos);
  for (const Route& route : rig.routes)
    if (route.path.starts_with("/page/")) {
      const RawResponse file = rig.ask("GET", route.path, {}, Role::anyone);
      CHECK(file.status == 200);
      CHECK(file.body.size() > 100);
      CHECK(file.body.find("http://") == std::string::npos);
      CHECK(file.body.find("https://") == std::string::npos);
    }
}

}  // namespace
}  // namespace sunny16::firmware
