#include "isp/stages/split_toning.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/isp/stage_harness.h"

namespace sunny16::isp {
namespace {

using Display = test::Samples<domain::DisplayRgb>;
constexpr int kMax = domain::DisplayRgb::max;

/// All greys, toned: value v is at (v & 127, v >> 7).
Display toned(const SplitToningTuning& tuning) {
  const auto greys = Display(128, 128).fill([](int, int x, int y) { return 128 * y + x; });
  return test::run_stage<SplitToning>(SplitToning::derive(tuning, {}), greys);
}
int at(const Display& picture, int plane, int v) { return picture.at(plane, v & 127, v >> 7); }

TEST_CASE("split toning: shadows and highlights take their own tints, at the luma that they had") {
  const Display out =
      toned({.shadow_hue = 220, .shadow_saturation = 0.4, .highlight_hue = 40, .highlight_saturation = 0.4});
  const int dark = kMax / 6, light = 5 * kMax / 6;
  CHECK(at(out, 2, dark) > at(out, 1, dark));
  CHECK(at(out, 1, dark) > at(out, 0, dark));
  CHECK(at(out, 0, light) > at(out, 1, light));
  CHECK(at(out, 1, light) > at(out, 2, light));
  for (int v = kMax / 16; v < kMax * 15 / 16; ++v) {
    const double luma = 0.2126 * at(out, 0, v) + 0.7152 * at(out, 1, v) + 0.0722 * at(out, 2, v);
    REQUIRE(std::abs(luma - v) < 2.5);
  }
}

TEST_CASE("split toning: black and white stay pure, and tones do not cross") {
  const Display out = toned({.shadow_hue = 30, .shadow_saturation = 1, .highlight_hue = 30, .highlight_saturation = 1});
  for (int plane = 0; plane < 3; ++plane) {
    CHECK(at(out, plane, 0) == 0);
    CHECK(at(out, plane, kMax) == doctest::Approx(kMax).epsilon(0.001));
    for (int v = 1; v <= kMax; ++v) REQUIRE(at(out, plane, v) >= at(out, plane, v - 1) - 1);
  }
}

TEST_CASE("split toning: the balance moves where the highlights' tint begins") {
  const auto warmth = [](double balance) {
    const Display out = toned({.highlight_hue = 40, .highlight_saturation = 0.5, .balance = balance});
    return at(out, 0, kMax * 2 / 5) - at(out, 2, kMax * 2 / 5);
  };
  CHECK(warmth(-1) < 50);
  CHECK(warmth(0) > warmth(-1) + 200);
  CHECK(warmth(1) > warmth(0) + 1000);
}

TEST_CASE("split toning: without saturation it is off") {
  CHECK(SplitToning::derive({.shadow_hue = 100, .balance = 1}, {}).enabled == 0);
}

}  // namespace
}  // namespace sunny16::isp
