#include "sim/metrics/slanted_edge.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

#include "sim/metrics/edge_fit.h"
#include "sim/metrics/fourier.h"
#include "sim/metrics/mtf_curve.h"

namespace sunny16::sim {
namespace {

constexpr double kBin = 0.25;     // px: ISO 12233's fourfold oversampling
constexpr double kMaxGap = 0.75;  // px between neighbouring samples of an ESF: more, and it hides the edge
constexpr double kPlateau = 0.6;  // levels are those of samples beyond this part of the reach
constexpr double kMinHalfWindow = 8;
constexpr double kRiseToWindow = 4;

/// A sample by its distance from the edge; its level is 0 on the edge's near side and 1 on its far side.
struct Sample {
  double distance, level;
};

/// Means of one colour on both sides of the edge.
struct Levels {
  double near = 0, far = 0;
};

struct Moments {
  double count = 0, sum = 0, squares = 0;
  void add(double v) { ++count, sum += v, squares += v * v; }
  double mean() const { return sum / count; }
  double variance() const { return squares / count - mean() * mean(); }
};

template <class F>
void for_each_sample(const Edge& edge, F&& f) {
  for (const EdgeProfile& p : edge.profiles)
    for (std::size_t i = 0; i < p.value.size(); ++i)
      f(edge.distance(p.first + p.step * static_cast<double>(i), p.along), p.value[i], p.lattice);
}

/// How far from the edge both sides have samples.
double reach_of(const Edge& edge) {
  double near = 0, far = 0;
  for_each_sample(edge, [&](double d, double, std::size_t) { near = std::max(near, -d), far = std::max(far, d); });
  return std::min(near, far);
}

std::vector<Levels> levels_of(const Edge& edge, double reach, std::size_t lattices, const std::string& where) {
  std::vector<Moments> near(lattices), far(lattices);
  for_each_sample(edge, [&](double d, double v, std::size_t i) {
    if (std::abs(d) > kPlateau * reach) (d < 0 ? near : far)[i].add(v);
  });
  std::vector<Levels> levels;
  for (std::size_t i = 0; i < lattices; ++i) {
    const double noise = std::sqrt(std::max(0.0, near[i].variance()) + std::max(0.0, far[i].variance()));
    const double step = near[i].count > 0 && far[i].count > 0 ? far[i].mean() - near[i].mean() : 0;
    if (!(std::abs(step) > noise) || !(std::abs(step) > 1e-6 * (std::abs(far[i].mean()) + std::abs(near[i].mean()))))
      throw MetricError(where + ": found a step of " + std::to_string(step) + " in noise of " + std::to_string(noise) +
                        ", allowed a step above the noise");
    levels.push_back({near[i].mean(), far[i].mean()});
  }
  return levels;
}

/// The edge's profile at multiples of a bin's width, from the near side to the far one.
struct Spread {
  std::vector<double> level;
  /// Width over which each value is a mean: 12 times the variance of places in a bin is the square of a box's width.
  /// A bin's own where samples fill it evenly, 0 where they fall on one place, as they do at slopes of 1/4 or 1/2.
  double box_px = 0;
};

/// Value at `x` of the cubics through the points whose slopes are those of the chord from one neighbour to the other
/// (Catmull and Rom, 1974); the outermost values beyond.
double smooth_at(double x, const std::vector<double>& at, const std::vector<double>& value) {
  const auto above = static_cast<std::size_t>(std::ranges::lower_bound(at, x) - at.begin());
  if (above == 0) return value.front();
  if (above == at.size()) return value.back();
  const std::size_t i = above - 1;
  const auto slope = [&](std::size_t k) {
    const std::size_t before = k == 0 ? 0 : k - 1, after = std::min(k + 1, at.size() - 1);
    return (value[after] - value[before]) / (at[after] - at[before]);
  };
  const double h = at[above] - at[i], t = (x - at[i]) / h, u = 1 - t;
  return u * u * ((1 + 2 * t) * value[i] + t * h * slope(i)) +
         t * t * ((1 + 2 * u) * value[above] - u * h * slope(above));
}

/// Means of bins, moved from where their samples lie on average to where the bin has its middle.
Spread edge_spread(std::span<const Sample> samples, double half_width, const std::string& where) {
  const int half = static_cast<int>(half_width / kBin) + 1;
  std::vector<Moments> place(static_cast<std::size_t>(2 * half + 1)), level(place.size());
  for (const Sample& s : samples) {
    const double bin = std::floor(s.distance / kBin + 0.5) + half;
    if (bin < 0 || bin > 2 * half) continue;
    place[static_cast<std::size_t>(bin)].add(s.distance - (bin - half) * kBin);
    level[static_cast<std::size_t>(bin)].add(s.level);
  }
  std::vector<double> at, mean;
  double variance = 0;
  for (int i = -half; i <= half; ++i) {
    const auto bin = static_cast<std::size_t>(i + half);
    if (place[bin].count == 0) continue;
    const double x = i * kBin + place[bin].mean();
    if (!at.empty() && x - at.back() > kMaxGap)
      throw MetricError(where + ": found no sample between " + std::to_string(at.back()) + " and " + std::to_string(x) +
                        " px from the edge, allowed gaps of 0.75 px: turn the edge or lengthen the region");
    at.push_back(x), mean.push_back(level[bin].mean()), variance += std::max(0.0, place[bin].variance());
  }
  Spread spread{.level = {}, .box_px = std::sqrt(12 * variance / static_cast<double>(at.size()))};
  for (int i = -half; i <= half; ++i) spread.level.push_back(smooth_at(i * kBin, at, mean));
  return spread;
}

/// From the edge's middle outwards, so that ripples on the plateaus do not count.
double rise_of(const std::vector<double>& spread) {
  const auto crossing = [&](double level, int direction) {
    auto i = static_cast<std::ptrdiff_t>(spread.size() / 2);
    const auto beyond = [&](std::ptrdiff_t k) {
      return direction * (spread[static_cast<std::size_t>(k)] - level) >= 0;
    };
    const auto inside = [&](std::ptrdiff_t k) { return k >= 0 && k < static_cast<std::ptrdiff_t>(spread.size()); };
    while (inside(i) && beyond(i)) i -= direction;  // a middle that is itself beyond the level
    while (inside(i) && !beyond(i)) i += direction;
    if (!inside(i) || !inside(i - direction)) return direction * static_cast<double>(spread.size()) / 2;
    const double v = spread[static_cast<std::size_t>(i)], last = spread[static_cast<std::size_t>(i - direction)];
    return static_cast<double>(i) - direction * (v - level) / (v - last) - static_cast<double>(spread.size() / 2);
  };
  return (crossing(0.9, 1) - crossing(0.1, -1)) * kBin;
}

/// Tukey's window: 1 in the inner half, a cosine to 0 at the ends.
double tukey(double part) {
  return part < 0.5 ? 1 : part < 1 ? 0.5 + 0.5 * std::cos(2 * std::numbers::pi * (part - 0.5)) : 0;
}

double sinc(double x) { return x == 0 ? 1 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x); }

std::vector<double> mtf_of(const Spread& spread, const std::vector<double>& frequencies) {
  const auto& level = spread.level;
  std::vector<double> line;
  const double middle = static_cast<double>(level.size() - 1) / 2;
  for (std::size_t i = 0; i + 1 < level.size(); ++i)
    line.push_back((level[i + 1] - level[i]) * tukey(std::abs(static_cast<double>(i) + 0.5 - middle) / middle));
  const double whole = std::abs(fourier(line, 0));
  std::vector<double> mtf;
  for (const double f : frequencies) {
    const double binning = sinc(f * spread.box_px), difference = sinc(f * kBin);
    mtf.push_back(std::abs(fourier(line, f * kBin)) / (whole * binning * difference));
  }
  return mtf;
}

}  // namespace

SlantedEdge measure_slanted_edge(Plane plane, isp::Rect roi, const SlantedEdgeOptions& options) {
  const std::string where = "slanted edge in region " + region_text(roi);
  const Edge edge = fit_edge(plane, roi, options.lattices, options.order);
  const double reach = reach_of(edge);
  const auto levels = levels_of(edge, reach, options.lattices.size(), where);
  std::vector<Sample> samples;
  for_each_sample(edge, [&](double d, double v, std::size_t i) {
    samples.push_back({d, (v - levels[i].near) / (levels[i].far - levels[i].near)});
  });

  SlantedEdge result;
  result.rise_10_90_px = rise_of(edge_spread(samples, kPlateau * reach, where).level);
  if (result.rise_10_90_px > reach)
    throw MetricError(where + ": found an edge that rises over " + std::to_string(result.rise_10_90_px) +
                      " px, allowed " + std::to_string(reach) + ": what the region has on both sides of it");
  const double half_window = options.half_window_px > 0
                                 ? options.half_window_px
                                 : std::max(kMinHalfWindow, kRiseToWindow * result.rise_10_90_px);
  const auto spread = edge_spread(samples, std::min(half_window, reach), where);
  result.frequency_cy_px = listed_frequencies_cy_px();
  result.mtf = mtf_of(spread, result.frequency_cy_px);
  result.mtf50_cy_px = frequency_at(0.5, result.frequency_cy_px, result.mtf);
  result.mtf30_cy_px = frequency_at(0.3, result.frequency_cy_px, result.mtf);
  result.mtf10_cy_px = frequency_at(0.1, result.frequency_cy_px, result.mtf);
  result.mtf_at_nyquist = response_at(0.5, result.frequency_cy_px, result.mtf);

  const auto [lowest, highest] = std::ranges::minmax(spread.level);
  const double beyond_near = 100 * std::max(0.0, -lowest), beyond_far = 100 * std::max(0.0, highest - 1);
  const bool far_is_bright = levels.front().far > levels.front().near;
  result.overshoot_percent = far_is_bright ? beyond_far : beyond_near;
  result.undershoot_percent = far_is_bright ? beyond_near : beyond_far;
  for (const Levels& l : levels)
    result.contrast += std::abs(l.far - l.near) / (l.far + l.near) / static_cast<double>(levels.size());
  result.vertical = edge.vertical;
  result.edge_angle_deg = std::atan(edge.slope(edge.middle)) * 180 / std::numbers::pi;
  result.edge_position_px = edge.across(edge.middle);
  return result;
}

}  // namespace sunny16::sim
