// Black and white: luma, with twelve hues made lighter or darker, as coloured filters before a lens do.
//
// Domain: display RGB -> display RGB, point-wise: grey = Y + change, where a pure colour of a hue changes by that hue's
// weight times its chroma (see hue_fan.h): continuous over hues, and nothing on greys. Then v + strength (grey - v).
#pragma once

#include "isp/stage/stage.h"
#include "isp/stages/hue_fan.h"

namespace sunny16::isp {

struct BwMixerTuning {
  bool enabled = false;
  double strength = 1;
  std::array<double, kHues> weights{};
};
template <>
struct Describe<BwMixerTuning> {
  static constexpr auto fields =
      std::tuple{field<&BwMixerTuning::enabled>("enabled", 0, 1, "", "Make the picture black and white."),
                 field<&BwMixerTuning::strength>("strength", 0, 1, "ratio", "How far it becomes so; 0 leaves colours."),
                 field<&BwMixerTuning::weights>(
                     "weights", -1, 1, "ratio",
                     "Lightness added to red, orange, yellow, lime, green, spring, cyan, azure, blue, "
                     "violet, magenta and rose (HSV's hue 0, 30 ... 330), in units of a colour's chroma.")};
};

struct BwMixer {
  static constexpr std::string_view name = "bw_mixer";
  using In = domain::DisplayRgb;
  using Out = domain::DisplayRgb;
  using Tuning = BwMixerTuning;
  struct Registers {
    std::uint16_t enabled = 0;
    FanTable change;
    Q<1, 14> strength;
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<BwMixer>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
