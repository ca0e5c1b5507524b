// Where an edge lies, to a hundredth of a pixel: the first half of ISO 12233's e-SFR.
#pragma once

#include <span>
#include <vector>

#include "sim/metrics/region.h"

namespace sunny16::sim {

/// A row of samples across a near-vertical edge, or a column of them across a near-horizontal one. Places are in pixels
/// of the plane, pixel centres at whole numbers.
struct EdgeProfile {
  double along;               ///< place of the profile along the edge
  double first;               ///< place of its first sample across the edge
  int step;                   ///< pixels between its samples
  std::size_t lattice;        ///< index of the lattice they belong to
  std::vector<double> value;  ///< as in the plane
  double last() const { return first + step * static_cast<double>(value.size() - 1); }
};

struct Edge {
  bool vertical = true;  ///< nearer to the vertical than to the horizontal
  std::vector<EdgeProfile> profiles;
  double middle = 0, half_length = 1;  ///< of the region, along the edge
  std::vector<double> polynomial;      ///< place across, by powers of (along - middle) / half_length

  double across(double along) const;
  double slope(double along) const;  ///< derivative of across
  /// How far a place lies from the edge at right angles, pixels; positive to the right of it or below it.
  double distance(double across_place, double along) const;
};

/// Fits a polynomial of `order` (1 is a straight line) to the centroids of the edge's derivative in each profile.
/// Throws MetricError if there is no edge, or too little of it.
Edge fit_edge(Plane plane, isp::Rect roi, std::span<const Lattice> lattices, int order);

}  // namespace sunny16::sim
