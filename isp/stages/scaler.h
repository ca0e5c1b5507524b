// Polyphase resampler of the outputs: a crop of display RGB (or of any planes 0..16383) to another size, up to 4 times
// larger.
//
// Separable: `vertical` makes a row from the rows around it, `horizontal` samples that row. The filter is Catmull-Rom
// (Keys 1981, a = -1/2), stretched by the ratio when it reduces, in 64 phases of up to 16 taps. Ratios above 4 are
// first reduced by averaging boxes of 2^n samples. At ratio one every tap but one is zero and the crop is copied
// exactly. Outside the crop its edge repeats.
//
// Not a stage of the line: an output runs it behind the last one, on rows whose columns and rows are not those of the
// frame.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "isp/core/plane.h"

namespace sunny16::isp {

struct Scaler {
  static constexpr std::string_view name = "scaler";
  static constexpr int kPhaseBits = 6, kMaxTaps = 16;

  /// The samples and weights of one output position.
  struct Window {
    int first = 0;
    const std::int16_t* weights = nullptr;
  };

  /// One direction. Samples are boxes of 2^box_shift pixels counted from the crop's edge.
  struct Axis {
    std::int64_t origin = 0, step = 0;  ///< of the output's centres, in samples, 32 fraction bits
    std::int32_t first = 0, size = 0;   ///< the crop, in frame pixels
    std::int32_t out_size = 0;
    std::int32_t box_shift = 0;
    std::int32_t taps = 0, reserved = 0;
    std::array<std::array<std::int16_t, kMaxTaps>, 1 << kPhaseBits> bank{};  ///< Q1.14, each phase sums to 16384

    Window window(int out) const {
      constexpr int kFraction = 32 - kPhaseBits;
      const std::int64_t position = origin + out * step + (std::int64_t{1} << (kFraction - 1));  // to the nearest phase
      const auto phase = static_cast<std::size_t>((position >> kFraction) & ((1 << kPhaseBits) - 1));
      return {static_cast<int>((position >> 32) - taps / 2 + 1), bank[phase].data()};
    }

    /// A sample of a row; `in` is at frame column `column`.
    std::int16_t sample(const std::int16_t* in, int column, int index) const {
      const int box = 1 << box_shift;
      std::int32_t sum = box / 2;  // <= 64 * 16383 + 32
      for (int i = 0; i < box; ++i) sum += in[first + std::clamp(index * box + i, 0, size - 1) - column];
      return static_cast<std::int16_t>(sum >> box_shift);
    }
  };
  struct Registers {
    Axis x, y;
  };

  /// Pixels first..last, inclusive.
  struct Interval {
    int first = 0, last = 0;
  };
  /// Frame rows that make an output row. Rows outside the crop are to be replaced by its nearest row.
  static Interval input_rows(const Registers&, int out_row);
  /// Frame columns, inside the crop, that make `count` output columns from x0 on.
  static Interval input_columns(const Registers&, int x0, int count);

  /// `rows` are the rows of input_rows(out_row) in order. Writes up to kSlack elements too many, reads as many.
  static void reference_vertical(const Registers&, int out_row, const std::int16_t* const* rows, std::int16_t* out,
                                 int count);
  static void fast_vertical(const Registers&, int out_row, const std::int16_t* const* rows, std::int16_t* out,
                            int count);

  /// `in` points at column input_columns(x0, count).first. Reads no other columns; writes up to kSlack elements too
  /// many.
  static void reference_horizontal(const Registers&, const std::int16_t* in, int x0, std::int16_t* out, int count);
  static void fast_horizontal(const Registers&, const std::int16_t* in, int x0, std::int16_t* out, int count);

  /// Ratios of crop to output between 1/4 and 256.
  static Registers derive(Rect crop, int out_width, int out_height);
};

}  // namespace sunny16::isp
