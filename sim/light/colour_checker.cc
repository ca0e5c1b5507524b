#include "sim/light/colour_checker.h"

#include "sim/light/illuminant.h"
#include "sim/light/reflectance.h"

namespace sunny16::sim {

const std::array<Spectrum, 24>& colour_checker_reflectances() {
  static const std::array<Spectrum, 24> kReflectances = [] {
    const Spectrum d50 = parse_illuminant("D50").spectrum;
    const Tristimulus white = xyz(d50);
    std::array<Spectrum, 24> reflectances;
    for (std::size_t i = 0; i < reflectances.size(); ++i)
      reflectances[i] = reflectance_of_xyz(xyz_of_lab(kColourCheckerPatches[i].lab, white), d50);
    return reflectances;
  }();
  return kReflectances;
}

}  // namespace sunny16::sim
