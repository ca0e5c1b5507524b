#include "sim/scene/palette.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "tests/sim/scene/eye.h"

namespace sunny16::sim {
namespace {

/// Mean of a lamp over an exposure by adding up short pieces; its wave is written out here.
double added_up(const Lamp& lamp, double from, double to) {
  constexpr int kPieces = 200000;
  double sum = 0;
  for (int i = 0; i < kPieces; ++i) {
    const double t = from + (to - from) * (i + 0.5) / kPieces;
    if (t < lamp.on_from_s) continue;
    const double phase = t * lamp.flicker_hz;
    double wave = 0;
    if (lamp.flicker == Flicker::sine) wave = std::sin(2 * 3.14159265358979 * phase);
    if (lamp.flicker == Flicker::pulse) wave = phase - std::floor(phase) < 0.5 ? 1 : -1;
    sum += 1 + lamp.modulation * wave;
  }
  return sum / kPieces;
}

/// A lamp of which only the time matters.
Lamp lamp_of(Flicker flicker, double hz, double modulation, double on_from_s = -1e9) {
  Lamp lamp;
  lamp.flicker = flicker, lamp.flicker_hz = hz, lamp.modulation = modulation, lamp.on_from_s = on_from_s;
  return lamp;
}

TEST_CASE("A lamp's level is its mean over the exposure: steady, as a sine, as pulses, switched on before or within") {
  for (const Flicker flicker : {Flicker::none, Flicker::sine, Flicker::pulse})
    for (const double on : {-1e9, 0.004, 0.0127})
      for (const double from : {0.0, 0.0031, 0.0123})
        for (const double duration : {0.0005, 0.0078, 0.02}) {
          const Lamp lamp = lamp_of(flicker, 120, 0.7, on);
          CAPTURE(static_cast<int>(flicker));
          CAPTURE(on);
          CAPTURE(from);
          CAPTURE(duration);
          CHECK(lamp.level(from, from + duration) ==
                doctest::Approx(added_up(lamp, from, from + duration)).epsilon(0.001));
        }
}

TEST_CASE("Whole periods of a flicker cancel, and a lamp is dark before it is switched on") {
  CHECK(lamp_of(Flicker::sine, 100, 1).level(0.003, 0.023) == doctest::Approx(1));
  CHECK(lamp_of(Flicker::pulse, 100, 1).level(0.006, 0.009) == 0);
  CHECK(lamp_of(Flicker::pulse, 100, 1).level(0.001, 0.004) == doctest::Approx(2));
  CHECK(lamp_of(Flicker::none, 100, 0, 1).level(0.2, 0.9) == 0);
}

TEST_CASE("A palette in XYZ knows illuminance, and paints are what sRGB says they are") {
  const std::vector<Lamp> lamps{daylight()};
  const Palette xyz(lamps, {}, xyz_observer());
  CHECK(683 * xyz.white(0).g == doctest::Approx(kLux));
  const Palette rgb(lamps, {}, srgb_observer());
  const double white = rgb.white(0).g;
  for (const Colour paint : {Colour{1, 1, 1}, Colour{0.7, 0.1, 0.05}, Colour{0.02, 0.3, 0.8}}) {
    const Colour seen = rgb.surface(0, paint) * (1 / white);
    CHECK(seen.r == doctest::Approx(paint.r).epsilon(0.002));
    CHECK(seen.g == doctest::Approx(paint.g).epsilon(0.002));
    CHECK(seen.b == doctest::Approx(paint.b).epsilon(0.002));
  }
}

TEST_CASE("A palette at levels dims each lamp by its own, with all that it lights") {
  Lamp second = daylight();
  second.lux = 3;
  const std::vector<Lamp> lamps{daylight(), second};
  const std::vector<Spectrum> materials{Spectrum::constant(0.25)};
  const Palette full(lamps, materials, xyz_observer());
  const std::array<double, 2> levels{0.5, 2};
  const Palette dimmed = full.at_levels(levels);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(dimmed.white(i).g == doctest::Approx(levels[i] * full.white(i).g));
    CHECK(dimmed.material(i, 0).g == doctest::Approx(levels[i] * 0.25 * full.white(i).g));
    CHECK(dimmed.surface(i, grey(0.5)).g == doctest::Approx(levels[i] * 0.5 * full.white(i).g));
  }
}

}  // namespace
}  // namespace sunny16::sim
