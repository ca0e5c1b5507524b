// What the controller does with the scene: shows it, and follows it where it may.
#include <doctest/doctest.h>

#include "firmware/control/controller.h"
#include "tests/firmware/control/scene/painted_statistics.h"

namespace sunny16::firmware::test {
namespace {

const hal::SensorLimits kLimits{.exposure_us = {20, 1e6},
                                .analogue_gain = {1, 16},
                                .frame_duration_us = {33000, 1001000},
                                .lens_position = {},
                                .line_time_us = 25};

/// A snow field under a blue sky at noon, exposed rather dark.
Vector3 snow(double x, double y) {
  if (y < 0.35) return {0.06, 0.10, 0.19};
  const double drift = 0.30 + 0.02 * static_cast<int>(x * 6) * (y > 0.6);
  return {drift, drift, 1.02 * drift};
}

/// A dim room around a bright window.
Vector3 window(double x, double y) {
  const double v = x > 0.3 && x < 0.7 && y > 0.1 && y < 0.5 ? 1 : 0.0008;
  return {v, v, v};
}

struct Run {
  explicit Run(Controls controls) {
    controls.colour_gains = {1, 1};  // what is painted is balanced
    controller.set_controls(controls);
  }
  void frames(Vector3 (*paint)(double, double), int count) {
    const isp::Statistics statistics = painted_statistics(paint);
    for (int i = 0; i < count; ++i) {
      const auto command = controller.step({.statistics = statistics,
                                            .applied = applied,
                                            .ticket = ticket,
                                            .timestamp_ns = sequence * 33'000'000 + 1,
                                            .sequence = sequence,
                                            .width = 640,
                                            .height = 480,
                                            .camera_to_srgb = {1, 0, 0, 0, 1, 0, 0, 0, 1}});
      ++sequence;
      if (!command) continue;
      controller.submitted(++ticket);
      settings = *command;
    }
  }
  double total() const { return *settings.exposure_us * *settings.analogue_gain; }

  Controller controller{{}, kLimits};
  hal::SensorSettings settings = controller.first_settings();
  hal::AppliedSettings applied{.exposure_us = 400,
                               .analogue_gain = 1,
                               .digital_gain = {},
                               .lens_position = {},
                               .lux = {},
                               .colour_temperature = {}};
  hal::Ticket ticket = 0;
  std::uint64_t sequence = 0;
};

TEST_CASE("The scene and what suits it are in the metadata; with detection off they are not") {
  Run run({});
  run.frames(snow, 60);
  const SceneReport& scene = run.controller.metadata().scene;
  CHECK(scene.kind == SceneKind::snow_beach);
  CHECK(scene.confidence > kSceneConfidence);
  CHECK(scene.advice.exposure_value > 0);
  CHECK(scene.statistics.light_known == 1);

  Controls off;
  off.scene_detection = false;
  run.controller.set_controls(off);
  run.frames(snow, 1);
  CHECK(run.controller.metadata().scene.kind == SceneKind::unknown);
  CHECK(run.controller.metadata().scene.advice.exposure_value == 0);
}

TEST_CASE("A suggestion is only shown until SceneAuto lets it steer exposure") {
  Controls automatic;
  automatic.scene_auto = true;
  Run shown({}), done(automatic);
  shown.frames(snow, 90);
  done.frames(snow, 90);
  const double suggested = done.controller.metadata().scene.advice.exposure_value;
  REQUIRE(suggested > 0.3);
  CHECK(done.total() > 1.15 * shown.total());
}

TEST_CASE("With SceneAuto a look is brought to the strength that suits the scene, gradually; else it stays whole") {
  Controls automatic;
  automatic.scene_auto = true;
  Run shown({}), done(automatic);
  shown.frames(snow, 90);
  CHECK(shown.controller.decide(shown.applied).look_strength == 1);
  double before = 1;
  for (int i = 0; i < 90; ++i) {
    done.frames(snow, 1);
    const double now = done.controller.decide(done.applied).look_strength;
    CHECK(now <= before);
    CHECK(now > before - 0.05);
    before = now;
  }
  const SceneAdvice advice = done.controller.metadata().scene.advice;
  REQUIRE(advice.look_strength < 1);
  CHECK(before == doctest::Approx(advice.look_strength));
  CHECK(done.controller.decide(done.applied).skin_protection == doctest::Approx(advice.skin_protection));

  automatic.colour_gains = {1, 1};
  automatic.skin_protection_enable = false;
  done.controller.set_controls(automatic);
  done.frames(snow, 40);
  CHECK(done.controller.decide(done.applied).skin_protection == 0);
}

TEST_CASE("HdrModeAuto is what the scene needs, with its reason; several exposures become one") {
  Run run({});
  run.frames(window, 60);
  const ControlMetadata& metadata = run.controller.metadata();
  CHECK(metadata.hdr_mode == HdrMode::multi_exposure);
  CHECK(metadata.hdr_mode_applied == HdrMode::single_exposure);
  CHECK(metadata.hdr_reason.find("still") != std::string::npos);
  CHECK(run.controller.decide(run.applied).hdr_strength == 1);
}

TEST_CASE("What the user asks for comes before what the scene needs") {
  Controls controls;
  controls.hdr_mode = HdrMode::off;
  Run run(controls);
  run.frames(window, 60);
  CHECK(run.controller.metadata().hdr_mode == HdrMode::off);
  CHECK(run.controller.decide(run.applied).hdr_strength == 0);
  CHECK(run.controller.metadata().hdr_reason == "as asked for");
}

}  // namespace
}  // namespace sunny16::firmware::test
