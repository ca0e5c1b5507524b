#include "sim/metrics/slanted_edge.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/metrics/edge_spread.h"
#include "sim/metrics/fourier.h"
#include "sim/metrics/mtf_curve.h"

namespace sunny16::sim {
namespace {

constexpr double kPlateau = 0.6;  // levels are those of samples beyond this part of the reach,
constexpr double kNearer = 0.3;   // or this, if the edge turns out to be sharp:
constexpr double kRiseToPlateau = 2;
constexpr double kMinHalfWindow = 8;
constexpr double kRiseToWindow = 4;

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
  return (crossing(0.9, 1) - crossing(0.1, -1)) * kEdgeBin;
}

/// Tukey's window: 1 in the inner half, a cosine to 0 at the ends.
double tukey(double part) {
  return part < 0.5 ? 1 : part < 1 ? 0.5 + 0.5 * std::cos(2 * std::numbers::pi * (part - 0.5)) : 0;
}

double sinc(double x) { return x == 0 ? 1 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x); }

std::vector<double> mtf_of(const EdgeSpread& spread, const std::vector<double>& frequencies) {
  const auto& level = spread.level;
  std::vector<double> line;
  const double middle = static_cast<double>(level.size() - 1) / 2;
  for (std::size_t i = 0; i + 1 < level.size(); ++i)
    line.push_back((level[i + 1] - level[i]) * tukey(std::abs(static_cast<double>(i) + 0.5 - middle) / middle));
  const double whole = std::abs(fourier(line, 0));
  std::vector<double> mtf;
  for (const double f : frequencies) {
    const double binning = sinc(f * spread.box_px), difference = sinc(f * kEdgeBin);
    mtf.push_back(std::abs(fourier(line, f * kEdgeBin)) / (whole * binning * difference));
  }
  return mtf;
}

}  // namespace

SlantedEdge measure_slanted_edge(Plane plane, isp::Rect roi, const SlantedEdgeOptions& options) {
  const std::string where = "slanted edge in region " + region_text(roi);
  const Edge edge = fit_edge(plane, roi, options.lattices, options.order);
  const double reach = reach_of(edge);
  const double plateau = kPlateau * reach;
  auto levels = levels_of(edge, plateau, reach, options.lattices.size(), where);
  auto samples = samples_of(edge, levels);

  SlantedEdge result;
  result.rise_10_90_px = rise_of(edge_spread(samples, plateau, where).level);
  if (result.rise_10_90_px > reach)
    throw MetricError(where + ": found an edge that rises over " + std::to_string(result.rise_10_90_px) +
                      " px, allowed " + std::to_string(reach) + ": what the region has on both sides of it");
  if (const double nearer = std::max(kNearer * reach, kRiseToPlateau * result.rise_10_90_px); nearer < plateau) {
    levels = levels_of(edge, nearer, reach, options.lattices.size(), where);
    samples = samples_of(edge, levels);
    result.rise_10_90_px = rise_of(edge_spread(samples, plateau, where).level);
  }
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
  const bool far_is_bright = levels.front().step() > 0;
  result.overshoot_percent = far_is_bright ? beyond_far : beyond_near;
  result.undershoot_percent = far_is_bright ? beyond_near : beyond_far;
  for (const EdgeLevels& l : levels)
    result.contrast += std::abs(l.step()) / (l.far.at(0) + l.near.at(0)) / static_cast<double>(levels.size());
  result.vertical = edge.vertical;
  result.edge_angle_deg = std::atan(edge.slope(edge.middle)) * 180 / std::numbers::pi;
  result.edge_position_px = edge.across(edge.middle);
  return result;
}

}  // namespace sunny16::sim
