// The picture as scene awareness sees it: a few hundred cells in linear sRGB, balanced as the line balances it.
#pragma once

#include <array>

#include "firmware/control/colour.h"
#include "isp/core/statistics.h"

namespace sunny16::firmware {

struct ScenePicture {
  static constexpr int kColumns = 24, kRows = 18;

  struct Cell {
    Vector3 rgb{};         ///< 1 is the sensor's white; none is negative
    double luminance = 0;  ///< at least kDarkest
  };
  /// Below is noise: 12 stops under white.
  static constexpr double kDarkest = 1.0 / 4096;

  std::array<Cell, kColumns * kRows> cells;
  bool empty = true;  ///< nothing was counted

  const Cell& at(int column, int row) const { return cells[static_cast<std::size_t>(row * kColumns + column)]; }
};

/// From a frame's thumbnail. Clipped greens make their cell neutral, for its colour is not known.
ScenePicture scene_picture(const isp::Statistics& statistics, const std::array<double, 2>& colour_gains,
                           const isp::Matrix3& camera_to_srgb);

}  // namespace sunny16::firmware
