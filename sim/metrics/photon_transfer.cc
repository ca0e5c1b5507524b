#include "sim/metrics/photon_transfer.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sim/metrics/metric_error.h"
#include "sim/metrics/moments.h"

namespace sunny16::sim {
namespace {

using Points = std::vector<PhotonTransferPoint>;

/// Section 6.5: below this variance quantisation no longer acts as noise of 1/12 DN2.
constexpr double kLeastDarkVariance = 0.24, kQuantisation = 1.0 / 12;

const PhotonTransferPoint& peak(const Points& sweep) {
  return *std::ranges::max_element(sweep, {}, &PhotonTransferPoint::variance_dn2);
}

/// Where samples clip they have no noise.
double saturation_level(const Points& sweep, const PhotonTransferOptions& options) {
  if (options.white_dn) return *options.white_dn;
  const PhotonTransferPoint &last = sweep.back(), &top = peak(sweep);
  if (last.exposure <= top.exposure || last.variance_dn2 > top.variance_dn2 / 10)
    throw MetricError("photon transfer: found no exposure that saturates, up to a mean of " +
                      std::to_string(last.mean_dn) + " DN; allowed longer ones, or the white level");
  return last.mean_dn;
}

/// Equation (14), weighted.
double system_gain(const Points& sweep, const PhotonTransferPoint& dark, double limit_dn) {
  double product = 0, square = 0;
  int used = 0;
  for (const PhotonTransferPoint& p : sweep) {
    const double signal = p.mean_dn - dark.mean_dn;
    if (!(signal > 0 && signal <= limit_dn && p.variance_dn2 > 0)) continue;
    const double weight = 1 / (p.variance_dn2 * p.variance_dn2);
    product += weight * signal * (p.variance_dn2 - dark.variance_dn2);
    square += weight * signal * signal;
    ++used;
  }
  if (used < 2 || !(product > 0))
    throw MetricError("photon transfer: found " + std::to_string(used) +
                      " exposures below 70 % of saturation, allowed at least 2 whose variance grows with their mean");
  return product / square;
}

/// Section 6.7: deviations, in percent, from the line through the signals between 5 and 95 % of saturation whose
/// relative deviations are least.
std::vector<double> linearity(const Points& sweep, double dark_dn, double saturation_dn) {
  std::vector<std::array<double, 2>> used;
  for (const PhotonTransferPoint& p : sweep)
    if (const double y = p.mean_dn - dark_dn; y >= 0.05 * saturation_dn && y <= 0.95 * saturation_dn)
      used.push_back({p.exposure, y});
  double ww = 0, wx = 0, wxx = 0, wy = 0, wxy = 0;  // weights are 1 / y^2
  for (const auto& [x, y] : used) {
    const double w = 1 / (y * y);
    ww += w, wx += w * x, wxx += w * x * x, wy += w * y, wxy += w * x * y;
  }
  const double determinant = ww * wxx - wx * wx;
  if (used.size() < 3 || !(determinant > 0))
    throw MetricError("photon transfer: found " + std::to_string(used.size()) +
                      " exposures between 5 and 95 % of saturation, allowed at least 3 different ones");
  const double slope = (ww * wxy - wx * wy) / determinant, offset = (wxx * wy - wx * wxy) / determinant;
  std::vector<double> deviations;
  for (const auto& [x, y] : used) deviations.push_back(100 * (y - (slope * x + offset)) / (slope * x + offset));
  return deviations;
}

}  // namespace

PhotonTransferPoint photon_transfer_point(const Plane& first, const Plane& second, isp::Rect region, double exposure) {
  const Moments a = moments("photon transfer", first, region), b = moments("photon transfer", second, region);
  RunningMoments difference;
  for (int y = region.y; y < region.y + region.height; ++y)
    for (int x = region.x; x < region.x + region.width; ++x)
      difference.add(static_cast<double>(first.row(y)[x]) - second.row(y)[x]);
  return {exposure, (a.mean + b.mean) / 2, difference.moments().variance / 2};
}

PhotonTransfer photon_transfer(std::span<const PhotonTransferPoint> light, const PhotonTransferPoint& dark,
                               const PhotonTransferOptions& options) {
  Points sweep(light.begin(), light.end());
  std::ranges::sort(sweep, {}, &PhotonTransferPoint::exposure);
  if (sweep.size() < 4)
    throw MetricError("photon transfer: found " + std::to_string(sweep.size()) + " exposures, allowed at least 4");

  PhotonTransfer out{.dark_level_dn = dark.mean_dn, .dark_noise_dn = std::sqrt(dark.variance_dn2)};
  out.saturation_level_dn = saturation_level(sweep, options);
  const double range = out.saturation_level_dn - dark.mean_dn;
  const double k = out.system_gain_dn_per_e = system_gain(sweep, dark, 0.7 * range);
  const double dark_variance = std::max(dark.variance_dn2, kLeastDarkVariance);
  out.read_noise_e = std::sqrt(dark_variance - kQuantisation) / k;
  out.saturation_capacity_e = range / k;
  out.variance_peak_e = (peak(sweep).mean_dn - dark.mean_dn) / k;
  out.sensitivity_threshold_e =
      std::sqrt(dark_variance) / k + 0.5;  // equation (26): SNR 1 with the shot noise of itself
  out.snr_max_db = 10 * std::log10(out.saturation_capacity_e);
  out.dynamic_range_db = 20 * std::log10(out.saturation_capacity_e / out.sensitivity_threshold_e);

  const std::vector<double> deviations = linearity(sweep, dark.mean_dn, range);
  const auto [least, most] = std::ranges::minmax(deviations);
  out.linearity_error_min_percent = least, out.linearity_error_max_percent = most;
  for (const double d : deviations)
    out.linearity_error_percent += std::fabs(d) / static_cast<double>(deviations.size());
  return out;
}

}  // namespace sunny16::sim
