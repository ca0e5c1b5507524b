// The reflectance of human skin, from what is in it.
#pragma once

#include "sim/light/spectrum.h"

namespace sunny16::sim {

/// Light that comes back from the dermis, whose blood absorbs it, twice through the epidermis, whose melanin does, and
/// what the surface itself sends back.
/// `melanin` and `blood` are parts of volume: 0.02 .. 0.05 is fair skin, 0.2 dark skin; 0.01 .. 0.06 of blood.
///
/// Absorption of melanin and of skin without it, and scattering, after S. L. Jacques, 'Optical properties of biological
/// tissues: a review', Physics in Medicine and Biology 58, 2013; of haemoglobin as compiled by S. Prahl (Oregon Medical
/// Laser Center, 1999); the dermis is infinitely deep after Kubelka and Munk (1931).
Spectrum skin_reflectance(double melanin, double blood);

}  // namespace sunny16::sim
