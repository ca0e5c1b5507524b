// Lights by name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/light/spectrum.h"

namespace sunny16::sim {

struct Illuminant {
  std::string name;   ///< as it was asked for
  Spectrum spectrum;  ///< irradiance that makes 1 lx, W/m^2/nm: times lux, it is the light of so many lux
};

/// A standard illuminant (CIE 15:2018): A, D50, D55, D65, D75, E, F2, F11, LED-B1 .. LED-B5 or LED-RGB1, HP1
/// (high-pressure sodium), and LED, which is LED-B3; a colour temperature from 1000 to 25000 K, as in "3200K", a black
/// body below 4000 K and CIE daylight from there on; or a mixture of these by illuminance, as in "A:0.3+D65:0.7", where
/// a weight left out is 1 and only ratios count. Throws SimulationError, which lists what exists.
Illuminant parse_illuminant(std::string_view text);

/// The standard illuminants that there are.
std::vector<std::string_view> illuminant_names();

}  // namespace sunny16::sim
