// Lite demosaic: 5x5 linear interpolation with gradient correction (Malvar, He, Cutler, ICASSP 2004), stabilised or linear raw code
// -> RGB. With p the mean of the two nearest samples on each axis and q the mean of the two at distance 2,
//   G at R or B:        p_h/2 + p_v/2 + (c - (q_h + q_v)/2) / 2
//   R at B, B at R:     diagonals + 3/4 (c - (q_h + q_v)/2)
//   R, B at G:          p + (5 c - 4 diagonals - 2 q_along + q_across) / 8
// It takes the place of the edge-directed demosaic where that is off, as in the lite and preview profiles. Samples 0..16383, all sums fit int16.
#pragma once

#include "isp/stage/stage.h"

namespace sunny16::isp {

struct DemosaicLiteTuning {};
template <>
struct Describe<DemosaicLiteTuning> {
  static constexpr auto fields = std::tuple{};
};

struct DemosaicLite {
  static constexpr std::string_view name = "demosaic_lite";
  using In = domain::CodeRaw;
  using Out = domain::CodeRgb;
  using Tuning = DemosaicLiteTuning;
  struct Registers {
    std::uint16_t enabled = 0;
  };
  /// On; the line switches it off where the edge-directed demosaic is on.
  static Registers derive(const Tuning&, const Conditions&) { return {.enabled = 1}; }

  static constexpr PassShape shape{
      .out = Out::layout, .inputs = {InputShape{kStageInput, 1, 1}}, .input_count = 1, .in_place = false, .pair = true};
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<DemosaicLite>;
};

}  // namespace sunny16::isp
