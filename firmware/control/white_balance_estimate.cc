#include "firmware/control/white_balance_estimate.h"

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

/// Calls f(temperature, grey) for lights along the tuning's curve, evenly spaced in mired.
template <class F>
void for_each_light(const AwbTuning& tuning, hal::Range temperatures, F&& f) {
  constexpr int kSteps = 128;
  const double lowest = tuning.ct_curve.front().temperature, highest = tuning.ct_curve.back().temperature;
  const double cool = 1e6 / exact::clamp(temperatures.maximum, lowest, highest);
  const double warm = 1e6 / exact::clamp(temperatures.minimum, lowest, highest);
  for (int step = 0; step <= kSteps; ++step) {
    const double temperature = 1e6 / (cool + (warm - cool) * step / kSteps);
    f(temperature, tuning.grey_at(temperature));
  }
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

/// Direction of the brightest and the darkest zones: highlights are the light's own colour, shadows have little of
/// their own.
Vector3 bright_and_dark(std::vector<Vector3> colours) {
  constexpr double kPart = 0.035;
  Vector3 mean{};
  for (const Vector3& c : colours)
    for (std::size_t i = 0; i < 3; ++i) mean[i] += c[i];
  mean = unit(mean);
  std::sort(colours.begin(), colours.end(),
            [&](const Vector3& a, const Vector3& b) { return dot(a, mean) < dot(b, mean); });
  const auto part = std::max<std::size_t>(1, static_cast<std::size_t>(kPart * static_cast<double>(colours.size())));
  std::vector<Vector3> chosen(colours.begin(), colours.begin() + static_cast<std::ptrdiff_t>(part));
  chosen.insert(chosen.end(), colours.end() - static_cast<std::ptrdiff_t>(part), colours.end());
  return principal_direction(chosen);
}

/// Greys of a typical mobile sensor under black-body light and daylight.
AwbTuning typical_sensor() {
  AwbTuning typical;
  typical.ct_curve = {{2500, 0.870, 0.260}, {2925, 0.735, 0.350}, {3578, 0.602, 0.452},
                      {4615, 0.500, 0.549}, {5753, 0.427, 0.625}, {7433, 0.372, 0.690}};
  return typical;
}

/// How far the zones are from grey under a light: squared distance of log R/G and log B/G, hardly growing any more
/// where things are coloured. Mean over the zones.
class Greyness {
 public:
  explicit Greyness(const std::vector<Vector3>& colours) {
    for (const Vector3& c : colours) ratios_.push_back({exact::log(c[0] / c[1]), exact::log(c[2] / c[1])});
  }
  /// How much the zones can tell, 0..1: a few that are neither too dark nor too bright may all be of one coloured
  /// thing.
  double evidence() const {
    constexpr double kEnough = 0.3, all = isp::Statistics::kWhiteZones * isp::Statistics::kWhiteZones;
    return std::min(1.0, static_cast<double>(ratios_.size()) / (kEnough * all));
  }
  /// Of a light of this temperature: the less the zones can tell, the more it is daylight.
  double cost(double temperature, double log_r, double log_b) const {
    constexpr double kDaylight = 5000, kDoubt = 0.01;
    const double octaves = exact::log2(temperature / kDaylight);
    return evidence() * distance(log_r, log_b) + (1 - evidence()) * kDoubt * octaves * octaves;
  }

 private:
  double distance(double log_r, double log_b) const {
    constexpr double kLimit = 0.03, kBeyond = 0.001;
    double sum = 0;
    for (const auto& [r, b] : ratios_) {
      const double off = (r - log_r) * (r - log_r) + (b - log_b) * (b - log_b);
      sum += std::min(kLimit, off) + kBeyond * off;
    }
    return sum / static_cast<double>(ratios_.size());
  }
  std::vector<std::array<double, 2>> ratios_;
};

/// The light on the tuning's curve under which the zones are greyest, weighed by how likely it is; then, around it, a
/// little beside the curve.
WhiteBalanceEstimate along_curve(const Greyness& zones, const AwbTuning& tuning, std::optional<double> lux,
                                 hal::Range temperatures) {
  constexpr double kPriorWeight = 0.0003, kNear = 1.1;
  constexpr int kSides = 3;
  WhiteBalanceEstimate best;
  double least = 1e30;
  const auto consider = [&](double temperature, double r, double b) {
    if (r <= 0 || b <= 0) return;
    double cost = zones.cost(temperature, exact::log(r), exact::log(b));
    if (lux) cost -= kPriorWeight * exact::log(std::max(1e-3, tuning.likelihood(*lux, temperature)));
    if (cost < least) least = cost, best = {{r, 1, b}, temperature, true};
  };
  for_each_light(tuning, temperatures, [&](double temperature, const GreyPoint& grey) {
    consider(temperature, grey.r * tuning.sensitivity_r, grey.b * tuning.sensitivity_b);
  });
  const double middle = *best.temperature;
  for_each_light(tuning, temperatures, [&](double temperature, const GreyPoint& grey) {
    if (temperature > kNear * middle || middle > kNear * temperature) return;
    for (int side = -kSides; side <= kSides; ++side) {
      const double beside = side * (side < 0 ? tuning.transverse_neg : tuning.transverse_pos) / kSides;
      consider(temperature, (grey.r + beside) * tuning.sensitivity_r, (grey.b + beside) * tuning.sensitivity_b);
    }
  });
  return best;
}

/// The same along a curve that is not the sensor's own, or only nearly: it is moved towards green or magenta as the
/// brightest and darkest zones say. Coloured scenes move them too, by about `kScatter`: within that, only part of it
/// counts.
WhiteBalanceEstimate along_moved_curve(const Greyness& zones, const Vector3& direction, const AwbTuning& curve,
                                       hal::Range temperatures) {
  constexpr double kScatter = 0.08, kPart = 0.3, kMostShift = 0.5;
  const double product = exact::log(direction[0] * direction[2] / (direction[1] * direction[1]));
  WhiteBalanceEstimate best;
  double least = 1e30;
  for_each_light(curve, temperatures, [&](double temperature, const GreyPoint& grey) {
    const double log_r = exact::log(grey.r), log_b = exact::log(grey.b);
    const double seen = exact::clamp((product - log_r - log_b) / 2, -kMostShift, kMostShift);
    const double shift = zones.evidence() * (seen - (1 - kPart) * exact::clamp(seen, -kScatter, kScatter));
    const double cost = zones.cost(temperature, log_r + shift, log_b + shift);
    if (cost < least)
      least = cost, best = {{exact::exp(log_r + shift), 1, exact::exp(log_b + shift)}, std::nullopt, true};
  });
  return best;
}

}  // namespace

WhiteBalanceEstimate estimate_white_balance(const isp::Statistics& statistics, const AwbTuning& tuning,
                                            std::optional<double> lux, hal::Range temperatures) {
  const std::vector<Vector3> colours = zone_colours(statistics);
  if (colours.empty()) {
    if (tuning.ct_curve.empty()) return {};
    const double daylight = exact::clamp(5000, temperatures.minimum, temperatures.maximum);
    return {neutral_of_temperature(tuning, daylight), daylight, false};
  }
  const Greyness zones(colours);
  if (tuning.bayes && !tuning.ct_curve.empty()) return along_curve(zones, tuning, lux, temperatures);
  return along_moved_curve(zones, bright_and_dark(colours), tuning.ct_curve.empty() ? typical_sensor() : tuning,
                           temperatures);
}

double temperature_of_neutral(const AwbTuning& tuning, const Vector3& neutral) {
  const double r = neutral[0] / neutral[1], b = neutral[2] / neutral[1];
  double best = 5000, least = 1e30;
  for_each_light(tuning.ct_curve.empty() ? typical_sensor() : tuning, kAllTemperatures,
                 [&](double temperature, const GreyPoint& grey) {
                   const double off_r = grey.r * tuning.sensitivity_r - r, off_b = grey.b * tuning.sensitivity_b - b;
                   const double distance = off_r * off_r + off_b * off_b;
                   if (distance < least) least = distance, best = temperature;
                 });
  return best;
}

Vector3 neutral_of_temperature(const AwbTuning& tuning, double temperature) {
  const GreyPoint grey = (tuning.ct_curve.empty() ? typical_sensor() : tuning).grey_at(temperature);
  return {grey.r * tuning.sensitivity_r, 1, grey.b * tuning.sensitivity_b};
}

}  // namespace sunny16::firmware
