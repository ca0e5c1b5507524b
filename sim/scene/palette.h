// How an observer, a sensor or an eye, sees the surfaces of a scene under its lamps. Everything is linear, so that a
// whole spectrum becomes three numbers before the first pixel is drawn.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/light/spectrum.h"

namespace sunny16::sim {

/// Three numbers: a surface in linear sRGB (1, 1, 1 is a perfect white), or what an observer makes of it.
struct Colour {
  double r = 0, g = 0, b = 0;
  friend constexpr Colour operator+(Colour a, Colour b) { return {a.r + b.r, a.g + b.g, a.b + b.b}; }
  friend constexpr Colour operator*(Colour a, double s) { return {a.r * s, a.g * s, a.b * s}; }
  friend constexpr Colour operator*(Colour a, Colour b) { return {a.r * b.r, a.g * b.g, a.b * b.b}; }
  friend constexpr bool operator==(const Colour&, const Colour&) = default;
};

constexpr Colour grey(double v) { return {v, v, v}; }
constexpr Colour mix(Colour a, Colour b, double t) { return a * (1 - t) + b * t; }

/// How a lamp's power changes: not at all, as a sine (a lamp on the mains flickers at twice their frequency), or on and
/// off (a dimmed LED).
enum class Flicker : std::uint8_t { none, sine, pulse };

struct Lamp {
  std::string name;
  Spectrum spectrum;  ///< irradiance that makes 1 lx, W/m^2/nm
  double lux = 1;     ///< mean illuminance of a surface in full light
  Flicker flicker = Flicker::none;
  double flicker_hz = 100, modulation = 0;  ///< (highest - lowest) / (highest + lowest)
  double on_from_s = kAlways;               ///< dark before

  static constexpr double kAlways = -1e9;
  bool steady() const { return (flicker == Flicker::none || modulation == 0) && on_from_s == kAlways; }
  /// Mean over an exposure, as a part of `lux`.
  double level(double from_s, double to_s) const;
};

/// What three channels make of a spectral irradiance: its integral under each of these.
using Observer = std::array<Spectrum, 3>;

class Palette {
 public:
  Palette(std::span<const Lamp> lamps, std::span<const Spectrum> materials, const Observer& observer);

  /// A surface in full light of one lamp; `paint` is its reflectance in linear sRGB under D65.
  Colour surface(std::size_t lamp, Colour paint) const {
    const auto& m = lamps_[lamp].basis;
    return m[0] * paint.r + m[1] * paint.g + m[2] * paint.b;
  }
  /// A surface of one of the scene's materials.
  Colour material(std::size_t lamp, std::size_t index) const { return lamps_[lamp].materials[index]; }
  /// A perfect white surface.
  Colour white(std::size_t lamp) const { return lamps_[lamp].white; }

  /// The palette while each lamp shines at a part of its power.
  Palette at_levels(std::span<const double> levels) const;

 private:
  struct Seen {
    std::array<Colour, 3> basis;
    Colour white;
    std::vector<Colour> materials;
  };
  std::vector<Seen> lamps_;
};

}  // namespace sunny16::sim
