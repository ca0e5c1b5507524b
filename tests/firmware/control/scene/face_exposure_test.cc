// Automatic exposure in a loop, with and without a face that somebody has found.
#include "firmware/control/scene/face_exposure.h"

#include <doctest/doctest.h>

#include <cmath>

#include "firmware/control/auto_exposure.h"
#include "tests/firmware/control/light_meter.h"

namespace sunny16::firmware {
namespace {

/// Patches of a scene, the last of which is a face.
struct Loop {
  explicit Loop(std::vector<double> luminance) : scene{std::move(luminance)} {}

  void run(int frames, bool found) {
    for (int i = 0; i < frames; ++i) {
      const auto& settings = exposure.settings();
      const hal::AppliedSettings applied = test::applied(*settings.exposure_us, *settings.analogue_gain);
      total = *applied.exposure_us * *applied.analogue_gain * exposure.digital_gain(applied);
      const double level = std::min(scene.luminance.back() * *applied.exposure_us * *applied.analogue_gain, 1.0);
      exposure.step(scene.expose(applied), applied, 400, 0,
                    found ? std::optional(FaceLight{.level = level, .weight = weight}) : std::nullopt);
    }
  }
  double face() const { return total * scene.luminance.back(); }

  test::Patches scene;
  double weight = 1, total = 0;
  AutoExposure exposure{
      {},
      {},
      {.exposure_us = {20, 1e6}, .analogue_gain = {1, 16}, .frame_duration_us = {20000, 1001000}, .lens_position = {}}};
};

double stops(double a, double b) { return std::log2(a / b); }

/// A window, a room, and who stands in it.
const std::vector<double> kBacklit{1e-4, 1e-4, 1e-5, 1e-5, 1e-5, 1e-5, 1e-5, 5e-6};

TEST_CASE("a face against the light becomes brighter, within limits, and stays so") {
  Loop loop(kBacklit);
  loop.run(60, false);
  const double before = loop.face();
  CHECK(loop.exposure.face_exposure_value() == 0);
  loop.run(60, true);
  CHECK(loop.exposure.face_exposure_value() == doctest::Approx(1.5));
  CHECK(stops(loop.face(), before) == doctest::Approx(1.5).epsilon(0.04));
  loop.run(600, true);
  CHECK(stops(loop.face(), before) == doctest::Approx(1.5).epsilon(0.04));
  loop.run(120, false);
  CHECK(stops(loop.face(), before) == doctest::Approx(0).epsilon(0.04));
}

TEST_CASE("it stays so when the light changes, although the window is white") {
  Loop loop(kBacklit);
  loop.run(60, true);
  const double before = loop.face();
  for (const double light : {0.25, 4.0, 4.0, 0.25}) {
    for (double& luminance : loop.scene.luminance) luminance *= light;
    loop.run(80, true);
    CHECK(std::abs(stops(loop.face(), before)) < 0.33);
  }
}

TEST_CASE("a small face does less") {
  Loop loop(kBacklit);
  loop.weight = 0.5;
  loop.run(60, true);
  CHECK(loop.exposure.face_exposure_value() == doctest::Approx(0.75));
}

TEST_CASE("a face that is right changes nothing") {
  Loop loop({3e-5, 2e-5, 1e-5, 1e-5, 1e-5, 5e-6, 5e-6, 1e-5});
  loop.run(60, false);
  const double before = loop.face();
  loop.run(60, true);
  CHECK(loop.exposure.face_exposure_value() == 0);
  CHECK(std::abs(stops(loop.face(), before)) < 0.03);
}

TEST_CASE("a face in the spotlight becomes darker, within limits") {
  Loop loop({1e-5, 1e-5, 1e-5, 1e-5, 1e-5, 1e-5, 1e-5, 8e-5});
  loop.run(60, false);
  const double before = loop.face();
  loop.run(60, true);
  CHECK(stops(loop.face(), before) < -0.2);
  CHECK(stops(loop.face(), before) > -1.1);
}

TEST_CASE("ExposureValue moves faces too") {
  Loop loop(kBacklit);
  loop.run(60, true);
  const double before = loop.face();
  Controls controls;
  controls.exposure_value = -1;
  loop.exposure.set_controls(controls);
  loop.run(60, true);
  CHECK(stops(loop.face(), before) < -0.6);
}

}  // namespace
}  // namespace sunny16::firmware
