// The picture as a few thousand cells of mean colour: what local tone mapping and bloom know of a whole frame.
//
// It is counted by a tap from linear raw, before white balance, and is as exact as the sums are. A still is developed
// with its own frame's; a video frame with those of the frames before, so that the line runs once.
#pragma once

#include <array>
#include <vector>

#include "isp/core/conditions.h"
#include "isp/core/statistics.h"

namespace sunny16::isp {

struct Thumbnail {
  static constexpr int kColumns = Statistics::kThumbnailColumns, kRows = Statistics::kThumbnailRows;
  static constexpr double kRedAsGreen = 0.96;  ///< part of saturation from which a green makes its cell neutral

  /// Mean levels of red, green and blue: 0 is black, 1 saturation. A frame of fewer quads than cells has empty ones.
  struct Cell {
    std::array<double, 3> level{};
    bool empty = true;
  };

  std::vector<Cell> cells;  ///< kColumns x kRows, row by row, over the active picture

  const Cell& at(int column, int row) const { return cells[static_cast<std::size_t>(row * kColumns + column)]; }
};

/// The thumbnail of counted statistics.
Thumbnail thumbnail_of(const Statistics& statistics);

/// As it would be with `ratio` times the exposure.
Thumbnail exposed(const Thumbnail& thumbnail, double ratio);

/// Between two thumbnails: `part` of the way from the first to the second, cell by cell. Smoothing over time: noise and
/// small movements do not make gains flicker.
Thumbnail between(const Thumbnail& first, const Thumbnail& second, double part);

/// A cell as the line makes it: linear sRGB, 1 is white; white balance, digital gain and matrix applied, clipped cells
/// neutral.
std::array<double, 3> linear_rgb(const Thumbnail::Cell& cell, const Conditions& conditions);

}  // namespace sunny16::isp
