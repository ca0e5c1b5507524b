// Second step of chart detection: squares that lie in rows and columns.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/metrics/chart_squares.h"

namespace sunny16::sim {

/// A plane lattice seen in perspective. Its places are columns and rows, whole numbers, from no origin in particular.
struct Grid {
  cv::Matx33d homography;          ///< from place to pixels
  std::vector<cv::Point> squares;  ///< the places where squares are, each once

  cv::Point2d in_picture(cv::Point2d place) const;
};

/// The fewest squares that make a grid.
inline constexpr std::size_t kLeastGrid = 8;

/// The grids among squares that are sorted from left to right. The same squares may be in two grids.
std::vector<Grid> find_grids(std::span<const Square> squares);

}  // namespace sunny16::sim
