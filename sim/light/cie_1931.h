// The CIE 1931 standard observer (2 degrees): from a spectrum to the three numbers that an eye makes of it.
#pragma once

#include <array>

#include "sim/light/spectrum.h"

namespace sunny16::sim {

/// CIE XYZ. Of a light in W/m^2/nm, Y is its illuminance in lux (of a radiance, its luminance in cd/m^2); of a surface
/// under a light of 1 lx, Y is its luminous reflectance, 0..1.
struct Tristimulus {
  double X = 0, Y = 0, Z = 0;
  friend constexpr bool operator==(const Tristimulus&, const Tristimulus&) = default;
};

struct Chromaticity {
  double x = 0, y = 0;
};

/// The colour matching functions x, y, z.
extern const std::array<Spectrum, 3> kCie1931;

/// 683 lm/W times the integrals under the colour matching functions.
Tristimulus xyz(const Spectrum& light);

/// Where X + Y + Z > 0.
Chromaticity chromaticity(const Tristimulus& colour);

/// The light that has the same relative power and this illuminance. Its own must not be zero.
Spectrum scaled_to_lux(const Spectrum& light, double lux);

}  // namespace sunny16::sim
