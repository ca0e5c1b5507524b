// Where in a picture a ColorChecker Classic is, found without help.
//
// The picture is searched at several sizes, each half as large as the one before: for flat areas shaped like squares in
// perspective (chart_squares.h); for squares that lie in rows and columns (chart_grid.h); and for the 6 x 4 places
// among them whose colours are, but for an affine map, the chart's (chart_colours.h). So neither the light on the chart
// nor a white balance matters, patches that were not seen are filled in, and the colours decide how the chart is turned
// and whether it is mirrored.
#pragma once

#include <array>
#include <vector>

#include "sim/metrics/metric_error.h"
#include "sim/metrics/plane.h"
#include "sim/metrics/position.h"

namespace sunny16::sim {

struct DetectedChart {
  /// Centres of the corner patches in pixels: dark skin (1), bluish green (6), black (24), white (19). They go round
  /// clockwise, or counter-clockwise if the picture is mirrored.
  std::array<Position, 4> corners;
  double confidence = 0;  ///< part of the published colours' variance that the picture's explain, 0.85 .. 1
  int squares = 0;        ///< how many of the 24 patches were seen as squares
};

/// All ColorCheckers whose patches are at least 12 pixels wide and, in pictures of more than 4 megapixels, 1/190 of the
/// longer side; the largest one first, as it can be measured best. `rgb`: red, green and blue, of the same size; linear
/// light of any camera, or display code. Throws MetricError that says what was missing if there is none.
std::vector<DetectedChart> find_colour_checkers(const std::array<Plane, 3>& rgb);

}  // namespace sunny16::sim
