// Split toning: one tint for shadows, another for highlights, by luma.
//
// Domain: display RGB -> display RGB, point-wise: v + offset[channel](Y), in sixteen straight pieces over the luma Y.
// An offset is a colour difference without luma, so that Y is kept; it fades out towards black and white, which stay
// pure. Behind the black-and-white mixer this makes sepia and cyanotype.
#pragma once

#include "isp/stage/stage.h"
#include "isp/stages/pieces16.h"

namespace sunny16::isp {

struct SplitToningTuning {
  bool enabled = true;
  double shadow_hue = 0;
  double shadow_saturation = 0;
  double highlight_hue = 0;
  double highlight_saturation = 0;
  double balance = 0;
};
template <>
struct Describe<SplitToningTuning> {
  static constexpr auto fields = std::tuple{
      field<&SplitToningTuning::enabled>("enabled", 0, 1, "",
                                         "Tint shadows and highlights, where they have saturation."),
      field<&SplitToningTuning::shadow_hue>("shadow_hue", 0, 360, "degrees", "Hue (of HSV) of the shadows' tint."),
      field<&SplitToningTuning::shadow_saturation>("shadow_saturation", 0, 1, "ratio",
                                                   "Strength of the shadows' tint; 0 is none."),
      field<&SplitToningTuning::highlight_hue>("highlight_hue", 0, 360, "degrees",
                                               "Hue (of HSV) of the highlights' tint."),
      field<&SplitToningTuning::highlight_saturation>("highlight_saturation", 0, 1, "ratio",
                                                      "Strength of the highlights' tint; 0 is none."),
      field<&SplitToningTuning::balance>(
          "balance", -1, 1, "ratio", "Where one tint gives way to the other: above 0 the highlights' reaches lower.")};
};

struct SplitToning {
  static constexpr std::string_view name = "split_toning";
  using In = domain::DisplayRgb;
  using Out = domain::DisplayRgb;
  using Tuning = SplitToningTuning;
  struct Registers {
    std::uint16_t enabled = 0;
    std::array<Pieces16<14>, 3> offset;  ///< of R, G, B over luma
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<SplitToning>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
