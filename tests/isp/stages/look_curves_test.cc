#include "isp/stages/look_curves.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/isp/stage_harness.h"

namespace sunny16::isp {
namespace {

using Display = test::Samples<domain::DisplayRgb>;
constexpr int kMax = domain::DisplayRgb::max;

Display run(const LookCurvesTuning& tuning, const Display& in) {
  return test::run_stage<LookCurves>(LookCurves::derive(tuning, {}), in);
}

/// All greys: value v is at (v & 127, v >> 7).
Display greys() {
  return Display(128, 128).fill([](int, int x, int y) { return 128 * y + x; });
}
int value(const Display& picture, int v, int plane = 1) { return picture.at(plane, v & 127, v >> 7); }

LookCurvesTuning busy() {
  return {.midtones = 0.4,
          .shadows = -0.6,
          .highlights = -0.5,
          .contrast = 1.3,
          .black = -0.3,
          .x = {0, 0.3, 0.7, 1},
          .y = {0, 0.25, 0.8, 0.97}};
}

TEST_CASE("look curves: neutral numbers leave the stage out") {
  CHECK(LookCurves::derive({}, {}).enabled == 0);
  CHECK(LookCurves::derive({.contrast = 1.1}, {}).enabled == 1);
  CHECK(LookCurves::derive({.enabled = false, .contrast = 1.1}, {}).enabled == 0);
}

TEST_CASE("look curves: every setting is monotone on greys, which stay grey") {
  for (const double midtones : {-1.0, 0.0, 1.0})
    for (const double shadows : {-1.0, 1.0})
      for (const double highlights : {-1.0, 1.0})
        for (const double contrast : {0.5, 1.0, 2.0})
          for (const double black : {-1.0, 0.0, 1.0}) {
            const Display out = run({.midtones = midtones,
                                     .shadows = shadows,
                                     .highlights = highlights,
                                     .contrast = contrast,
                                     .black = black},
                                    greys());
            bool monotone = true, grey = true;
            for (int v = 0; v <= kMax; ++v) {
              if (v > 0) monotone &= value(out, v) >= value(out, v - 1) - 1;  // less rounding
              grey &= value(out, v, 0) == value(out, v) && value(out, v, 2) == value(out, v);
            }
            CHECK(monotone);
            CHECK(grey);
          }
}

TEST_CASE("look curves: the value's curve keeps hue and saturation, also of bright colours") {
  const auto in =
      Display(64, 64).fill([](int plane, int x, int y) { return (x * 97 + y * 31 + plane * 5003) % (kMax + 1); });
  const Display out = run(busy(), in);
  double worst = 0;
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 64; ++x) {
      const auto largest = [&](const Display& p) { return std::max({p.at(0, x, y), p.at(1, x, y), p.at(2, x, y)}); };
      if (largest(out) < 1000) continue;
      for (int c = 0; c < 3; ++c)
        worst =
            std::max(worst, std::abs(in.at(c, x, y) / double(largest(in)) - out.at(c, x, y) / double(largest(out))));
    }
  CHECK(worst < 0.001);
}

TEST_CASE("look curves: contrast keeps mid-grey, darkens below and brightens above, and reaches both ends") {
  const Display out = run({.contrast = 1.4}, greys());
  const int grey = static_cast<int>(0.4614 * kMax);
  CHECK(std::abs(value(out, grey) - grey) < 16);
  CHECK(value(out, grey / 2) < grey / 2 - 500);
  CHECK(value(out, 3 * kMax / 4) > 3 * kMax / 4 + 500);
  CHECK(value(out, 0) == 0);
  CHECK(value(out, kMax) == kMax);
}

TEST_CASE("look curves: black below 0 deepens, above 0 fades") {
  const Display deep = run({.black = -0.5}, greys()), faded = run({.black = 0.5}, greys());
  CHECK(value(deep, static_cast<int>(0.04 * kMax)) == 0);
  CHECK(value(faded, 0) == doctest::Approx(0.05 * kMax).epsilon(0.01));
  CHECK(value(deep, kMax) == kMax);
  CHECK(value(faded, kMax) == kMax);
}

TEST_CASE("look curves: points are met, and a channel's points are that channel's alone") {
  LookCurvesTuning tuning{.x = {0, 0.25, 0.5, 1}, .y = {0, 0.15, 0.55, 1}};
  const auto near = [](double part) { return doctest::Approx(part * kMax).epsilon(0.004); };
  Display out = run(tuning, greys());
  CHECK(value(out, kMax / 4) == near(0.15));
  CHECK(value(out, kMax / 2) == near(0.55));

  tuning = {.blue_x = {0, 0.5, 1}, .blue_y = {0.1, 0.5, 0.9}};
  out = run(tuning, greys());
  CHECK(value(out, 0, 2) == near(0.1));
  CHECK(value(out, kMax / 2, 2) == near(0.5));
  CHECK(value(out, kMax, 2) == near(0.9));
  CHECK(std::abs(value(out, kMax / 3, 0) - kMax / 3) <= 1);
}

TEST_CASE("look curves: between points the curve does not overshoot and has no kinks") {
  const Display out = run({.x = {0, 0.3, 0.35, 0.8, 1}, .y = {0, 0.1, 0.6, 0.6, 1}}, greys());
  for (int v = static_cast<int>(0.36 * kMax); v < static_cast<int>(0.79 * kMax); ++v)
    REQUIRE(std::abs(value(out, v) - 0.6 * kMax) < 60);
}

}  // namespace
}  // namespace sunny16::isp
