#include "sim/metrics/edge_spread.h"

#include <algorithm>
#include <cmath>

namespace sunny16::sim {
namespace {

constexpr double kMaxGap = 0.75;  // px between neighbouring samples: more, and they hide the edge

template <class F>
void for_each_sample(const Edge& edge, F&& f) {
  for (const EdgeProfile& p : edge.profiles)
    for (std::size_t i = 0; i < p.value.size(); ++i)
      f(edge.distance(p.first + p.step * static_cast<double>(i), p.along), p.value[i], p.lattice);
}

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

}  // namespace

double reach_of(const Edge& edge) {
  double near = 0, far = 0;
  for_each_sample(edge, [&](double d, double, std::size_t) { near = std::max(near, -d), far = std::max(far, d); });
  return std::min(near, far);
}

std::vector<EdgeLevels> levels_of(const Edge& edge, double from, double reach, std::size_t lattices,
                                  const std::string& where) {
  std::vector<EdgeLevels> levels(lattices);
  for_each_sample(edge, [&](double d, double v, std::size_t i) {
    if (std::abs(d) > from && std::abs(d) <= reach) (d < 0 ? levels[i].near : levels[i].far).add(d, v);
  });
  for (const EdgeLevels& l : levels) {
    const double step = std::abs(l.step());
    const double noise = std::sqrt(std::max(0.0, l.near.noise()) + std::max(0.0, l.far.noise()));
    const double tilt = reach * (std::abs(l.near.slope()) + std::abs(l.far.slope()));
    const double rounding = 1e-6 * (std::abs(l.near.at(0)) + std::abs(l.far.at(0)));
    if (!(step > noise && step > tilt && step > rounding))
      throw MetricError(where + ": found a step of " + std::to_string(step) + " between sides with noise of " +
                        std::to_string(noise) + " that change by " + std::to_string(tilt) +
                        ", allowed a step above both");
  }
  return levels;
}

std::vector<EdgeSample> samples_of(const Edge& edge, std::span<const EdgeLevels> levels) {
  std::vector<EdgeSample> samples;
  for_each_sample(edge, [&](double d, double v, std::size_t i) {
    const double near = levels[i].near.at(d), far = levels[i].far.at(d);
    samples.push_back({d, (v - near) / (far - near)});
  });
  return samples;
}

EdgeSpread edge_spread(std::span<const EdgeSample> samples, double half_width, const std::string& where) {
  const int half = static_cast<int>(half_width / kEdgeBin) + 1;
  std::vector<EdgeMoments> place(static_cast<std::size_t>(2 * half + 1)), level(place.size());
  for (const EdgeSample& s : samples) {
    const double bin = std::floor(s.distance / kEdgeBin + 0.5) + half;
    if (bin < 0 || bin > 2 * half) continue;
    place[static_cast<std::size_t>(bin)].add(s.distance - (bin - half) * kEdgeBin);
    level[static_cast<std::size_t>(bin)].add(s.level);
  }
  std::vector<double> at, mean;
  double variance = 0;
  for (int i = -half; i <= half; ++i) {
    const auto bin = static_cast<std::size_t>(i + half);
    if (place[bin].count == 0) continue;
    const double x = i * kEdgeBin + place[bin].mean();
    if (!at.empty() && x - at.back() > kMaxGap)
      throw MetricError(where + ": found no sample between " + std::to_string(at.back()) + " and " + std::to_string(x) +
                        " px from the edge, allowed gaps of 0.75 px: turn the edge or lengthen the region");
    at.push_back(x), mean.push_back(level[bin].mean()), variance += std::max(0.0, place[bin].variance());
  }
  EdgeSpread spread{.level = {}, .box_px = std::sqrt(12 * variance / static_cast<double>(at.size()))};
  for (int i = -half; i <= half; ++i) spread.level.push_back(smooth_at(i * kEdgeBin, at, mean));
  return spread;
}

}  // namespace sunny16::sim
