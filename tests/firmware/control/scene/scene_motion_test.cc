#include "firmware/control/scene/scene_motion.h"

#include <doctest/doctest.h>

#include "tests/firmware/control/scene/painted_statistics.h"

namespace sunny16::firmware::test {
namespace {

/// Stripes, and a square at a place.
ScenePicture picture(double shift, double square_x, double gain) {
  const auto counted = painted_statistics([=](double x, double y) {
    const double stripe = static_cast<int>((x + shift) * 8) % 2 == 0 ? 0.05 : 0.2;
    const bool square = x > square_x && x < square_x + 0.15 && y > 0.3 && y < 0.6;
    const double v = gain * (square ? 0.4 : stripe);
    return Vector3{v, v, v};
  });
  return scene_picture(counted, {1, 1}, {1, 0, 0, 0, 1, 0, 0, 0, 1});
}

TEST_CASE("A still scene has no motion, nor has one whose exposure or light changes") {
  MotionMeter meter;
  CHECK(meter.step(picture(0, 0.3, 1), 10000).amount == 0);
  CHECK(meter.step(picture(0, 0.3, 1), 10000).amount == 0);
  CHECK(meter.step(picture(0, 0.3, 0.5), 5000).amount < 0.01);
  CHECK(meter.step(picture(0, 0.3, 1), 5000).amount < 0.01);  // the light, or what nobody told
}

TEST_CASE("A subject that moves is local motion, a camera that moves is global") {
  MotionMeter meter;
  meter.step(picture(0, 0.3, 1), 10000);
  const SceneMotion local = meter.step(picture(0, 0.45, 1), 10000);
  CHECK(local.amount > 0.02);
  CHECK(local.global < 0.4);
  const SceneMotion global = meter.step(picture(0.04, 0.45, 1), 10000);
  CHECK(global.amount > 0.2);
  CHECK(global.global > 0.7);
}

TEST_CASE("After a restart there is no frame before") {
  MotionMeter meter;
  meter.step(picture(0, 0.3, 1), 10000);
  meter.restart();
  CHECK(meter.step(picture(0.04, 0.6, 1), 10000).amount == 0);
}

}  // namespace
}  // namespace sunny16::firmware::test
