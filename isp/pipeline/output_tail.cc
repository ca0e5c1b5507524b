#include "isp/pipeline/output_tail.h"

#include <algorithm>
#include <cstring>

namespace sunny16::isp {
namespace {

/// Pairs that start in [first, end): pair i of an axis starts at start + 2 i * from / to.
Range pairs_in(Range range, int start, int from, int to) {
  const auto first_at = [&](int position) {
    // The smallest i with 2 i * from >= (position - start) * to, limited to the axis.
    const std::int64_t needed = static_cast<std::int64_t>(std::max(0, position - start)) * to;
    return static_cast<int>(std::min<std::int64_t>((needed + 2ll * from - 1) / (2ll * from), (to + 1) / 2));
  };
  return {first_at(range.first), first_at(range.end)};
}

/// Bytes of a scratch row of `columns` samples that kernels may overrun.
constexpr std::size_t row_stride(int columns) {
  return (static_cast<std::size_t>(columns) * 2 + 2 * kSlack + kRowAlignment - 1) / kRowAlignment * kRowAlignment;
}

/// Scratch: six rows scaled, six converted, and room for one row of packed RGB that an odd height leaves over.
constexpr std::size_t kScratchRows = 6 + 6 + 3;

}  // namespace

std::array<PlaneSize, 3> plane_sizes(OutputFormat format, int width, int height) {
  const int half_width = (width + 1) / 2, half_height = (height + 1) / 2;
  switch (format) {
    case OutputFormat::rgb8: return {{{3 * width, height}}};
    case OutputFormat::rgb16: return {{{6 * width, height}}};
    case OutputFormat::nv12: return {{{width, height}, {2 * half_width, half_height}}};
    case OutputFormat::i420: return {{{width, height}, {half_width, half_height}, {half_width, half_height}}};
  }
  return {};
}

Range OutputTail::column_pairs_in(Range columns) const { return pairs_in(columns, crop.x, crop.width, width); }
Range OutputTail::row_pairs_in(Range rows) const { return pairs_in(rows, crop.y, crop.height, height); }

Range OutputTail::columns_read(Range pairs) const {
  if (pairs.first >= pairs.end) return {};
  const int first = 2 * pairs.first, end = std::min(2 * pairs.end, width);
  if (!scaler) return {crop.x + first, crop.x + end};
  const Scaler::Interval read = Scaler::input_columns(*scaler, first, end - first);
  return {read.first, read.last + 1};
}

Range OutputTail::rows_read(Range pairs) const {
  if (pairs.first >= pairs.end) return {};
  const int first = 2 * pairs.first, last = std::min(2 * pairs.end, height) - 1;
  if (!scaler) return {crop.y + first, crop.y + last + 1};
  const auto inside = [this](int row) { return std::clamp(row, crop.y, crop.y + crop.height - 1); };
  return {inside(Scaler::input_rows(*scaler, first).first), inside(Scaler::input_rows(*scaler, last).last) + 1};
}

int OutputTail::column_reach() const {
  // Half the filter's taps, in pixels, and the pair's other column.
  return scaler ? (scaler->x.taps / 2 + 2) << scaler->x.box_shift : 2;
}

std::size_t OutputTail::scratch_stride(int columns) const {
  const int out_columns = static_cast<int>(static_cast<std::int64_t>(columns) * width / crop.width) + 4;
  return row_stride(std::max(columns + 2 * column_reach(), out_columns));
}

std::size_t OutputTail::scratch_bytes(int columns) const { return kScratchRows * scratch_stride(columns); }

void OutputTail::scale(int row_pair, Range columns, const RowStorage& source, const std::array<std::byte*, 6>& out,
                       std::byte* scratch, bool reference) const {
  std::array<const std::int16_t*, (Scaler::kMaxTaps + 1) * kMaxReduction> rows;
  const Scaler::Interval read = Scaler::input_columns(*scaler, columns.first, columns.end - columns.first);
  auto* const column = reinterpret_cast<std::int16_t*>(scratch);
  for (int row = 0; row < 2; ++row) {
    const int y = std::min(2 * row_pair + row, height - 1);
    const Scaler::Interval window = Scaler::input_rows(*scaler, y);
    for (int plane = 0; plane < 3; ++plane) {
      for (int i = window.first; i <= window.last; ++i)
        rows[static_cast<std::size_t>(i - window.first)] = reinterpret_cast<const std::int16_t*>(
            source.at(plane, read.first, std::clamp(i, crop.y, crop.y + crop.height - 1)));
      (reference ? Scaler::reference_vertical : Scaler::fast_vertical)(*scaler, y, rows.data(), column, read.last + 1 - read.first);
      (reference ? Scaler::reference_horizontal : Scaler::fast_horizontal)(
          *scaler, column, columns.first, reinterpret_cast<std::int16_t*>(out[static_cast<std::size_t>(2 * plane + row)]),
          columns.end - columns.first);
    }
  }
}

void OutputTail::copy(int row_pair, Range columns, const RowStorage& source, const OutputView& output) const {
  constexpr int kBytes = sizeof(std::int16_t);
  for (int y = 2 * row_pair; y < std::min(2 * row_pair + 2, height); ++y)
    for (int plane = 0; plane < 3; ++plane)
      std::memcpy(output.planes[static_cast<std::size_t>(plane)].row(y) + columns.first * kBytes,
                  source.at(plane, crop.x + columns.first, crop.y + y), static_cast<std::size_t>((columns.end - columns.first) * kBytes));
}

void OutputTail::emit(int row_pair, Range column_pairs, const RowStorage& source, const OutputView& output, std::byte* scratch,
                      bool reference) const {
  if (!dither) return copy(row_pair, {2 * column_pairs.first, std::min(2 * column_pairs.end, width)}, source, output);
  const int x = 2 * column_pairs.first, end = std::min(2 * column_pairs.end, width), count = end - x;
  const int y = 2 * row_pair, rows = std::min(2, height - y);
  const Range read = columns_read(column_pairs);
  const std::size_t stride = row_stride(std::max(count, read.end - read.first));
  const auto scratch_rows = [&](std::size_t first) {
    std::array<std::byte*, 6> result;
    for (std::size_t i = 0; i < 6; ++i) result[i] = scratch + (first + i) * stride;
    return result;
  };

  // Two rows a plane, as a kernel reads them: an odd last row stands in for the one below it.
  std::array<std::byte*, 6> in;
  if (scaler) {
    in = scratch_rows(0);
    scale(row_pair, {x, end}, source, in, scratch + 6 * stride, reference);
  } else {
    for (int plane = 0; plane < 3; ++plane)
      for (int row = 0; row < 2; ++row)
        in[static_cast<std::size_t>(2 * plane + row)] = source.at(plane, crop.x + x, crop.y + y + std::min(row, rows - 1));
  }

  if (ycbcr) {
    const auto converted = scratch_rows(6);
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
  out[1] = rows == 2 ? output.planes[0].row(y + 1) + x * pixel : scratch + 12 * stride;
  if (format == OutputFormat::nv12) out[2] = output.planes[1].row(row_pair) + x;
  if (format == OutputFormat::i420) out[2] = output.planes[1].row(row_pair) + x / 2, out[3] = output.planes[2].row(row_pair) + x / 2;
  io.outputs = out.data();
  (reference ? Dither::reference_row : Dither::fast_row)(*dither, io, {.x = x, .y = row_pair, .count = count});
}

}  // namespace sunny16::isp
