// Colour matrix: white-balanced camera RGB to linear sRGB primaries, out = M in.
//
// Domain: linear RGB -> linear RGB. Where a row of M sums to one its integers do too, and sums are exact to the last
// rounding, so a grey stays the same grey to the bit. Colours outside the sRGB gamut keep their negative values;
// results are limited to +-kLargest.
#pragma once

#include "isp/core/fixed.h"
#include "isp/stage/stage.h"

namespace sunny16::isp {

struct ColourMatrixTuning {
  bool enabled = true;
  double saturation = 1;
};
template <>
struct Describe<ColourMatrixTuning> {
  static constexpr auto fields =
      std::tuple{field<&ColourMatrixTuning::enabled>("enabled", 0, 1, "", "Convert camera colours to linear sRGB."),
                 field<&ColourMatrixTuning::saturation>(
                     "saturation", 0, 3, "ratio",
                     "Distance of colours from the grey of the same Rec. 709 luminance; 0 is black and white.")};
};

struct ColourMatrix {
  static constexpr std::string_view name = "colour_matrix";
  using In = domain::LinearRgb;
  using Out = domain::LinearRgb;
  using Tuning = ColourMatrixTuning;
  static constexpr std::int16_t kLargest = 32704;  ///< limit of results, just under four times white
  struct Registers {
    std::uint16_t enabled = 0;
    std::array<Q<3, 12>, 9> matrix;  ///< row by row
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<ColourMatrix>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
