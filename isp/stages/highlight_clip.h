// Highlight clip: where green is clipped, red and blue end at the same level, before anything interpolates.
//
//   cap = max(green's clipping level, m) + 16 * max(0, start - m),   m = the largest green of the 3x3 quads around
//   R, B = min(R, cap), min(B, cap)
//
// Domain: linear raw after white balance -> linear raw. There each channel clips at its own gain, so that a lamp is 1 in green but
// 2 in red, and the edge around it, which the demosaic interpolates, magenta. Sensors' red and blue above a clipped green say
// nothing of the hue; above a green that is not clipped they do, and stay. (Clipping all channels at the least is what dcraw's
// highlight mode 0 does to the whole picture.) The cap is continuous in m: 4 times green's headroom is gained over 1/16 of white.
#pragma once

#include "isp/core/fixed.h"
#include "isp/stage/stage.h"

namespace sunny16::isp {

struct HighlightClipTuning {
  bool enabled = true;
  double start = 0.96;
};
template <>
struct Describe<HighlightClipTuning> {
  static constexpr auto fields = std::tuple{
      field<&HighlightClipTuning::enabled>("enabled", 0, 1, "", "Clip red and blue where green is clipped."),
      field<&HighlightClipTuning::start>("start", 0.5, 1, "ratio", "Part of green's clipping level from which it counts as clipped.")};
};

struct HighlightClip {
  static constexpr std::string_view name = "highlight_clip";
  using In = domain::LinearRaw;
  using Out = domain::LinearRaw;
  using Tuning = HighlightClipTuning;
  struct Registers {
    std::uint16_t enabled = 0;
    std::uint16_t level = 65535;  ///< linear raw at which green clips
    std::uint16_t start = 65535;  ///< green from which red and blue are capped there
  };

  static constexpr PassShape shape = neighbourhood(Out::layout, 1, 1);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<HighlightClip>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
