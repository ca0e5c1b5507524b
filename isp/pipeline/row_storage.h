// Rows of one node in memory: a ring of rows (strips) or all of them (whole image), with padding columns.
#pragma once

#include <cstring>
#include <span>

#include "isp/core/cfa.h"
#include "isp/core/raw_view.h"
#include "isp/pipeline/graph.h"

namespace sunny16::isp {

/// Where a layout's rows lie: plane after plane, so that a full-grid plane's rows are evenly spaced, and a storage of a whole frame is
/// three pictures.
struct RowStorage {
  Layout layout;
  std::byte* base = nullptr;
  std::size_t stride = 0;  ///< bytes from row to row
  int capacity = 0;        ///< quad rows held; quad row q is in slot q mod capacity
  int origin_x = 0;        ///< picture column of the first sample of a row

  static std::size_t bytes(Layout layout, std::size_t stride, int capacity) {
    return stride * layout.planes * static_cast<std::size_t>(layout.grid == Grid::full ? 2 * capacity : capacity);
  }

  /// Start of picture row y (full grid) or of quad row y >> 1, at picture column x (even).
  std::byte* at(int plane, int x, int y) const {
    int slot = (y >> 1) % capacity;
    if (slot < 0) slot += capacity;
    const bool full = layout.grid == Grid::full;
    const int row = (full ? 2 * slot + (y & 1) : slot) * layout.planes + plane;
    return base + static_cast<std::size_t>(row) * stride +
           static_cast<std::size_t>((x - origin_x) / (full ? 1 : 2)) * layout.bytes;
  }
};

/// The picture row whose samples stand for row y of a plane: reflected about the frame's first and last row where the
/// node is not computed out there.
constexpr int source_row(const Layout& layout, int plane, int y, int height, int extension) {
  if (y >= -extension && y < height + extension) return y;
  switch (layout.grid) {
    case Grid::full: return reflect(y, height);
    case Grid::quad: return reflect((y & ~1) + (plane >> 1), height) & ~1;
    case Grid::half: return 2 * (reflect(y & ~1, height) >> 1);
  }
  return y;
}

/// Fills `pointers` with the rows that a pass reads of one input; returns how it is described to the kernel.
/// `quad_row` is what the pass makes; `y` the picture row of a full-grid output (else 2 * quad_row).
RowIo::Input gather_rows(const RowStorage& input, int border_y, Grid out, bool pair, int x, int y, int height, int extension_y,
                         std::byte** pointers);

/// Fills columns [-padding, 0) and [width, width + padding) of one row by reflection, where the span [first, end) reaches
/// the frame's edges.
void pad_row(const RowStorage& rows, int y, int first, int end, int width, int padding);

/// Lets a tap count quad row `quad_row` over `columns` (pixels, even).
void run_tap(const BoundTap& tap, const RowStorage& rows, int quad_row, Range columns, bool reference, Statistics& statistics);

/// Most row pointers that one call of a pass needs.
inline constexpr std::size_t kMaxPointers = 1024;

/// Byte rows of the raw frame for unpacking quad row q.
void gather_raw_rows(const RawView& raw, int binning, int quad_row, std::byte** pointers);

}  // namespace sunny16::isp
