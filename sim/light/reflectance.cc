#include "sim/light/reflectance.h"

#include <sstream>

#include "sim/light/illuminant.h"
#include "sim/light/lab.h"
#include "sim/light/simulation_error.h"
#include "sim/light/smoothest.h"

namespace sunny16::sim {
namespace {

/// What makes the XYZ of a reflectance under a light, relative to the light's Y.
std::array<Spectrum, 3> observer_under(const Spectrum& light) {
  const Spectrum relative = light * (1 / integral(light * kCie1931[1]));
  return {relative * kCie1931[0], relative * kCie1931[1], relative * kCie1931[2]};
}

}  // namespace

Spectrum reflectance_of_xyz(const Tristimulus& colour, const Spectrum& light) {
  const double white = xyz(light).Y;
  const std::array<double, 3> relative{colour.X / white, colour.Y / white, colour.Z / white};
  if (const auto found = smoothest_parts<1>(observer_under(light), {relative})) return found->front();
  std::ostringstream message;
  message << "reflectance: found X " << relative[0] << ", Y " << relative[1] << ", Z " << relative[2]
          << " where the light has Y 1, allowed the colours of surfaces between black and white under it";
  throw SimulationError(message.str());
}

const std::array<Spectrum, 3>& rgb_basis() {
  static const std::array<Spectrum, 3> kBasis = [] {
    const Spectrum d65 = parse_illuminant("D65").spectrum;
    const auto observer = observer_under(d65);
    const isp::Matrix3 m = xyz_to_srgb(xyz(d65));
    std::array<Spectrum, 3> srgb;
    for (std::size_t i = 0; i < 3; ++i)
      srgb[i] = observer[0] * m[3 * i] + observer[1] * m[3 * i + 1] + observer[2] * m[3 * i + 2];
    const auto found = smoothest_parts<2>(srgb, {{{1, 0, 0}, {0, 1, 0}}});
    const auto& [red, green] = found.value();
    return std::array<Spectrum, 3>{red, green, Spectrum::constant(1) + (red + green) * -1};
  }();
  return kBasis;
}

}  // namespace sunny16::sim
