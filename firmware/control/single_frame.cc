#include "firmware/control/single_frame.h"

#include <algorithm>
#include <vector>

#include "isp/core/exact_math.h"
#include "isp/core/layout.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

/// Mean colours of the zones that have enough unclipped quads, 0..1.
std::vector<Vector3> zone_colours(const isp::Statistics& statistics) {
  std::uint64_t most = 0;
  for (const auto& row : statistics.white_balance)
    for (const auto& zone : row) most = std::max(most, zone.count);
  std::vector<Vector3> colours;
  for (const auto& row : statistics.white_balance)
    for (const auto& zone : row) {
      if (zone.count == 0 || 4 * zone.count < most) continue;
      const double scale = 1.0 / (static_cast<double>(zone.count) * isp::domain::LinearRaw::range);
      const Vector3 c{static_cast<double>(zone.red) * scale, static_cast<double>(zone.green) * scale / 2,
                      static_cast<double>(zone.blue) * scale};
      if (c[0] > 0 && c[1] > 0 && c[2] > 0) colours.push_back(c);
    }
  return colours;
}

double dot(const Vector3& a, const Vector3& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

Vector3 unit(const Vector3& v) {
  const double length = exact::sqrt(dot(v, v));
  return {v[0] / length, v[1] / length, v[2] / length};
}

/// First principal direction (not centred) of the colours, by power iteration.
Vector3 principal_direction(const std::vector<Vector3>& colours) {
  isp::Matrix3 moments{};
  for (const Vector3& c : colours)
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 3; ++j) moments[3 * i + j] += c[i] * c[j];
  Vector3 direction = unit({1, 1, 1});
  for (int i = 0; i < 64; ++i) direction = unit(multiply(moments, direction));
  return direction;
}

Vector3 bright_and_dark(std::vector<Vector3> colours) {
  constexpr double kPart = 0.05;
  Vector3 mean{};
  for (const Vector3& c : colours)
    for (std::size_t i = 0; i < 3; ++i) mean[i] += c[i];
  mean = unit(mean);
  std::sort(colours.begin(), colours.end(), [&](const Vector3& a, const Vector3& b) { return dot(a, mean) < dot(b, mean); });
  const auto part = std::max<std::size_t>(1, static_cast<std::size_t>(kPart * static_cast<double>(colours.size())));
  std::vector<Vector3> chosen(colours.begin(), colours.begin() + static_cast<std::ptrdiff_t>(part));
  chosen.insert(chosen.end(), colours.end() - static_cast<std::ptrdiff_t>(part), colours.end());
  const Vector3 direction = principal_direction(chosen);
  return {direction[0] / direction[1], 1, direction[2] / direction[1]};
}

/// Among candidate lights along the curve, the one under which the zones look greyest: each zone's distance from grey in (R/G, B/G),
/// limited, summed; minus the logarithm of the prior.
WhiteBalanceEstimate along_curve(const std::vector<Vector3>& colours, const AwbTuning& tuning, std::optional<double> lux) {
  constexpr double kLimit = 0.04, kPriorWeight = 0.02;
  const double mired_cool = 1e6 / tuning.ct_curve.back().temperature, mired_warm = 1e6 / tuning.ct_curve.front().temperature;
  WhiteBalanceEstimate best;
  double best_cost = 1e30;
  for (int step = 0; step <= 64; ++step) {
    const double temperature = 1e6 / (mired_cool + (mired_warm - mired_cool) * step / 64);
    const GreyPoint on_curve = tuning.grey_at(temperature);
    for (int side = -3; side <= 3; ++side) {
      // Beside the curve: both ratios move the same way, towards magenta or green.
      const double offset = side < 0 ? side * tuning.transverse_neg / 3 : side * tuning.transverse_pos / 3;
      const double r = (on_curve.r + offset) * tuning.sensitivity_r, b = (on_curve.b + offset) * tuning.sensitivity_b;
      if (r <= 0 || b <= 0) continue;
      double cost = 0;
      for (const Vector3& c : colours) {
        const double dr = c[0] / c[1] / r - 1, db = c[2] / c[1] / b - 1;
        cost += std::min(kLimit, dr * dr + db * db);
      }
      cost /= static_cast<double>(colours.size());
      if (lux) cost -= kPriorWeight * exact::log(std::max(1e-3, tuning.likelihood(*lux, temperature)));
      if (cost < best_cost) best_cost = cost, best = {{r, 1, b}, temperature};
    }
  }
  return best;
}

}  // namespace

WhiteBalanceEstimate estimate_white_balance(const isp::Statistics& statistics, const AwbTuning& tuning, std::optional<double> lux) {
  const std::vector<Vector3> colours = zone_colours(statistics);
  if (colours.empty()) return tuning.ct_curve.empty() ? WhiteBalanceEstimate{}
                                                      : WhiteBalanceEstimate{{tuning.grey_at(5000).r, 1, tuning.grey_at(5000).b}, 5000};
  if (tuning.bayes && !tuning.ct_curve.empty()) return along_curve(colours, tuning, lux);
  return {bright_and_dark(colours), std::nullopt};
}

double temperature_of_grey(const AwbTuning& tuning, double r, double b) {
  const double mired_cool = 1e6 / tuning.ct_curve.back().temperature, mired_warm = 1e6 / tuning.ct_curve.front().temperature;
  double best = 5000, best_distance = 1e30;
  for (int step = 0; step <= 256; ++step) {
    const double temperature = 1e6 / (mired_cool + (mired_warm - mired_cool) * step / 256);
    const GreyPoint point = tuning.grey_at(temperature);
    const double dr = point.r - r, db = point.b - b, distance = dr * dr + db * db;
    if (distance < best_distance) best_distance = distance, best = temperature;
  }
  return best;
}

double estimate_exposure_gain(const isp::Statistics& statistics) {
  constexpr double kMidGrey = 0.18, kHighlight = 1.0, kHighlightPart = 0.99, kLargest = 8;
  const auto& bins = statistics.histogram;
  std::uint64_t total = 0;
  for (const std::uint32_t n : bins) total += n;
  if (total == 0) return 1;
  const auto quantile = [&](double part) {
    const double wanted = part * static_cast<double>(total);
    double seen = 0;
    for (std::size_t i = 0; i < bins.size(); ++i) {
      seen += bins[i];
      if (seen >= wanted) return (static_cast<double>(i) + 0.5) / static_cast<double>(bins.size());
    }
    return 1.0;
  };
  // The middle is the mean logarithm between two quantiles: neither a black border nor a lamp moves it.
  double middle = 0;
  for (int i = 1; i <= 9; ++i) middle += exact::log(quantile(0.1 * i)) / 9;
  const double wanted = kMidGrey / exact::exp(middle), allowed = kHighlight / quantile(kHighlightPart);
  return std::clamp(std::min(wanted, std::max(1.0, allowed)), 1.0, kLargest);
}

}  // namespace sunny16::firmware
