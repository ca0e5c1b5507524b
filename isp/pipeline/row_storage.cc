#include "isp/pipeline/row_storage.h"

namespace sunny16::isp {

RowIo::Input gather_rows(const RowStorage& input, int border_y, Grid out, bool pair, int x, int y, int height, int extension_y,
                         std::byte** pointers) {
  const bool input_full = input.layout.grid == Grid::full;
  const bool two_rows = input_full && (out != Grid::full || pair);
  const int window = 2 * border_y + 1 + (two_rows ? 1 : 0), step = input_full ? 1 : 2;
  const int centre = input_full ? y : (y & ~1);
  for (int plane = 0; plane < input.layout.planes; ++plane)
    for (int dy = -border_y; dy < window - border_y; ++dy)
      *pointers++ = input.at(plane, x, source_row(input.layout, plane, centre + dy * step, height, extension_y));
  return {.rows = pointers - window * input.layout.planes, .window = window, .border = border_y};
}

void pad_row(const RowStorage& rows, int y, int first, int end, int width, int padding) {
  if (padding == 0 || (first > 0 && end < width)) return;
  const int scale = scale_of(rows.layout.grid);
  const auto size = static_cast<std::ptrdiff_t>(rows.layout.bytes);
  for (int plane = 0; plane < rows.layout.planes; ++plane) {
    const int parity = rows.layout.grid == Grid::quad ? plane & 1 : 0;
    std::byte* const row = rows.at(plane, 0, y);
    const auto copy = [&](int sample) {
      const int from = (reflect(sample * scale + parity, width) - parity) / scale;
      std::memcpy(row + sample * size, row + from * size, static_cast<std::size_t>(size));
    };
    if (first <= 0)
      for (int i = 1; i <= padding / scale; ++i) copy(-i);
    if (end >= width)
      for (int i = 0; i < padding / scale; ++i) copy(width / scale + i);
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
