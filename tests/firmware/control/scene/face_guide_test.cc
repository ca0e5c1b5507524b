// What faces steer, alone and in the controller.
#include "firmware/control/scene/face_guide.h"

#include <doctest/doctest.h>

#include "firmware/control/controller.h"
#include "isp/core/layout.h"
#include "tests/firmware/control/light_meter.h"

namespace sunny16::firmware {
namespace {

const Detection kLarge{"face", 0.9, {0.4, 0.3, 0.2, 0.3}}, kSmall{"face", 0.9, {0.1, 0.1, 0.05, 0.06}};

TEST_CASE("faces alone count, the largest first; doubtful ones do not") {
  FaceGuide guide;
  guide.update(std::vector{kSmall, Detection{"cat", 0.99, {0, 0, 1, 1}}, kLarge, Detection{"face", 0.2, {0, 0, 1, 1}}});
  REQUIRE(guide.largest());
  CHECK(*guide.largest() == kLarge.box);
  CHECK(guide.rectangles().size() == 8);
  CHECK(guide.skin_protection() == 1);
  const auto zones = guide.zones();
  REQUIRE(zones.size() == 8);
  CHECK(zones[0] > 0.4);  // the middle of the largest
  CHECK(zones[2] < 0.6);
  guide.update({});
  CHECK_FALSE(guide.largest());
  CHECK(guide.skin_protection() == 0);
}

TEST_CASE("no more faces than the line has zones for") {
  FaceGuide guide;
  guide.update(std::vector<Detection>(20, kSmall));
  CHECK(guide.zones().size() == 4 * isp::Statistics::kFloatingZones);
}

TEST_CASE("small faces weigh less than large ones") {
  FaceGuide guide;
  isp::Statistics statistics;
  statistics.floating[0] = {static_cast<std::uint64_t>(1000 * 0.25 * isp::domain::LinearRaw::range), 1000};
  guide.update(std::vector{kLarge});
  CHECK(guide.light(statistics)->level == doctest::Approx(0.25));
  CHECK(guide.light(statistics)->weight == 1);
  guide.update(std::vector{kSmall});
  CHECK(guide.light(statistics)->weight == doctest::Approx(0.27));
  CHECK_FALSE(guide.light({}).has_value());
}

/// Frames of an even picture; the zones have a level of their own.
struct Frames {
  std::optional<hal::SensorSettings> step(std::span<const Detection> detections, double face_level) {
    hal::AppliedSettings applied = test::applied(10000, 1);
    applied.lens_position = lens;
    isp::Statistics statistics = test::Patches{{1.6e-5}}.expose(applied);
    const auto zones = controller.decide(applied).face_zones;
    for (std::size_t i = 0; i < zones.size() / 4; ++i)
      statistics.floating[i] = {static_cast<std::uint64_t>(1000 * face_level * isp::domain::LinearRaw::range), 1000};
    for (std::size_t row = 0; row < 8; ++row)
      for (std::size_t column = 0; column < 8; ++column)
        statistics.focus[row][column] = {1000 * (row * 8 + column), 1000};
    return controller.step({.statistics = statistics,
                            .applied = applied,
                            .timestamp_ns = ++sequence * 33'000'000,
                            .sequence = sequence,
                            .width = 64,
                            .height = 64,
                            .detections = detections});
  }

  double lens = 1;
  std::uint64_t sequence = 0;
  Controller controller{{},
                        {.exposure_us = {20, 1e6},
                         .analogue_gain = {1, 16},
                         .frame_duration_us = {20000, 1001000},
                         .lens_position = hal::Range{0, 10}}};
};

TEST_CASE("the controller: zones and metadata follow the faces, and FaceDetectModeOff is off") {
  Frames frames;
  const std::vector faces{kLarge};
  for (int i = 0; i < 40; ++i) frames.step(faces, 0.02);
  CHECK(frames.controller.decide({}).face_zones.size() == 4);
  CHECK(frames.controller.decide({}).detections.size() == 1);
  CHECK(frames.controller.decide({}).skin_protection == 1);
  CHECK(frames.controller.metadata().face_exposure_value > 0.9);
  CHECK(frames.controller.metadata().face_rectangles.size() == 4);

  frames.controller.set_controls({.face_detect_mode = FaceDetectMode::off});
  for (int i = 0; i < 2; ++i) frames.step(faces, 0.02);
  CHECK(frames.controller.decide({}).face_zones.empty());
  CHECK(frames.controller.decide({}).skin_protection > 0.9);
  for (int i = 0; i < 30; ++i) frames.step(faces, 0.02);
  CHECK(frames.controller.decide({}).skin_protection == 0);
  CHECK(frames.controller.metadata().face_exposure_value == 0);
  CHECK(frames.controller.metadata().face_rectangles.empty());
}

TEST_CASE("focus looks at the largest face where AfMetering is automatic, and at the middle without one") {
  Frames frames;
  Controls controls;
  controls.af_mode = AfMode::manual;  // no scan, which would hold the windows
  frames.controller.set_controls(controls);
  frames.step({}, 0);
  const double middle = frames.controller.metadata().focus_fom;
  const std::vector corner{Detection{"face", 0.9, {0.75, 0.75, 0.25, 0.25}}};
  for (int i = 0; i < 2; ++i) frames.step(corner, 0.1);
  CHECK(frames.controller.metadata().focus_fom > 1.5 * middle);
  for (int i = 0; i < 2; ++i) frames.step({}, 0);
  CHECK(frames.controller.metadata().focus_fom == doctest::Approx(middle));

  controls.af_metering = AfMetering::windows, controls.af_windows = {0, 0, 0.25, 0.25};
  frames.controller.set_controls(controls);
  for (int i = 0; i < 2; ++i) frames.step(corner, 0.1);
  CHECK(frames.controller.metadata().focus_fom < middle);
}

}  // namespace
}  // namespace sunny16::firmware
