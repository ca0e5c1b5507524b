// Lights that a temperature describes, black bodies and daylight; and the temperature that describes a light best.
#pragma once

#include "sim/light/cie_1931.h"
#include "sim/light/spectrum.h"

namespace sunny16::sim {

/// Planck's law, scaled to 1 lx; 1000 K and above. The second radiation constant is a parameter because illuminant A is
/// defined with an old value of it (CIE 15:2018: 1.435e-2 m K at 2848 K).
Spectrum black_body(double kelvin, double second_radiation_constant_m_k = 1.4388e-2);

/// CIE daylight of a correlated colour temperature from 4000 to 25000 K, scaled to 1 lx: mean and two principal
/// components of measured skies (CIE 15:2018; D. Judd, D. MacAdam, G. Wyszecki, JOSA 54, 1964).
Spectrum daylight(double kelvin);

struct CorrelatedTemperature {
  double kelvin = 0;
  double duv = 0;  ///< distance from the Planckian locus in CIE 1960 u, v; positive above it, towards green
};

/// Temperature (1000 to 100000 K) of the black body whose colour is nearest in CIE 1960 u, v, which is the definition
/// itself (CIE 15:2018), and the distance with its sign (Y. Ohno, "Practical use and calculation of CCT and Duv",
/// LEUKOS 10(1), 2014). Means little where |duv| > 0.05.
CorrelatedTemperature correlated_temperature(const Tristimulus& light);

}  // namespace sunny16::sim
