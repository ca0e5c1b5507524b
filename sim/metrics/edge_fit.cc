#include "sim/metrics/edge_fit.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "sim/metrics/least_squares.h"

namespace sunny16::sim {
namespace {

constexpr int kMinSide = 16;      // pixels of a region
constexpr double kMinWindow = 4;  // pixels on each side of an edge: what a centroid needs to be one
constexpr int kMinProfiles = 8;   // that show the edge
constexpr int kRefinements = 3;   // of the line: each looks closer to the last one
constexpr std::size_t kEnds = 8;  // a profile's levels are those of its first and last eighth

double mean(std::span<const double> values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

/// By how much a profile's end lies above its start.
double rise(const EdgeProfile& profile) {
  const std::span<const double> all(profile.value);
  const std::size_t end = std::max<std::size_t>(1, all.size() / kEnds);
  return mean(all.last(end)) - mean(all.first(end));
}

std::vector<EdgeProfile> profiles_of(Plane plane, isp::Rect roi, std::span<const Lattice> lattices, bool vertical) {
  std::vector<EdgeProfile> profiles;
  for (std::size_t i = 0; i < lattices.size(); ++i) {
    const auto [x0, y0, step] = within(roi, lattices[i]);
    const int x = roi.x + x0, y = roi.y + y0;
    const int end_x = roi.x + roi.width, end_y = roi.y + roi.height;
    if (vertical)
      for (int row = y; row < end_y; row += step) {
        auto& profile = profiles.emplace_back(EdgeProfile{double(row), double(x), step, i, {}});
        for (int column = x; column < end_x; column += step) profile.value.push_back(plane.row(row)[column]);
      }
    else
      for (int column = x; column < end_x; column += step) {
        auto& profile = profiles.emplace_back(EdgeProfile{double(column), double(y), step, i, {}});
        for (int row = y; row < end_y; row += step) profile.value.push_back(plane.row(row)[column]);
      }
  }
  return profiles;
}

/// The components of the gradient, summed over a region, are to each other as those of the edge's normal.
double gradient_sum(std::span<const EdgeProfile> profiles) {
  double sum = 0;
  for (const EdgeProfile& profile : profiles) sum += rise(profile);
  return std::abs(sum);
}

/// The centroid of a profile's derivative, weighed by a Hann window of `half_width` about `centre`. Nothing if the
/// window does not fit or holds less than half of the contrast.
std::optional<double> centroid(const EdgeProfile& profile, double contrast, double centre, double half_width) {
  const double half = std::min({half_width, centre - profile.first, profile.last() - centre});
  if (half < kMinWindow * profile.step) return std::nullopt;
  double sum = 0, moment = 0, inside = 0;
  for (std::size_t i = 0; i + 1 < profile.value.size(); ++i) {
    const double x = profile.first + profile.step * (static_cast<double>(i) + 0.5), d = x - centre;
    if (std::abs(d) >= half) continue;
    const double derivative = profile.value[i + 1] - profile.value[i];
    const double weight = 0.5 + 0.5 * std::cos(std::numbers::pi * d / half);
    sum += weight * derivative, moment += weight * derivative * d, inside += derivative;
  }
  if (inside / contrast < 0.5 || sum / contrast <= 0) return std::nullopt;
  return centre + std::clamp(moment / sum, -half, half);
}

/// The place where a step of the profile's own levels would leave its sum as it is: the centroid without a window,
/// which no place of the edge within the profile biases.
std::optional<double> balance_point(const EdgeProfile& profile, double contrast) {
  const double own = rise(profile);
  if (own / contrast < 0.5) return std::nullopt;
  const std::span<const double> all(profile.value);
  const double start = mean(all.first(std::max<std::size_t>(1, all.size() / kEnds)));
  const double risen = (mean(all) - start) / own;  // part of the profile that lies behind the edge
  return profile.first - 0.5 * profile.step + static_cast<double>(all.size()) * profile.step * (1 - risen);
}

}  // namespace

double Edge::across(double along) const {
  const double t = (along - middle) / half_length;
  double sum = 0;
  for (std::size_t i = polynomial.size(); i-- > 0;) sum = sum * t + polynomial[i];
  return sum;
}

double Edge::slope(double along) const {
  const double t = (along - middle) / half_length;
  double sum = 0;
  for (std::size_t i = polynomial.size(); i-- > 1;) sum = sum * t + static_cast<double>(i) * polynomial[i];
  return sum / half_length;
}

double Edge::distance(double across_place, double along) const {
  const double tangent = slope(along);
  return (across_place - across(along)) / std::sqrt(1 + tangent * tangent);
}

Edge fit_edge(Plane plane, isp::Rect roi, std::span<const Lattice> lattices, int order) {
  region(plane, roi, kMinSide, kMinSide);
  const auto no_edge = [&](const std::string& found, const std::string& allowed) {
    return MetricError("slanted edge in region " + region_text(roi) + ": found " + found + ", allowed " + allowed);
  };
  if (lattices.empty()) throw no_edge("no lattice", "one or more");
  if (order < 1 || order > 5) throw no_edge("order " + std::to_string(order), "1 to 5");
  Edge edge;
  edge.profiles = profiles_of(plane, roi, lattices, true);
  auto columns = profiles_of(plane, roi, lattices, false);
  edge.vertical = gradient_sum(edge.profiles) >= gradient_sum(columns);
  if (!edge.vertical) edge.profiles = std::move(columns);

  const int length = edge.vertical ? roi.height : roi.width, breadth = edge.vertical ? roi.width : roi.height;
  edge.half_length = length / 2.0;
  edge.middle = (edge.vertical ? roi.y : roi.x) + (length - 1) / 2.0;
  std::vector<double> contrast(lattices.size()), count(lattices.size());
  for (const EdgeProfile& p : edge.profiles) contrast[p.lattice] += rise(p), ++count[p.lattice];
  for (std::size_t i = 0; i < contrast.size(); ++i) contrast[i] /= std::max(count[i], 1.0);

  for (int pass = 0; pass <= kRefinements; ++pass) {
    LeastSquares fit(static_cast<std::size_t>(pass == 0 ? 1 : order) + 1);
    int used = 0;
    for (const EdgeProfile& p : edge.profiles) {
      const double half_width = std::max(2 * kMinWindow * p.step, breadth / 4.0);
      const auto place = pass == 0 ? balance_point(p, contrast[p.lattice])
                                   : centroid(p, contrast[p.lattice], edge.across(p.along), half_width);
      if (!place) continue;
      std::vector<double> powers{1};
      while (powers.size() < static_cast<std::size_t>(order) + 1)
        powers.push_back(powers.back() * (p.along - edge.middle) / edge.half_length);
      fit.add(powers, *place);
      ++used;
    }
    const auto solution = used >= kMinProfiles ? fit.solve() : std::nullopt;
    if (!solution)
      throw no_edge("an edge in " + std::to_string(used) + " rows or columns",
                    std::to_string(kMinProfiles) + " or more");
    edge.polynomial = *solution;
  }
  return edge;
}

}  // namespace sunny16::sim
