// Last step of chart detection: where a grid has the colours of a ColorChecker.
#pragma once

#include <array>
#include <optional>

#include "sim/metrics/chart_grid.h"

namespace sunny16::sim {

/// Colours of the 24 patches, row by row, as square roots of linear light.
using PatchColours = std::array<cv::Vec3d, 24>;

/// The part of the published colours' variance that an affine map of the measured ones explains (R^2), 0 .. 1. What a
/// light, a white balance, a camera's matrix, flare and a tone curve do is near to such a map; unrelated colours come
/// to about 1/8.
double colour_checker_likeness(const PatchColours& measured);

struct ChartPlace {
  double likeness = 0;
  int squares = 0;                     ///< how many of the 24 places hold squares
  std::array<cv::Point2d, 4> corners;  ///< pixels: centres of patches 1, 6, 24, 19
};

/// The 6 x 4 places of the grid, in any of the eight ways to lay a chart on them, whose colours are most like the
/// chart's; nothing if no such places hold squares enough and lie inside the picture. `picture`: R, G, B of float,
/// square roots of light.
std::optional<ChartPlace> most_like_a_chart(const Grid& grid, const cv::Mat& picture);

}  // namespace sunny16::sim
