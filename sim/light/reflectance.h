// Reflectances behind colours: what a surface may be like that is only known by how it looks.
#pragma once

#include <array>

#include "sim/light/cie_1931.h"
#include "sim/light/spectrum.h"

namespace sunny16::sim {

/// A reflectance strictly within 0..1 such that xyz(light * reflectance) is `colour` to within 1e-11 of the light's Y:
/// the smoothest by least hyperbolic tangent slope squared (see smoothest.h). Throws SimulationError if no surface has
/// this colour under this light, or only one that nearly reaches 0 or 1, as black and white do.
Spectrum reflectance_of_xyz(const Tristimulus& colour, const Spectrum& light);

/// Three smooth reflectances within 0..1 that sum to 1 at every wavelength. r, g and b of them (0..1) mix to a surface
/// that under D65 has the linear sRGB colour r, g, b; so any sRGB picture becomes one of surfaces. After I. Mallett, C.
/// Yuksel, "Spectral primary decomposition for rendering with sRGB reflectance", EGSR 2019.
const std::array<Spectrum, 3>& rgb_basis();

}  // namespace sunny16::sim
