// Detectors in a camera session: on a thread of their own, and what becomes of what they find.
#include "firmware/capture/detection.h"

#include <future>

#include "firmware/control/scene/boxes.h"
#include "tests/firmware/capture/session_rig.h"
#include "tests/firmware/detect/fake_detector.h"

namespace sunny16::firmware {
namespace {

using test::FakeDetector;
using test::SessionRig;

const Detection kFaceFound{"face", 0.9, {0.3, 0.2, 0.3, 0.4}};

/// Rounds until it is so; the detectors' thread gets real time.
bool eventually(SessionRig& rig, const std::function<bool()>& so) {
  for (int i = 0; i < 2000 && !so(); ++i) {
    rig.session->turn();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return so();
}

TEST_CASE("detectors see an upright picture, and boxes come back in the sensor's") {
  DetectionTask task;
  task.picture = {.format = isp::OutputFormat::rgb8, .width = 40, .height = 20, .planes = {}};
  task.picture.planes[0] = {120, 20};
  task.orientation = 6;
  int width = 0;
  const auto detector = std::make_shared<FakeDetector>("x", [&](const DetectorInput& input) {
    width = input.rgb.width / 3;
    return std::vector{Detection{"x", 1, {0, 0, 0.5, 0.25}}};  // the upper left corner
  });
  const DetectionResult result = detect({detector}, std::move(task));
  CHECK(width == 20);
  REQUIRE(result.found.size() == 1);
  const Box expected{0, 0.5, 0.25, 0.5};  // the lower left one, before a clockwise turn
  for (std::size_t i = 0; i < 4; ++i) CHECK(result.found[0].box[i] == doctest::Approx(expected[i]));
}

TEST_CASE("regions of faces lie in the part of the frame that a picture shows, and turn with it") {
  const std::vector<Detection> found{
      kFaceFound, {"cat", 0.9, {0.3, 0.2, 0.3, 0.4}}, {"face", 0.9, {0.9, 0.9, 0.1, 0.1}}};
  const FaceRegions all = face_regions(found, {0, 0, 1, 1}, {}, 640, 480);
  CHECK(all.width == 640);
  REQUIRE(all.boxes.size() == 2);
  for (std::size_t i = 0; i < 4; ++i) CHECK(all.boxes[0][i] == doctest::Approx(kFaceFound.box[i]));
  const FaceRegions part = face_regions(found, {0.25, 0, 0.5, 0.5}, Orientation::rotation(180), 320, 240);
  REQUIRE(part.boxes.size() == 1);
  const Box expected{0.3, 0, 0.6, 0.6};
  for (std::size_t i = 0; i < 4; ++i) CHECK(part.boxes[0][i] == doctest::Approx(expected[i]));
}

TEST_CASE("a detector that fails leaves the others at work") {
  const auto broken = std::make_shared<FakeDetector>(
      "m.onnx", [](const auto&) -> std::vector<Detection> { throw DetectorError("m.onnx: broken"); });
  const DetectionResult result = detect({broken, test::finds("faces", {kFaceFound})}, {});
  CHECK(result.error == "m.onnx: broken");
  CHECK(result.found.size() == 1);
}

TEST_CASE("a session tells what is found: in its events, its metadata and the pictures that it keeps") {
  SessionRig rig;
  rig.session->set_detectors({test::finds("faces", {kFaceFound})});
  rig.start();
  REQUIRE(eventually(rig, [&] { return rig.session->metadata().face_rectangles.size() == 4; }));
  CHECK(rig.session->metadata().skin_protection > 0);
  const DetectionReport report = rig.session->detections();
  CHECK(report.detectors == std::vector<std::string>{"faces"});
  CHECK(report.time > rig.unix_time);
  REQUIRE(report.detections.size() == 1);
  CHECK(report.detections[0].box == kFaceFound.box);
  CHECK(rig.ear.heard("detections", "\"face\"") >= 0);

  rig.run_for(0.3);  // a picture is one of the past
  const CaptureInfo info = rig.finish(rig.session->start_capture({.raw = false}));
  REQUIRE(info.state == CaptureState::done);
  const auto bytes = read_bytes(rig.dir / "captures" / info.id / info.files.back().name);
  const std::string metadata(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  CHECK(metadata.find("\"Detections\"") != std::string::npos);
  CHECK(metadata.find("\"face\"") != std::string::npos);
}

TEST_CASE("FaceDetectModeOff: nobody looks for faces, others look on") {
  SessionRig rig;
  const auto faces = test::finds("faces", {kFaceFound});
  const auto objects = test::finds("m.onnx", {{"cat", 0.9, {0.1, 0.1, 0.2, 0.2}}});
  rig.session->set_controls({.face_detect_mode = FaceDetectMode::off});
  rig.session->set_detectors({faces, objects});
  rig.start();
  REQUIRE(eventually(rig, [&] { return objects->looks() >= 3; }));
  CHECK(faces->looks() == 0);
  CHECK(rig.session->metadata().face_rectangles.empty());
}

TEST_CASE("a detector that takes its time keeps no frame waiting, and looks are not too close") {
  SessionRig rig;
  std::promise<void> go;
  const auto waits = go.get_future().share();
  const auto slow = std::make_shared<FakeDetector>("slow", [waits](const auto&) {
    waits.wait();
    return std::vector<Detection>{};
  });
  rig.session->set_detectors({slow});
  rig.start();
  const double before = rig.frames();
  rig.run_for(2);
  CHECK(rig.frames() > before + 30);
  CHECK(slow->looks() <= 1);
  go.set_value();
  const double from_s = rig.clock->seconds();
  REQUIRE(eventually(rig, [&] { return slow->looks() >= 5; }));
  CHECK(rig.clock->seconds() - from_s > 0.2 * 3);
}

TEST_CASE("a detector that fails is a problem, and the camera goes on") {
  SessionRig rig;
  rig.session->set_detectors({std::make_shared<FakeDetector>(
      "m.onnx", [](const auto&) -> std::vector<Detection> { throw DetectorError("m.onnx: broken"); })});
  rig.start();
  CHECK(eventually(rig, [&] { return rig.has_problem("detector.failed"); }));
  CHECK(rig.running());
}

TEST_CASE("other detectors: what the ones before found is forgotten") {
  SessionRig rig;
  rig.session->set_detectors({test::finds("faces", {kFaceFound})});
  rig.start();
  REQUIRE(eventually(rig, [&] { return !rig.session->detections().detections.empty(); }));
  rig.session->set_detectors({});
  CHECK(rig.session->detections().detections.empty());
  CHECK(rig.session->detections().detectors.empty());
  for (int i = 0; i < 3; ++i) rig.session->turn();
  CHECK(rig.session->metadata().face_rectangles.empty());
}

}  // namespace
}  // namespace sunny16::firmware
