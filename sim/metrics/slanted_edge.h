// Sharpness from a slanted edge: the edge-based spatial frequency response (e-SFR) of ISO 12233:2017, Annex D.
//
// The edge is located in each row by the centroid of its derivative, and a line or polynomial is fitted to that. All
// samples, put where they lie at right angles from the edge, make an edge-spread function (ESF) four times finer than
// the pixels. Its derivative is the line-spread function (LSF), windowed about the edge; the LSF's spectrum, with the
// response of binning and differencing divided out, is the MTF.
#pragma once

#include <limits>
#include <vector>

#include "isp/core/describe.h"
#include "sim/metrics/region.h"

namespace sunny16::sim {

struct SlantedEdgeOptions {
  /// In a mosaic, the colours to use together. Each is brought to the same levels first, so they may differ in response
  /// but should not in sharpness. Places stay in pixels of the sensor, and so do frequencies.
  std::vector<Lattice> lattices{{}};
  int order = 1;  ///< of the polynomial that the edge is; 1 is straight, 2 and more follow distortion; up to 5
  /// Half width of the window about the edge, pixels: what a response has beyond it (veiling glare) is not seen, and
  /// neither is noise. 0 means four times the edge's rise, and at least 8. Never more than the region has.
  double half_window_px = 0;
};

struct SlantedEdge {
  double mtf50_cy_px = 0;
  double mtf30_cy_px = 0;
  double mtf10_cy_px = 0;
  double mtf_at_nyquist = 0;
  double rise_10_90_px = 0;
  double overshoot_percent = 0;
  double undershoot_percent = 0;
  double contrast = 0;
  bool vertical = true;
  double edge_angle_deg = 0;
  double edge_position_px = 0;
  std::vector<double> frequency_cy_px;
  std::vector<double> mtf;
};

/// Measures a near-vertical or near-horizontal edge of either polarity that crosses `roi`, turned by about 2 to 43
/// degrees; linear light. Throws MetricError where there is no such edge, it is turned too little for its colour's
/// samples to fill the bins, or it is as wide as the region.
SlantedEdge measure_slanted_edge(Plane plane, isp::Rect roi, const SlantedEdgeOptions& options = {});

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::SlantedEdge> {
  using S = sim::SlantedEdge;
  static constexpr double kAny = std::numeric_limits<double>::max();
  static constexpr auto fields = std::tuple{
      field<&S::mtf50_cy_px>("mtf50_cy_px", 0, 1, "cy/px",
                             "Lowest frequency at which the MTF is 0.5; 1 if it stays above."),
      field<&S::mtf30_cy_px>("mtf30_cy_px", 0, 1, "cy/px", "The same for an MTF of 0.3."),
      field<&S::mtf10_cy_px>("mtf10_cy_px", 0, 1, "cy/px", "The same for an MTF of 0.1: the limiting resolution."),
      field<&S::mtf_at_nyquist>("mtf_at_nyquist", 0, kAny, "", "MTF at 0.5 cy/px: what may alias."),
      field<&S::rise_10_90_px>("rise_10_90_px", 0, kAny, "px", "Distance over which the edge rises from 10 to 90 %."),
      field<&S::overshoot_percent>("overshoot_percent", 0, kAny, "%",
                                   "How far the edge's bright side exceeds its level, of the step; noise adds to it."),
      field<&S::undershoot_percent>("undershoot_percent", 0, kAny, "%", "How far its dark side falls below, likewise."),
      field<&S::contrast>("contrast", -kAny, kAny, "", "Michelson's: difference of the levels by their sum."),
      field<&S::vertical>("vertical", 0, 1, "", "The edge is nearer to the vertical than to the horizontal."),
      field<&S::edge_angle_deg>("edge_angle_deg", -45, 45, "deg",
                                "From the vertical, positive if x grows downwards; or from the horizontal, positive if "
                                "y grows to the right."),
      field<&S::edge_position_px>("edge_position_px", -kAny, kAny, "px",
                                  "x (or y) of the edge at the region's middle row (or column)."),
      field<&S::frequency_cy_px>("frequency_cy_px", 0, 1, "cy/px", "Spatial frequencies at right angles to the edge."),
      field<&S::mtf>("mtf", 0, kAny, "", "The response at each, 1 at frequency 0.")};
};

}  // namespace sunny16::isp
