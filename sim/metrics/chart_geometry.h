// Where the patches of a chart lie in a picture, from its four corners.
#pragma once

#include <array>
#include <vector>

#include "sim/metrics/quadrilateral.h"

namespace sunny16::sim {

/// A plane seen in perspective: the projective map that takes the unit square to a quadrilateral (P. Heckbert,
/// "Fundamentals of texture mapping and image warping", University of California, Berkeley, 1989, section 2.2.3).
class Homography {
 public:
  /// `corners`: where (0,0), (1,0), (1,1) and (0,1) lie. Throws MetricError unless they span a convex quadrilateral.
  explicit Homography(const std::array<Position, 4>& corners);
  Position operator()(Position at) const;

 private:
  double a_ = 0, b_ = 0, c_ = 0, d_ = 0, e_ = 0, f_ = 0, g_ = 0, h_ = 0;
};

/// Square patches in columns and rows, evenly spaced both ways.
struct ChartLayout {
  int columns = 6, rows = 4;
  double patch_share = 0.85;   ///< a patch's side, as part of the distance from one patch's centre to the next's
  double sampled_share = 0.5;  ///< of a patch's side that is measured: away from edges, blur and crooked corners
};

/// The ColorChecker Classic: patches of 40 mm every 47 mm.
inline constexpr ChartLayout kColourCheckerLayout{};

/// What the four corners are.
enum class Corners {
  outer,    ///< the outer corners of the four outermost patches
  centres,  ///< the centres of these patches
};

/// The regions to measure, patch by patch, row by row. `corners`: of the first patch (dark skin), of the last one in
/// the first row (bluish green), of the last patch of all (black), and of the first one in the last row (white). Their
/// order alone tells how the chart is turned or mirrored; perspective is followed. Throws MetricError if they span no
/// chart.
std::vector<Quadrilateral> chart_patches(const std::array<Position, 4>& corners, Corners kind,
                                         const ChartLayout& layout = kColourCheckerLayout);

}  // namespace sunny16::sim
