// R'G'B' to Y'CbCr: ITU-R BT.601 or BT.709, full range (as JFIF) or video range.
//
// Domain: display RGB -> display Y'CbCr, point-wise. Written in differences from green,
//   Y = G + kr (R - G) + kb (B - G),   Cb, Cr = neutral + a (R - G) + b (B - G),
// so that the luma weights sum to one and the chroma weights to zero whatever the rounding: a grey has exactly neutral
// chroma. Rows of an output, not of the line: each output chooses its own, or stays RGB.
#pragma once

#include "isp/core/fixed.h"
#include "isp/stage/stage.h"

namespace sunny16::isp {

enum class YcbcrMatrix : std::uint8_t { bt601, bt709 };
template <>
struct EnumNames<YcbcrMatrix> {
  static constexpr std::array<std::string_view, 2> names{"bt601", "bt709"};
};
enum class YcbcrRange : std::uint8_t { full, video };
template <>
struct EnumNames<YcbcrRange> {
  static constexpr std::array<std::string_view, 2> names{"full", "video"};
};

struct YcbcrTuning {
  YcbcrMatrix matrix = YcbcrMatrix::bt601;
  YcbcrRange range = YcbcrRange::full;
};
template <>
struct Describe<YcbcrTuning> {
  static constexpr auto fields = std::tuple{
      field<&YcbcrTuning::matrix>("matrix", 0, 1, "",
                                  "Luma and chroma weights: ITU-R BT.601 (JPEG, SD) or BT.709 (HD)."),
      field<&YcbcrTuning::range>("range", 0, 1, "",
                                 "8-bit codes: full is 0..255, video is 16..235 for luma and 16..240 for chroma.")};
};

struct Ycbcr {
  static constexpr std::string_view name = "ycbcr";
  using In = domain::DisplayRgb;
  using Out = domain::DisplayYcc;
  using Tuning = YcbcrTuning;

  /// Weights of R - G and B - G.
  struct Differences {
    Q<0, 15> red, blue;
  };
  struct Registers {
    std::uint16_t enabled = 1;
    std::int16_t luma_offset = 0;
    Q<0, 15> luma_scale;
    Differences luma, cb, cr;
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<Ycbcr>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
