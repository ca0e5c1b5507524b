#include "sim/scene/palette.h"

#include "isp/core/exact_math.h"
#include "sim/light/reflectance.h"
#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

Colour seen(const Spectrum& irradiance, const Observer& observer) {
  return {integral(irradiance * observer[0]), integral(irradiance * observer[1]), integral(irradiance * observer[2])};
}

/// Integral of the sine sin(2 pi t), with t in turns, from 0 to `turns`.
double sine_integral(double turns) { return (1 - sine(turns + 0.25)) / (2 * 3.14159265358979323846); }

/// Integral of the square wave that is 1 in the first half of each turn and -1 in the second.
double pulse_integral(double turns) {
  const double part = turns - exact::floor(turns);
  return part < 0.5 ? part : 1 - part;
}

}  // namespace

double Lamp::level(double from_s, double to_s) const {
  const double start = exact::clamp(on_from_s, from_s, to_s);
  if (start >= to_s) return to_s > from_s || on_from_s > to_s ? 0 : 1;
  const double duration = to_s - from_s, lit = (to_s - start) / duration;
  if (flicker == Flicker::none || modulation == 0) return lit;
  const auto wave = flicker == Flicker::sine ? sine_integral : pulse_integral;
  const double swing = wave(to_s * flicker_hz) - wave(start * flicker_hz);
  return lit + modulation * swing / (flicker_hz * duration);
}

Palette::Palette(std::span<const Lamp> lamps, std::span<const Spectrum> materials, const Observer& observer) {
  for (const Lamp& lamp : lamps) {
    const Spectrum irradiance = lamp.spectrum * lamp.lux;
    Seen& s = lamps_.emplace_back();
    s.white = seen(irradiance, observer);
    for (std::size_t i = 0; i < 3; ++i) s.basis[i] = seen(irradiance * rgb_basis()[i], observer);
    for (const Spectrum& material : materials) s.materials.push_back(seen(irradiance * material, observer));
  }
}

Palette Palette::at_levels(std::span<const double> levels) const {
  Palette p = *this;
  for (std::size_t i = 0; i < p.lamps_.size(); ++i) {
    Seen& s = p.lamps_[i];
    s.white = s.white * levels[i];
    for (Colour& c : s.basis) c = c * levels[i];
    for (Colour& c : s.materials) c = c * levels[i];
  }
  return p;
}

}  // namespace sunny16::sim
