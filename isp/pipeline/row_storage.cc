#include "isp/pipeline/row_storage.h"

namespace sunny16::isp {
namespace {

/// Fills `count` samples before sample 0 and behind sample n - 1 of a row. A sample stands for picture columns scale * i + parity.
template <class Sample>
void pad_samples(Sample* row, int n, int count, int scale, int parity, bool left, bool right) {
  const int width = n * scale;
  // Reflection about the outer pixels' centres, in samples. Frames narrower than the padding reflect more than once.
  const bool once = count + 1 < n;
  const auto from = [&](int sample) { return (reflect(sample * scale + parity, width) - parity) / scale; };
  const int before = scale == 1 ? 0 : parity, behind = n - (scale == 1 ? 2 : 1 + parity);
  if (left)
    for (int i = 1; i <= count; ++i) row[-i] = row[once ? i - before : from(-i)];
  if (right)
    for (int i = 0; i < count; ++i) row[n + i] = row[once ? behind - i : from(n + i)];
}

}  // namespace

RowIo::Input gather_rows(const RowStorage& input, int border_y, Grid out, bool pair, int x, int y, int height, int extension_y,
                         std::byte** pointers) {
  const bool input_full = input.layout.grid == Grid::full;
  const bool two_rows = input_full && (out != Grid::full || pair);
  const int window = 2 * border_y + 1 + (two_rows ? 1 : 0), step = input_full ? 1 : 2;
  const int centre = input_full ? y : (y & ~1), planes = input.layout.planes;
  for (int i = 0; i < window; ++i) {
    const int row = centre + (i - border_y) * step;
    const bool inside = row >= -extension_y && row < height + extension_y;
    // Planes of a row follow each other; only reflected rows of a quad domain differ from plane to plane.
    std::byte* const first = inside ? input.at(0, x, row) : nullptr;
    for (int plane = 0; plane < planes; ++plane)
      pointers[plane * window + i] = inside ? first + static_cast<std::size_t>(plane) * input.stride
                                            : input.at(plane, x, source_row(input.layout, plane, row, height, extension_y));
  }
  return {.rows = pointers, .window = window, .border = border_y};
}

void pad_row(const RowStorage& rows, int y, int first, int end, int width, int padding) {
  const bool left = first <= 0, right = end >= width;
  if (padding == 0 || !(left || right)) return;
  const int scale = scale_of(rows.layout.grid);
  for (int plane = 0; plane < rows.layout.planes; ++plane) {
    const int parity = rows.layout.grid == Grid::quad ? plane & 1 : 0;
    std::byte* const row = rows.at(plane, 0, y);
    if (rows.layout.bytes == 1)
      pad_samples(reinterpret_cast<std::uint8_t*>(row), width / scale, padding / scale, scale, parity, left, right);
    else
      pad_samples(reinterpret_cast<std::uint16_t*>(row), width / scale, padding / scale, scale, parity, left, right);
  }
}

void run_tap(const BoundTap& tap, const RowStorage& rows, int quad_row, Range columns, bool reference, Statistics& statistics) {
  std::array<std::byte*, kMaxPlanes> pointers;
  for (int plane = 0; plane < rows.layout.planes; ++plane)
    pointers[static_cast<std::size_t>(plane)] = rows.at(plane, columns.first, 2 * quad_row);
  RowIo io;
  io.inputs[0] = {.rows = pointers.data(), .window = 1, .border = 0};
  const Span span{.x = columns.first / 2, .y = quad_row, .count = (columns.end - columns.first) / 2};
  (reference ? tap.reference : tap.fast)(tap.registers, io, span, statistics);
}

void gather_raw_rows(const RawView& raw, int binning, int quad_row, std::byte** pointers) {
  for (int i = 0; i < 2 * binning; ++i) {
    const int y = reflect(2 * binning * quad_row + i - red_y(raw.phase), raw.height);
    // Kernels take rows as pointers to mutable bytes, and never write to an input.
    pointers[i] = const_cast<std::byte*>(raw.row(y));
  }
}

}  // namespace sunny16::isp
