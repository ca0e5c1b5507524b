#include "isp/stages/vignette.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/isp/stage_harness.h"

namespace sunny16::isp {
namespace {

using Linear = test::Samples<domain::LinearRgb>;
constexpr int kGrey = 16000;

Conditions picture(int width, int height, CfaPhase phase = CfaPhase::rggb) {
  Conditions conditions;
  conditions.frame = FrameGeometry::canonical(width, height, phase);
  return conditions;
}

/// An even grey behind the vignette.
Linear darkened(const VignetteTuning& tuning, const Conditions& conditions) {
  const auto grey = Linear(conditions.frame.width, conditions.frame.height).fill([](int, int, int) { return kGrey; });
  return test::run_stage<Vignette>(Vignette::derive(tuning, conditions), grey);
}

double stops(int v) { return std::log2(static_cast<double>(v) / kGrey); }

TEST_CASE("vignette: the corners lose what was asked for, half of it at the midpoint, and the centre nothing") {
  for (const double strength : {0.3, 0.7, 1.5, 3.0})
    for (const double midpoint : {0.5, 0.68, 0.85}) {
      CAPTURE(strength);
      CAPTURE(midpoint);
      const Linear out = darkened({.strength = strength, .midpoint = midpoint}, picture(802, 602));
      CHECK(out.at(1, 401, 301) == kGrey);
      for (const int x : {0, 801})
        for (const int y : {0, 601}) CHECK(stops(out.at(1, x, y)) == doctest::Approx(-strength).epsilon(0.005));
      const int x = static_cast<int>(401 + midpoint * 400), y = static_cast<int>(301 + midpoint * 300);
      CHECK(stops(out.at(0, x, y)) == doctest::Approx(-strength / 2).epsilon(0.03));
    }
}

TEST_CASE("vignette: it darkens steadily outwards, without rings") {
  const Linear out = darkened({.strength = 1.5, .midpoint = 0.85}, picture(1024, 4));
  for (int x = 513; x < 1024; ++x) {
    CHECK(out.at(0, x, 2) <= out.at(0, x - 1, 2));
    CHECK(out.at(0, x - 1, 2) - out.at(0, x, 2) < 45);  // 0.3 %
  }
}

TEST_CASE("vignette: it is about the middle of the sensor's picture, whatever the frame adds to it") {
  const Conditions conditions = picture(301, 201, CfaPhase::bggr);
  const Rect active = conditions.frame.active;
  const Linear out = darkened({.strength = 1}, conditions);
  for (int y = 0; y < active.height; ++y)
    for (int x = 0; x < active.width; ++x)
      REQUIRE(out.at(2, active.x + x, active.y + y) ==
              out.at(2, active.x + active.width - 1 - x, active.y + active.height - 1 - y));
}

TEST_CASE("vignette: round, equal distances lose as much; otherwise it has the picture's shape") {
  const Linear round = darkened({.strength = 1, .roundness = 1}, picture(802, 402));
  CHECK(std::abs(round.at(0, 401 + 190, 201) - round.at(0, 401, 201 + 190)) < 8);
  const Linear shaped = darkened({.strength = 1}, picture(802, 402));
  CHECK(std::abs(shaped.at(0, 401 + 300, 201) - shaped.at(0, 401, 201 + 150)) < 8);
}

TEST_CASE("vignette: colours below black and above white are scaled alike, and without strength the stage is off") {
  const auto in = Linear(64, 64).fill([](int plane, int, int) { return 10000 - 9000 * plane; });
  const Linear out = test::run_stage<Vignette>(Vignette::derive({.strength = 1}, picture(64, 64)), in);
  CHECK(out.at(0, 0, 0) == doctest::Approx(5000).epsilon(0.03));
  CHECK(out.at(2, 0, 0) == doctest::Approx(-4000).epsilon(0.03));
  CHECK(Vignette::derive({}, picture(64, 64)).enabled == 0);
}

}  // namespace
}  // namespace sunny16::isp
