// Highlight recovery: clipped highlights turn white, not pink.
//
// Domain: linear RGB (camera) -> linear RGB, point-wise. After white balance channel c clips at its gain. With w[c]
// rising smoothly from 0 to 1 as the channel nears that level:
//   1. a clipping channel is raised towards the mean of the other two (the "opposed" estimate of darktable's highlight
//      reconstruction), never lowered: one clipped channel of a neutral comes back, a saturated colour keeps its hue;
//   2. where all three clip, nothing is known of the hue: each is raised to the largest of them.
// Every step only raises, and raises more when the scene is brighter, so brightness stays monotone. Lens shading gains
// lift the true clipping level towards the corners; the level used is the one without them, where the picture is at
// least white already.
#pragma once

#include "isp/stage/stage.h"

namespace sunny16::isp {

struct HighlightRecoveryTuning {
  bool enabled = true;
  double start = 0.86;
  double full = 0.98;
};
template <>
struct Describe<HighlightRecoveryTuning> {
  static constexpr auto fields = std::tuple{
      field<&HighlightRecoveryTuning::enabled>("enabled", 0, 1, "", "Blend clipped highlights towards neutral."),
      field<&HighlightRecoveryTuning::start>("start", 0.3, 1, "ratio",
                                             "Part of a channel's clipping level where blending starts."),
      field<&HighlightRecoveryTuning::full>("full", 0.3, 1, "ratio",
                                            "Part of the clipping level from which a channel counts as clipped.")};
};

struct HighlightRecovery {
  static constexpr std::string_view name = "highlight_recovery";
  using In = domain::LinearRgb;
  using Out = domain::LinearRgb;
  using Tuning = HighlightRecoveryTuning;

  /// Ramp of w[c]: min(max(v - start, 0), width) << shift, times scale, is 0..16384.
  struct Ramp {
    std::int16_t start = 0, width = 0, shift = 0, scale = 0;
  };
  struct Registers {
    std::uint16_t enabled = 0;
    std::array<Ramp, 3> ramp;
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<HighlightRecovery>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
