#include "isp/pipeline/output_tail.h"

#include <algorithm>

namespace sunny16::isp {
namespace {

/// Pairs whose centre lies in [first, end): pair i of an axis has its centre at start + (2 i + 1) * from / to.
Range pairs_in(Range range, int start, int from, int to) {
  const auto first_at = [&](int position) {
    // The smallest i with (2 i + 1) * from >= (position - start) * to, limited to the axis.
    const std::int64_t needed = static_cast<std::int64_t>(position - start) * to;
    const std::int64_t i = needed <= from ? 0 : (needed - from + 2ll * from - 1) / (2ll * from);
    return static_cast<int>(std::min<std::int64_t>(i, (to + 1) / 2));
  };
  return {first_at(range.first), first_at(range.end)};
}

/// Bytes of a scratch row of `columns` samples that kernels may overrun.
constexpr std::size_t row_stride(int columns) {
  return (static_cast<std::size_t>(columns) * 2 + 2 * kSlack + kRowAlignment - 1) / kRowAlignment * kRowAlignment;
}

}  // namespace

Range OutputTail::column_pairs_in(Range columns) const { return pairs_in(columns, crop.x, crop.width, width); }
Range OutputTail::row_pairs_in(Range rows) const { return pairs_in(rows, crop.y, crop.height, height); }

Range OutputTail::columns_read(Range pairs) const {
  if (pairs.first >= pairs.end) return {};
  return {crop.x + 2 * pairs.first, crop.x + std::min(2 * pairs.end, width)};
}

Range OutputTail::rows_read(Range pairs) const {
  if (pairs.first >= pairs.end) return {};
  return {crop.y + 2 * pairs.first, crop.y + std::min(2 * pairs.end, height)};
}

std::size_t OutputTail::scratch_bytes(int columns) const { return 9 * row_stride(columns + 2 * column_reach()); }

void OutputTail::emit(int row_pair, Range column_pairs, const RowStorage& source, const OutputView& output, std::byte* scratch,
                      bool reference) const {
  const int x = 2 * column_pairs.first, count = std::min(2 * column_pairs.end, width) - x;
  const int y = 2 * row_pair, rows = std::min(2, height - y);

  // Two rows a plane, as a kernel reads them: an odd last row stands in for the one below it.
  std::array<std::byte*, 6> in;
  for (int plane = 0; plane < 3; ++plane)
    for (int row = 0; row < 2; ++row)
      in[static_cast<std::size_t>(2 * plane + row)] = source.at(plane, crop.x + x, crop.y + y + std::min(row, rows - 1));

  if (ycbcr) {
    const std::size_t stride = row_stride(count);
    std::array<std::byte*, 6> converted;
    for (std::size_t i = 0; i < 6; ++i) converted[i] = scratch + i * stride;
    for (std::size_t row = 0; row < 2; ++row) {
      std::array<std::byte*, 3> from{in[row], in[2 + row], in[4 + row]}, to{converted[row], converted[2 + row], converted[4 + row]};
      RowIo io;
      io.inputs[0] = {.rows = from.data(), .window = 1, .border = 0};
      io.outputs = to.data();
      (reference ? Ycbcr::reference_row : Ycbcr::fast_row)(*ycbcr, io, {.x = x, .y = y + static_cast<int>(row), .count = count});
    }
    in = converted;
  }

  RowIo io;
  io.inputs[0] = {.rows = in.data(), .window = 2, .border = 0};
  std::array<std::byte*, 4> out{};
  const auto format = static_cast<OutputFormat>(dither->format);
  const std::ptrdiff_t pixel = format == OutputFormat::rgb8 ? 3 : format == OutputFormat::rgb16 ? 6 : 1;
  out[0] = output.planes[0].row(y) + x * pixel;
  out[1] = rows == 2 ? output.planes[0].row(y + 1) + x * pixel : scratch + 6 * row_stride(count);
  if (format == OutputFormat::nv12) out[2] = output.planes[1].row(row_pair) + x;
  if (format == OutputFormat::i420) out[2] = output.planes[1].row(row_pair) + x / 2, out[3] = output.planes[2].row(row_pair) + x / 2;
  io.outputs = out.data();
  (reference ? Dither::reference_row : Dither::fast_row)(*dither, io, {.x = x, .y = row_pair, .count = count});
}

}  // namespace sunny16::isp
