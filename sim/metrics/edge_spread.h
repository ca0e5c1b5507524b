// The edge-spread function: what an edge looks like along its normal, finer than pixels. The second part of e-SFR.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/metrics/edge_fit.h"

namespace sunny16::sim {

/// Width of the bins in which samples are averaged, pixels: ISO 12233's fourfold oversampling.
inline constexpr double kEdgeBin = 0.25;

struct EdgeMoments {
  double count = 0, sum = 0, squares = 0;
  void add(double v) { ++count, sum += v, squares += v * v; }
  double mean() const { return sum / count; }
  double variance() const { return squares / count - mean() * mean(); }
};

/// One side of the edge: a line over distance, because light falls off on charts and in lenses.
class EdgePlateau {
 public:
  void add(double distance, double value) { place_.add(distance), value_.add(value), products_ += distance * value; }
  double at(double distance) const { return value_.mean() + slope() * (distance - place_.mean()); }
  /// Variance about the line; that of nothing is not a number.
  double noise() const { return value_.variance() - slope() * slope() * place_.variance(); }
  double slope() const { return (products_ / place_.count - place_.mean() * value_.mean()) / place_.variance(); }

 private:
  EdgeMoments place_, value_;
  double products_ = 0;
};

/// Of one colour.
struct EdgeLevels {
  EdgePlateau near, far;
  double step() const { return far.at(0) - near.at(0); }
};

/// A sample by its distance from the edge; its level is 0 on the edge's near side and 1 on its far side.
struct EdgeSample {
  double distance, level;
};

/// The edge's profile at multiples of a bin's width, from the near side to the far one.
struct EdgeSpread {
  std::vector<double> level;
  /// Width over which each value is a mean: 12 times the variance of places in a bin is the square of a box's width.
  /// A bin's own where samples fill it evenly, 0 where they fall on one place, as they do at slopes of 1/4 or 1/2.
  double box_px = 0;
};

/// How far from the edge both sides have samples.
double reach_of(const Edge& edge);

/// Of each of `lattices` lattices, from samples farther than `from` and within `reach`. Throws MetricError, whose text
/// begins with `where`, if there is no step that stands out of noise and of what changes beside it.
std::vector<EdgeLevels> levels_of(const Edge& edge, double from, double reach, std::size_t lattices,
                                  const std::string& where);

std::vector<EdgeSample> samples_of(const Edge& edge, std::span<const EdgeLevels> levels);

/// Means of bins within `half_width` of the edge, moved from where their samples lie on average to where the bin has
/// its middle. Throws MetricError if there are gaps between samples that hide the edge.
EdgeSpread edge_spread(std::span<const EdgeSample> samples, double half_width, const std::string& where);

}  // namespace sunny16::sim
