#include "isp/stages/highlight_recovery.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "tests/isp/stage_harness.h"

namespace sunny16::isp {
namespace {

using test::run_stage;
using LinearRgb = test::Samples<domain::LinearRgb>;
constexpr std::array<double, 3> kGains{2.1, 1, 1.6};

HighlightRecovery::Registers registers_for(const std::array<double, 3>& gains) {
  Conditions conditions;
  conditions.wb_gains = gains;
  return HighlightRecovery::derive({}, conditions);
}

/// A surface of `colour` (white-balanced) seen at exposures that rise by 1/256 of white a column, clipped as the sensor
/// does.
LinearRgb exposures(const std::array<double, 3>& colour) {
  return LinearRgb(1024, 2).fill([&](int c, int x, int) {
    const auto i = static_cast<std::size_t>(c);
    return std::lround(8192 * std::min(colour[i] * x / 256, kGains[i]));
  });
}

TEST_CASE("highlight recovery: a neutral stays neutral far beyond clipping") {
  const auto out = run_stage<HighlightRecovery>(registers_for(kGains), exposures({1, 1, 1}));
  for (int x = 0; x < 1024; ++x) {
    const double r = out.at(0, x, 0), g = out.at(1, x, 0), b = out.at(2, x, 0);
    CHECK(std::abs(r - g) <= 0.12 * g + 1);  // without recovery, red is 2.1 times green
    CHECK(std::abs(b - g) <= 0.12 * g + 1);
    CHECK(r + b >= 1.9 * g - 2);  // never green
  }
  CHECK(out.at(0, 1023, 0) == doctest::Approx(out.at(1, 1023, 0)).epsilon(0.001));
  CHECK(out.at(2, 1023, 0) == doctest::Approx(out.at(1, 1023, 0)).epsilon(0.001));
}

TEST_CASE("highlight recovery: brighter scenes are never darker, and there is no step") {
  for (const std::array<double, 3>& colour :
       {std::array{1.0, 1.0, 1.0}, {1.0, 0.6, 0.3}, {0.3, 0.5, 1.0}, {0.1, 1.0, 0.2}}) {
    const auto in = exposures(colour);
    const auto out = run_stage<HighlightRecovery>(registers_for(kGains), in);
    for (int x = 1; x < 1024; ++x) {
      double luminance[2] = {}, before[2] = {};
      for (int c = 0; c < 3; ++c)
        for (int i = 0; i < 2; ++i) {
          constexpr double kWeights[3] = {0.2126, 0.7152, 0.0722};
          luminance[i] += kWeights[c] * out.at(c, x - 1 + i, 0);
          before[i] += kWeights[c] * in.at(c, x - 1 + i, 0);
        }
      CHECK(luminance[1] >= luminance[0] - 3);
      CHECK(luminance[1] - luminance[0] <= 400);  // of 8192; exposure itself rises by 32
      CHECK(luminance[1] >= before[1] - 1);
    }
  }
}

TEST_CASE("highlight recovery: below the ramp nothing changes; a single clipped channel keeps a saturated hue") {
  const auto in =
      LinearRgb(64, 64).fill([](int c, int x, int y) { return (x * (c == 1 ? 100 : 200) + y * 7) % 7000 - 100; });
  CHECK(run_stage<HighlightRecovery>(registers_for(kGains), in) == in);
  const auto red = LinearRgb(2, 2).fill([](int c, int, int) {
    return std::array{17203, 2000, 1500}[static_cast<std::size_t>(c)];
  });
  CHECK(run_stage<HighlightRecovery>(registers_for(kGains), red) == red);
}

}  // namespace
}  // namespace sunny16::isp
