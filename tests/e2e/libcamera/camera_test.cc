// What only a real libcamera can show: this runs in the guest that tests/e2e/libcamera/run boots, where the kernel has
// one fake CSI-2 camera, an "imx219" that looks at colour bars.
#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "hal/api/awaited_camera.h"
#include "hal/api/raw_sample.h"
#include "hal/api/steady_clock.h"
#include "hal/libcamera/libcamera_camera.h"
#include "hal/libcamera/libcamera_error.h"
#include "tests/e2e/libcamera/bars.h"

namespace sunny16::hal {
namespace {

using namespace std::chrono_literals;

constexpr int kBlack = 64, kWhite = 1023;

NextFrame next(Camera& camera, std::chrono::nanoseconds wait = 20s) {
  return camera.next(SteadyClock().now_ns() + static_cast<std::uint64_t>(wait.count()));
}

RawFrame frame_of(Camera& camera) {
  NextFrame frame = next(camera);
  REQUIRE(std::holds_alternative<RawFrame>(frame));
  return std::get<RawFrame>(std::move(frame));
}

SensorMode mode_of_width(const Camera& camera, int width) {
  for (const SensorMode& mode : camera.modes())
    if (mode.width == width) return mode;
  FAIL("no mode of " << width << " columns");
  return {};
}

/// The bars as Bayer samples: black where a bar has none of a filter's colour, and one bright level where it has.
void check_bars(const RawFrame& frame) {
  const int bright = raw_sample(frame.raw, bar_columns(0, frame.raw.width).begin, 0);
  CHECK(bright > 600);
  CHECK(bright < kWhite);
  int wrong = 0;
  for (int y = 0; y < frame.raw.height; ++y)
    for (std::size_t bar = 0; bar < kBars; ++bar) {
      const auto [begin, end] = bar_columns(bar, frame.raw.width);
      for (int x = begin; x < end; ++x) {
        const int plane = isp::quad_plane(frame.raw.phase, x & 1, y & 1);
        const std::size_t colour = plane == isp::kR ? 0 : plane == isp::kB ? 2 : 1;
        wrong += raw_sample(frame.raw, x, y) != (kBarHas[bar][colour] ? bright : kBlack);
      }
    }
  CHECK(wrong == 0);
}

TEST_CASE("the camera is listed, and found by its place and its id") {
  const auto cameras = list_libcamera_cameras();
  REQUIRE(cameras.size() == 1);
  CHECK(cameras[0].model == "imx219");
  CHECK(LibcameraCamera("0").info().id == cameras[0].id);
  CHECK(LibcameraCamera(cameras[0].id).info().model == "imx219");
  CHECK_THROWS_WITH_AS(LibcameraCamera("other"), doctest::Contains(("allowed 0 or " + cameras[0].id).c_str()),
                       CameraAbsent);
}

TEST_CASE("modes are the sensor's, unpacked, and the usual one is at least 1920 columns wide") {
  LibcameraCamera camera;
  const auto modes = camera.modes();
  CHECK(modes.size() == 3);
  for (const SensorMode& mode : modes) {
    CHECK(mode.bits == 10);
    CHECK(mode.packing == isp::Packing::u16);
  }
  CHECK(camera.mode().width == 3280);
  CHECK_FALSE(camera.select({.width = 1234, .height = 480, .frame_duration_us = {}}));
}

TEST_CASE("frames: bars, levels, stride, sequence, time") {
  LibcameraCamera camera;
  REQUIRE(camera.select(mode_of_width(camera, 640)));
  const Ticket ticket = camera.submit({.exposure_us = 10000, .analogue_gain = 1});
  REQUIRE(camera.start() == Started::running);
  CHECK_FALSE(camera.select(mode_of_width(camera, 1640)));
  std::uint64_t sequence = 0, time = 0;
  for (int i = 0; i < 10; ++i) {
    const RawFrame frame = frame_of(camera);
    CHECK(frame.raw.valid());
    CHECK(frame.raw.width == 640);
    CHECK(frame.raw.height == 480);
    CHECK(frame.raw.stride == 1280);
    CHECK(frame.raw.phase == isp::CfaPhase::rggb);
    CHECK(frame.bits == 10);
    CHECK(frame.white == kWhite);
    CHECK(frame.model == "imx219");
    CHECK(frame.orientation == 1);
    CHECK(frame.ticket == ticket);
    if (frame.black_known) CHECK(frame.black == std::array<double, 4>{kBlack, kBlack, kBlack, kBlack});
    check_bars(frame);
    if (i == 0) {
      CHECK(frame.sequence < 5);
    } else {
      CHECK(frame.sequence > sequence);
      CHECK(frame.timestamp_ns > time);
    }
    sequence = frame.sequence, time = frame.timestamp_ns;
    CHECK(time <= SteadyClock().now_ns());
    CHECK(SteadyClock().now_ns() - time < 5'000'000'000);
  }
  CHECK(sequence < 1000);
  camera.stop();
  CHECK(std::get<NoFrame>(next(camera)) == NoFrame::stopped);
}

TEST_CASE("without free buffers no frame comes; when they are given back, frames come again") {
  LibcameraCamera camera;
  REQUIRE(camera.select(mode_of_width(camera, 640)));
  REQUIRE(camera.start() == Started::running);
  std::vector<RawFrame> held;
  for (;;) {
    NextFrame frame = next(camera, 2s);
    if (std::holds_alternative<NoFrame>(frame)) {
      CHECK(std::get<NoFrame>(frame) == NoFrame::time_out);
      break;
    }
    held.push_back(std::get<RawFrame>(std::move(frame)));
    REQUIRE(held.size() < 20);
  }
  CHECK(held.size() >= 2);
  for (const RawFrame& frame : held) check_bars(frame);
  const RawFrame last = held.back();
  held.clear();
  CHECK(frame_of(camera).sequence > last.sequence);
  camera.stop();
  check_bars(last);  // its memory outlives the run
}

TEST_CASE("a mode switch and back; commands reach the next run") {
  LibcameraCamera camera;
  for (const int width : {640, 1640, 640}) {
    REQUIRE(camera.select(mode_of_width(camera, width)));
    const Ticket ticket = camera.submit({.exposure_us = 5000});
    REQUIRE(camera.start() == Started::running);
    const RawFrame frame = frame_of(camera);
    CHECK(frame.raw.width == width);
    CHECK(frame.ticket == ticket);
    CHECK(frame.sequence < 5);
    check_bars(frame);
    camera.stop();
  }
}

TEST_CASE("frames come in dma-bufs of our own, too") {
  LibcameraCamera camera({}, {.source = BufferSource::dma_buf});
  REQUIRE(camera.select(mode_of_width(camera, 640)));
  REQUIRE(camera.start() == Started::running);
  for (int i = 0; i < 8; ++i) check_bars(frame_of(camera));
}

TEST_CASE("a picture of the board's comes beside each raw frame, where its pipeline makes some") {
  const char* const lines = std::getenv("SUNNY16_LINES");
  REQUIRE(lines != nullptr);
  const LibcameraOptions options{.picture_width = 320};
  if (std::string_view(lines).find("board") == std::string_view::npos) {
    CHECK_THROWS_WITH_AS(LibcameraCamera({}, options), doctest::Contains("found no pictures of the board's"),
                         LibcameraError);
    return;
  }
  LibcameraCamera camera({}, options);
  REQUIRE(camera.select(mode_of_width(camera, 640)));
  REQUIRE(camera.start() == Started::running);
  constexpr int kFrames = 20;     // more than there are buffers
  constexpr int kUnsettled = 10;  // the first are made without anything known of the light
  for (int i = 0; i < kFrames; ++i) {
    const RawFrame frame = frame_of(camera);
    CHECK(frame.raw.width == 640);
    CHECK(raw_sample(frame.raw, bar_columns(0, 640).begin, 0) > raw_sample(frame.raw, bar_columns(7, 640).begin, 0));
    REQUIRE(frame.board_picture);
    const auto& [luma, cb, cr] = frame.board_picture->planes;
    CHECK(luma.width == 636);  // the software ISP makes nothing of the borders
    CHECK(luma.height == 476);
    CHECK(cb.width == 318);
    if (i < kUnsettled) continue;
    int before = 256;
    for (std::size_t bar = 0; bar < kBars; ++bar) {  // they become darker from left to right
      const int middle = luma.row(120)[bar_columns(bar, luma.width).begin];
      CHECK(middle < before);
      before = middle;
    }
    const int red = bar_columns(5, cb.width).begin, blue = bar_columns(6, cb.width).begin;
    CHECK(cr.row(60)[red] > 128);
    CHECK(cb.row(60)[blue] > 128);
    CHECK(cr.row(60)[red] > cr.row(60)[blue]);
  }
}

TEST_CASE("a camera that another has is busy, and free again afterwards") {
  auto first = std::make_unique<LibcameraCamera>();
  LibcameraCamera second;
  CHECK(second.modes().size() == 3);
  CHECK(second.start() == Started::busy);
  first.reset();
  REQUIRE(second.select(mode_of_width(second, 640)));
  CHECK(second.start() == Started::running);
  check_bars(frame_of(second));
}

}  // namespace
}  // namespace sunny16::hal
