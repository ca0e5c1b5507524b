#include "boards/wiring/open_camera.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "sim/camera/simulated_clock.h"
#include "tests/temp_dir.h"

using namespace sunny16;
using boards::CameraChoice;
using boards::CameraError;
using boards::open_camera;

namespace {

const auto kClock = std::make_shared<sim::SimulatedClock>();

std::string error_of(const CameraChoice& choice) {
  try {
    open_camera(choice, kClock);
  } catch (const CameraError& error) {
    return error.what();
  }
  return "no error";
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a simulated camera is small unless a mode is asked for") {
  const auto usual = open_camera({.camera = "simulated"}, kClock);
  CHECK(usual->info().model == "imx219");
  CHECK(usual->mode().width == 640);
  const auto asked = open_camera({.camera = "simulated:imx477,flat-field", .mode = "1332:990:10:P"}, kClock);
  CHECK(asked->info().model == "imx477");
  CHECK(asked->mode().width == 1332);
  CHECK(asked->mode().packing == isp::Packing::csi2_10);
  CHECK(open_camera({.camera = "simulated:,flat-field"}, kClock)->info().model == "imx219");
}

TEST_CASE("faults of a file befall the simulated camera") {
  const TempDir dir;
  const auto file = dir.file("faults.json", R"({"faults": [{"fault": "disconnect", "at_frame": 0}]})");
  const auto camera = open_camera({.camera = "simulated:imx219,flat-field", .faults = file.string()}, kClock);
  REQUIRE(camera->start() == hal::Started::running);
  const hal::NextFrame next = camera->next(kClock->now_ns() + 1'000'000'000);
  REQUIRE(std::holds_alternative<hal::NoFrame>(next));
  CHECK(std::get<hal::NoFrame>(next) == hal::NoFrame::disconnected);
}

TEST_CASE("recorded frames are a camera at the rate asked for") {
  const TempDir dir;
  dir.file("a.raw", std::string(8, 'a'));
  dir.file("a.raw.json", R"({"raw_format": "4x2:SRGGB8"})");
  const auto camera = open_camera({.camera = "replay:" + dir.path().string(), .frame_rate = 50}, kClock);
  CHECK(camera->mode().width == 4);
  CHECK(camera->mode().frame_duration_us.minimum == doctest::Approx(20000));
  CHECK_NOTHROW(open_camera({.camera = "replay:" + dir.path().string(), .mode = "4:2:8:U"}, kClock));
  CHECK(has(error_of({.camera = "replay:" + dir.path().string(), .mode = "4:4"}), "found \"4:4\", allowed 4:2:8:U"));
}

TEST_CASE("what names no camera says what does") {
  CHECK(error_of({.camera = "webcam"}) ==
        "camera \"webcam\": found another kind of camera, allowed libcamera[:ID], simulated[:SENSOR[,SCENE]] or "
        "replay:FOLDER");
  CHECK(has(error_of({.camera = "replay"}), "allowed libcamera[:ID]"));
  CHECK(has(error_of({.camera = "replay:"}), "allowed libcamera[:ID]"));
  CHECK(has(error_of({.camera = "replay:/no/such/folder"}), "/no/such/folder: No such file or directory"));
  CHECK(has(error_of({.camera = "simulated:imx999"}), "imx708"));
  CHECK(has(error_of({.camera = "simulated:imx219,moon"}), "still-life"));
  CHECK(has(error_of({.camera = "simulated", .mode = "7:7"}), "640:480:10"));
  CHECK(has(error_of({.camera = "simulated", .illuminant = "candle"}), "candle"));
  CHECK(has(error_of({.camera = "simulated", .faults = "/no/such/file"}), "/no/such/file: cannot be read"));
  CHECK(has(error_of({.camera = "simulated", .faults = "/dev/zero"}), "/dev/zero: found 16777217 bytes"));
}

TEST_CASE("a board's own picture comes where it can") {
  const auto camera = open_camera({.camera = "simulated:imx219,flat-field"}, kClock, 1, 160);
  REQUIRE(camera->start() == hal::Started::running);
  const hal::NextFrame next = camera->next(kClock->now_ns() + 1'000'000'000);
  REQUIRE(std::holds_alternative<hal::RawFrame>(next));
  REQUIRE(std::get<hal::RawFrame>(next).board_picture);
  CHECK(std::get<hal::RawFrame>(next).board_picture->planes[0].width == 160);
  const TempDir dir;
  dir.file("a.raw", std::string(8, 'a'));
  dir.file("a.raw.json", R"({"raw_format": "4x2:SRGGB8"})");
  CHECK_THROWS_WITH_AS(open_camera({.camera = "replay:" + dir.path().string()}, kClock, 1, 160),
                       doctest::Contains("found recorded frames"), CameraError);
}

TEST_CASE("a camera of libcamera's that is not there is waited for") {
  const auto camera = open_camera({.camera = "libcamera:no such camera", .mode = "640:480"}, kClock);
  CHECK(camera->info().id == "libcamera:no such camera");
  CHECK(camera->info().model.empty());
  CHECK(camera->modes().empty());
  CHECK(has(camera->open(), "found"));
  CHECK(camera->start() == hal::Started::disconnected);
}

TEST_CASE("a script keeps a simulated camera away, and then there it is") {
  const TempDir dir;
  const auto file = dir.file("faults.json", R"({"faults": [{"fault": "absent", "at_s": 0, "for_s": 3}]})");
  const auto camera = open_camera({.camera = "simulated:imx219,flat-field", .faults = file.string()}, kClock);
  CHECK(camera->open() == "its script keeps it away");
  CHECK(camera->modes().empty());
  CHECK(camera->start() == hal::Started::disconnected);
  kClock->sleep_until(kClock->now_ns() + 3'000'000'000);
  CHECK(camera->open().empty());
  CHECK(camera->info().model == "imx219");
  CHECK(camera->start() == hal::Started::running);
}

TEST_CASE("cameras are listed with names that open them") {
  const auto cameras = boards::list_cameras();
  const auto named = [&](const std::string& name) {
    return std::ranges::any_of(cameras, [&](const boards::CameraName& camera) { return camera.name == name; });
  };
  CHECK(named("simulated:imx219"));
  CHECK(named("simulated:imx708"));
  CHECK(named("replay:FOLDER"));
}
