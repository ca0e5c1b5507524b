#include "sim/metrics/noise_profile.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/metrics/metric_error.h"

namespace sunny16::sim {

isp::NoiseProfile NoiseProfileFit::relative_to(double range_dn) const {
  return {.shot = shot_dn / range_dn, .read = read_noise_dn * read_noise_dn / (range_dn * range_dn)};
}

NoiseProfileFit fit_noise_profile(std::span<const Moments> patches) {
  double w = 0, x = 0, xx = 0, y = 0, xy = 0;
  int used = 0;
  for (const Moments& patch : patches) {
    if (!(patch.variance > 0 && patch.count > 1)) continue;  // clipped to one level
    const double weight = (patch.count - 1) / (patch.variance * patch.variance);
    w += weight, x += weight * patch.mean, xx += weight * patch.mean * patch.mean;
    y += weight * patch.variance, xy += weight * patch.mean * patch.variance;
    ++used;
  }
  const double determinant = w * xx - x * x, slope = (w * xy - x * y) / determinant;
  if (used < 3 || !(slope > 0))
    throw MetricError("noise profile: found " + std::to_string(used) +
                      " patches with noise, allowed at least 3 whose variance grows with their mean");
  const double floor = std::max(0.0, (xx * y - x * xy) / determinant);
  double squares = 0;
  for (const Moments& patch : patches)
    if (patch.variance > 0 && patch.count > 1) {
      const double deviation = patch.variance / (slope * patch.mean + floor) - 1;
      squares += deviation * deviation / used;
    }
  return {.shot_dn = slope, .read_noise_dn = std::sqrt(floor), .fit_error_percent = 100 * std::sqrt(squares)};
}

double raspberry_pi_reference_slope(double shot_dn, int bits, double analogue_gain) {
  return std::sqrt(std::ldexp(shot_dn, 16 - bits) / analogue_gain);
}

}  // namespace sunny16::sim
