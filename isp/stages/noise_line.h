// A straight line above the curve of the noise against the level, for thresholds in linear raw.
#pragma once

#include "isp/core/conditions.h"
#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"
#include "isp/core/layout.h"

namespace sunny16::isp {

/// base + slope * (level - black) / 65536, in linear raw's DN.
struct NoiseLine {
  std::uint16_t base = 0;
  UQ<0, 16> slope;

  /// The tangent of sigmas * sqrt(shot * level + read) where it touches, a fraction of white; as long as its slope is
  /// below one it is nowhere lower than the curve. `offset`, a fraction of white, and `more_slope` are added.
  static NoiseLine tangent(const NoiseProfile& noise, double sigmas, double touches, double offset = 0,
                           double more_slope = 0) {
    const double sigma = exact::sqrt(exact::max(noise.shot * touches + noise.read, 1e-12));
    const double steepness = sigmas * noise.shot / (2 * sigma);
    const double base = domain::LinearRaw::range * (offset + sigmas * sigma - steepness * touches);
    return {.base = static_cast<std::uint16_t>(round_half_up(exact::clamp(base, 0, 65535))),
            .slope = UQ<0, 16>::real(steepness + more_slope)};
  }
};

}  // namespace sunny16::isp
