// The smoothest spectra that have given colours and share every wavelength among themselves.
//
// M + 1 materials have parts p_0 .. p_M at each wavelength, strictly within 0..1, that sum to 1: the softmax of M
// curves z_0 .. z_(M-1) and of z_M = 0. The first M have given colours, and of all such the curves have the least slope
// (squared, summed over wavelengths and materials, their common slope left out).
//
// M = 1, a reflectance and what it absorbs, is S. Burns, "Numerical methods for smoothest reflectance reconstruction",
// Color Research and Application 45(1), 2020 (least hyperbolic tangent slope squared): softmax of two is
// (1 + tanh(z / 2)) / 2. M = 2 is red, green and blue of a basis whose sum is white.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "sim/light/spectrum.h"

namespace sunny16::sim {

/// Parts of the first M materials, 1 or 2. Each has the integral colours[m][j] under observer[j], the illuminant
/// included, within 1e-12; the observer's largest integral should be about 1. Nothing where no parts have these
/// colours, or they would almost reach 0 or 1.
template <std::size_t M>
std::optional<std::array<Spectrum, M>> smoothest_parts(const std::array<Spectrum, 3>& observer,
                                                       const std::array<std::array<double, 3>, M>& colours);

}  // namespace sunny16::sim
