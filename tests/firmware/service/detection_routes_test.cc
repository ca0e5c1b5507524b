#include "tests/firmware/detect/fake_detector.h"
#include "tests/firmware/service/api_rig.h"

namespace sunny16::firmware {
namespace {

using test::ApiRig;

TEST_CASE("what was found is in the answer") {
  ApiRig rig;
  rig.session->set_detectors({test::finds("faces", {{"face", 0.9, {0.3, 0.2, 0.3, 0.4}}})});
  rig.run();
  for (int i = 0; i < 2000 && rig.session->detections().detections.empty(); ++i) {
    rig.turn();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  const auto report = rig.good("GET", "/api/v1/detections", {}, Role::viewer);
  REQUIRE(report["detections"].size() == 1);
  CHECK(report["detections"][0]["label"] == "face");
  CHECK(report["detections"][0]["box"].size() == 4);
  CHECK(report["detectors"] == ApiRig::Json{"faces"});
  CHECK(rig.good("GET", "/api/v1/status")["detections"]["detections"].size() == 1);
}

TEST_CASE("a model that cannot be opened is refused, and the detectors before go on") {
  ApiRig rig;
  const auto before = test::finds("faces", {});
  rig.session->set_detectors({before});
  std::filesystem::create_directories(rig.folder / "models");
  rig.folder.file("models/text.onnx", "this is no model");
  const std::string message = rig.refused(400, "PUT", "/api/v1/detectors", R"({"model": "text.onnx"})");
  CHECK(message.find("text.onnx: no usable ONNX model: offset") != std::string::npos);
  CHECK(message.ends_with("; the detectors before go on"));
  CHECK(rig.refused(400, "PUT", "/api/v1/detectors", R"({"model": "missing.onnx"})").find("No such file") !=
        std::string::npos);
  for (const char* outside : {R"({"model": "../tokens.json"})", R"({"model": "/etc/passwd"})",
                              R"({"model": "sensor", "labels": "../tokens.json"})"})
    CHECK(rig.refused(400, "PUT", "/api/v1/detectors", outside).find("allowed the name of a file in the folder") !=
          std::string::npos);
  CHECK(rig.session->detections().detectors == std::vector<std::string>{"faces"});
  CHECK(rig.good("GET", "/api/v1/detectors")["model"] == "");
}

TEST_CASE("a network on the sensor can be asked for while the camera runs") {
  ApiRig rig;
  CHECK(rig.good("PUT", "/api/v1/detectors", R"({"model": "sensor"})")["model"] == "sensor");
  CHECK(rig.session->detections().detectors == std::vector<std::string>{"sensor"});
  CHECK(rig.good("PUT", "/api/v1/detectors", "{}")["model"] == "");
  CHECK(rig.session->detections().detectors.empty());
}

}  // namespace
}  // namespace sunny16::firmware
