#include "isp/stages/bloom.h"

#include <doctest/doctest.h>

#include "tests/isp/stage_harness.h"
#include "tests/isp/thumbnails.h"

namespace sunny16::isp {
namespace {

using Samples = test::Samples<domain::LinearRgb>;

/// A lamp in the middle of the dark.
Conditions lamp() {
  Conditions conditions;
  conditions.frame = FrameGeometry::canonical(192, 192, CfaPhase::rggb);
  conditions.digital_gain = 2;
  conditions.thumbnail = test::painted(
      [](double x, double y) { return (x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5) < 0.004 ? 1.0 : 0.01; });
  return conditions;
}

Samples glow(const BloomTuning& tuning, const Conditions& conditions = lamp()) {
  return test::run_stage<Bloom>(Bloom::derive(tuning, conditions), Samples(192, 192));
}

TEST_CASE("bloom: off by default, and without a thumbnail") {
  CHECK(Bloom::derive({}, lamp()).enabled == 0);
  Conditions blind = lamp();
  blind.thumbnail = nullptr;
  CHECK(Bloom::derive({.strength = 1}, blind).enabled == 0);
}

TEST_CASE("bloom: a lamp glows, evenly to all sides, less with the distance, and nothing is taken away") {
  const auto out = glow({.strength = 1});
  CHECK(out.at(1, 96, 96) > 800);
  CHECK(out.at(1, 96, 96) > out.at(1, 110, 96));
  CHECK(out.at(1, 110, 96) > out.at(1, 120, 96));
  CHECK(out.at(1, 120, 96) == doctest::Approx(out.at(1, 96, 120)).epsilon(0.1));
  CHECK(out.at(1, 120, 96) == doctest::Approx(out.at(1, 71, 96)).epsilon(0.1));
  for (const auto v : out.values) CHECK(v >= 0);
}

TEST_CASE("bloom: strength scales it, radius widens it, and light below the threshold does not glow") {
  const BloomTuning usual{.strength = 1};
  CHECK(glow({.strength = 0.5}).at(0, 96, 96) == doctest::Approx(glow(usual).at(0, 96, 96) / 2).epsilon(0.01));
  CHECK(glow({.strength = 1, .radius = 0.15}).at(0, 96, 40) > glow(usual).at(0, 96, 40) + 20);
  CHECK(glow({.strength = 1, .threshold = 2}).at(0, 96, 96) == 0);
}

TEST_CASE("bloom: a coloured lamp's glow has its colour") {
  Conditions red = lamp();
  auto thumbnail = *red.thumbnail;
  for (Thumbnail::Cell& cell : thumbnail.cells) cell.level[1] = cell.level[2] = cell.level[0] / 4;
  red.thumbnail = std::make_shared<const Thumbnail>(thumbnail);
  const auto out = glow({.strength = 1}, red);
  CHECK(out.at(0, 96, 96) > 400);
  CHECK(out.at(1, 96, 96) == 0);
}

}  // namespace
}  // namespace sunny16::isp
