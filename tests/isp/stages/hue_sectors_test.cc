#include "isp/stages/hue_sectors.h"

#include <doctest/doctest.h>

#include <cmath>

#include "sim/reference/arbitrary.h"
#include "tests/isp/stage_harness.h"

namespace sunny16::isp {
namespace {

using Display = test::Samples<domain::DisplayRgb>;
constexpr int kMax = domain::DisplayRgb::max;

Display run(const HueSectorsTuning& tuning, const Display& in) {
  return test::run_stage<HueSectors>(HueSectors::derive(tuning, {}), in);
}

struct Rgb {
  double r, g, b;
  double luma() const { return 0.2126 * r + 0.7152 * g + 0.0722 * b; }
  double chroma() const { return std::max({r, g, b}) - std::min({r, g, b}); }
  /// HSV's, degrees.
  double hue() const {
    const double turned = std::atan2(std::sqrt(3) * (g - b), 2 * r - g - b) * 180 / 3.14159265358979;
    return turned < 0 ? turned + 360 : turned;
  }
};

/// A colour of a hue (HSV), with chroma `chroma` and smallest channel `low`.
Rgb of_hue(double degrees, double chroma, double low = 0.2) {
  const auto channel = [&](double at) {
    const double away = std::abs(std::remainder(degrees - at, 360)) / 60;
    return low + chroma * std::clamp(2 - away, 0.0, 1.0);
  };
  return {channel(0), channel(120), channel(240)};
}

Rgb tuned(const HueSectorsTuning& tuning, const Rgb& colour) {
  const auto in = Display(2, 2).fill([&](int plane, int, int) {
    return std::lround((plane == 0 ? colour.r : plane == 1 ? colour.g : colour.b) * kMax);
  });
  const Display out = run(tuning, in);
  const auto part = [&](int plane) { return static_cast<double>(out.at(plane, 0, 0)) / kMax; };
  return {part(0), part(1), part(2)};
}

TEST_CASE("hue sectors: whatever the tuning, greys stay what they are") {
  const auto greys = Display(128, 128).fill([](int, int x, int y) { return 128 * y + x; });
  for (int index = 0; index < 8; ++index) {
    HueSectorsTuning tuning;
    sim::Draw(1, index).vary(tuning);
    CHECK(run(tuning, greys) == greys);
  }
  CHECK(HueSectors::derive({}, {}).enabled == 0);
}

TEST_CASE("hue sectors: a hue is turned by what was asked for, with its luma; the opposite one stays") {
  for (std::size_t hue = 0; hue < kHues; ++hue) {
    CAPTURE(hue);
    HueSectorsTuning tuning;
    tuning.sector_hue[hue] = 10;
    const Rgb before = of_hue(30.0 * static_cast<double>(hue), 0.3), after = tuned(tuning, before);
    CHECK(std::remainder(after.hue() - before.hue(), 360) == doctest::Approx(10).epsilon(0.05));
    CHECK(after.luma() == doctest::Approx(before.luma()).epsilon(0.002));
    const Rgb opposite = of_hue(30.0 * static_cast<double>(hue) + 180, 0.3);
    CHECK(tuned(tuning, opposite).hue() == doctest::Approx(opposite.hue()).epsilon(0.001));
  }
}

TEST_CASE("hue sectors: saturation and lightness of one hue") {
  HueSectorsTuning tuning;
  tuning.sector_saturation[7] = -0.5, tuning.sector_lightness[7] = -0.4;
  const Rgb azure = of_hue(210, 0.3, 0.4), after = tuned(tuning, azure);
  CHECK(after.chroma() == doctest::Approx(0.15).epsilon(0.01));
  CHECK(after.luma() == doctest::Approx(azure.luma() - 0.4 * 0.15).epsilon(0.01));
  CHECK(tuned(tuning, of_hue(30, 0.3)).chroma() == doctest::Approx(0.3).epsilon(0.005));
}

TEST_CASE("hue sectors: nothing jumps, around the circle of hues and from grey to pure") {
  HueSectorsTuning tuning;
  sim::Draw(2, 0).vary(tuning);
  for (std::size_t hue = 0; hue < kHues; ++hue) tuning.sector_hue[hue] /= 2;
  // Columns go once around, rows from grey to pure: neighbours differ by at most 6 / 1024 and 1 / 256 of the range.
  const auto in = Display(1024, 256).fill([](int plane, int x, int y) {
    const Rgb colour = of_hue(360.0 * x / 1024, y / 256.0 * 0.6);
    return std::lround((plane == 0 ? colour.r : plane == 1 ? colour.g : colour.b) * kMax);
  });
  const Display out = run(tuning, in);
  int largest = 0;
  for (int plane = 0; plane < 3; ++plane)
    for (int y = 1; y < 256; ++y)
      for (int x = 1; x < 1024; ++x)
        largest = std::max({largest, std::abs(out.at(plane, x, y) - out.at(plane, x - 1, y)),
                            std::abs(out.at(plane, x, y) - out.at(plane, x, y - 1))});
  CHECK(largest < kMax / 60);
}

TEST_CASE("hue sectors: saturation -1 is monochrome; above 0 it spares what would clip") {
  const Rgb grey = tuned({.saturation = -1}, of_hue(200, 0.5));
  CHECK(grey.chroma() < 0.001);
  CHECK(grey.luma() == doctest::Approx(of_hue(200, 0.5).luma()).epsilon(0.001));
  CHECK(tuned({.saturation = 0.5}, of_hue(200, 0.2)).chroma() == doctest::Approx(0.2 * (1 + 0.5 * 0.8)).epsilon(0.005));
  CHECK(tuned({.saturation = 0.5}, of_hue(200, 0.99, 0)).chroma() < 0.998);
}

TEST_CASE("hue sectors: vibrance helps dull colours more than pure ones, and skin least") {
  const auto gain = [](double protection, const Rgb& colour) {
    return tuned({.vibrance = 0.5, .skin_protection = protection}, colour).chroma() / colour.chroma();
  };
  CHECK(gain(1, of_hue(210, 0.1)) > 1.35);
  CHECK(gain(1, of_hue(210, 0.6)) < 1.1);
  const Rgb skin = of_hue(20, 0.25, 0.5);
  CHECK(gain(1, skin) < 1 + (gain(0, skin) - 1) * 0.6);
  CHECK(gain(0, skin) == doctest::Approx(gain(0, of_hue(140, 0.25, 0.5))).epsilon(0.01));
}

/// Colour changes of every kind, and skin spared.
Rgb spared(const Rgb& colour, double protection) {
  HueSectorsTuning vivid{.saturation = 0.3, .vibrance = 0.4};
  vivid.skin_protection = 0;
  vivid.sector_hue.fill(12), vivid.sector_saturation.fill(0.25), vivid.sector_lightness.fill(-0.1);
  Conditions conditions;
  conditions.skin_protection = protection;
  const auto in = Display(2, 2).fill([&](int plane, int, int) {
    return std::lround((plane == 0 ? colour.r : plane == 1 ? colour.g : colour.b) * kMax);
  });
  const Display out = test::run_stage<HueSectors>(HueSectors::derive(vivid, conditions), in);
  const auto part = [&](int plane) { return static_cast<double>(out.at(plane, 0, 0)) / kMax; };
  return {part(0), part(1), part(2)};
}

TEST_CASE("hue sectors: spared skin of any depth keeps hue and chroma, and has the tuning's luma") {
  for (const double hue : {8.0, 18.0, 30.0})
    for (const auto& [chroma, low] : {std::pair{0.08, 0.05}, {0.18, 0.27}, {0.25, 0.5}, {0.4, 0.2}}) {
      CAPTURE(hue);
      CAPTURE(chroma);
      const Rgb skin = of_hue(hue, chroma, low), changed = spared(skin, 0), kept = spared(skin, 1);
      CHECK(std::abs(changed.hue() - skin.hue()) > 5);
      CHECK(changed.chroma() > 1.15 * chroma);
      CHECK(std::abs(kept.hue() - skin.hue()) < 0.3);
      CHECK(std::abs(kept.chroma() - chroma) < 0.01 * chroma);
      CHECK(std::abs(kept.luma() - changed.luma()) < 0.001);
      const Rgb half = spared(skin, 0.5);
      CHECK(half.chroma() > 1.05 * chroma);
      CHECK(half.chroma() < changed.chroma() - 0.05 * chroma);
    }
}

TEST_CASE("hue sectors: other hues are not spared, and nothing jumps between") {
  for (double hue = 52; hue < 356; hue += 8) {
    const Rgb colour = of_hue(hue, 0.3), changed = spared(colour, 0), kept = spared(colour, 1);
    CAPTURE(hue);
    CHECK(kept.r == changed.r);
    CHECK(kept.g == changed.g);
    CHECK(kept.b == changed.b);
  }
  for (const double chroma : {0.05, 0.2, 0.5}) {
    Rgb before = spared(of_hue(-15, chroma), 1);
    for (double hue = -14.9; hue < 60; hue += 0.1) {
      const Rgb here = spared(of_hue(hue, chroma), 1);
      CHECK(std::max({std::abs(here.r - before.r), std::abs(here.g - before.g), std::abs(here.b - before.b)}) <
            0.015 * chroma + 0.0005);
      before = here;
    }
  }
}

}  // namespace
}  // namespace sunny16::isp
