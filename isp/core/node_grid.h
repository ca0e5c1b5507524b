// Nodes over the frame, 2^shift pixels apart on both axes; node (0, 0) lies at the canonical frame's pixel (0, 0).
// Because the distance is a power of two, a pixel's weight between two nodes is exact, and depends on its place alone.
#pragma once

#include <algorithm>
#include <cstdint>

#include "isp/core/cfa.h"

namespace sunny16::isp {

struct NodeGrid {
  static constexpr int kMaxNodes = 49;  ///< on each axis: from 24 to 48 cells along the longer side

  std::int32_t shift = 0, columns = 2, rows = 2;

  /// The finest grid that has no more than kMaxNodes on either axis.
  static constexpr NodeGrid over(const FrameGeometry& frame) {
    NodeGrid grid;
    const int longest = std::max(frame.width, frame.height) - 1;
    while ((longest >> grid.shift) + 2 > kMaxNodes) ++grid.shift;
    grid.columns = ((frame.width - 1) >> grid.shift) + 2;
    grid.rows = ((frame.height - 1) >> grid.shift) + 2;
    return grid;
  }

  /// Of the second of the two nodes around a coordinate, Q15. The first is node coordinate >> shift.
  constexpr std::int16_t weight(int coordinate) const {
    return static_cast<std::int16_t>((coordinate & ((1 << shift) - 1)) << (15 - shift));
  }

  /// Calls f(node, first, count) for each part of [x, x + count) between two neighbouring nodes; `first` is relative to
  /// x >= 0. What lies beyond the last node belongs to the last cell.
  template <class F>
  constexpr void split(int x, int count, F&& f) const {
    for (int first = 0; first < count;) {
      const int cell = std::min((x + first) >> shift, columns - 2);
      const int end = cell == columns - 2 ? count : std::min(((cell + 1) << shift) - x, count);
      f(cell, first, end - first);
      first = end;
    }
  }
};

}  // namespace sunny16::isp
