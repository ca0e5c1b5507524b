// Hue sectors: hue, saturation and lightness of twelve hues, then saturation and vibrance of all. Greys stay.
//
// Domain: display RGB -> display RGB, point-wise. Each of the twelve hues of hue_fan.h is turned about the grey axis,
// with its luma kept, its chroma scaled, and its luma shifted in proportion to chroma; colours between are mixed of
// their two neighbours, so that nothing jumps. Then, with Y the luma and c = max - min of the colour on 0..1, it is
//
//   v + k (v - Y),    k = saturation (1 - c) + vibrance (1 - c - 4 skin_protection * orange)^2 smoothstep(16 c)
//
// which leaves the purest colours, that would clip, alone; vibrance helps the dull ones, skin least, and what is nearly
// grey not at all: there it would show the white balance's error. Saturation below 0 takes away alike; -1 is
// monochrome. Where Conditions ask for it, skin is spared all of this but the luma (skin_hue.h).
#pragma once

#include "isp/stage/stage.h"
#include "isp/stages/hue_fan.h"

namespace sunny16::isp {

struct HueSectorsTuning {
  bool enabled = true;
  double saturation = 0;
  double vibrance = 0;
  double skin_protection = 0.5;
  std::array<double, kHues> sector_hue{};
  std::array<double, kHues> sector_saturation{};
  std::array<double, kHues> sector_lightness{};
};
template <>
struct Describe<HueSectorsTuning> {
  static constexpr auto fields = std::tuple{
      field<&HueSectorsTuning::enabled>("enabled", 0, 1, "", "Tune colours by hue, where a number is not 0."),
      field<&HueSectorsTuning::saturation>("saturation", -1, 1, "ratio",
                                           "Added chroma of all colours, less for pure ones; -1 is monochrome."),
      field<&HueSectorsTuning::vibrance>("vibrance", -1, 1, "ratio", "Added chroma of dull colours."),
      field<&HueSectorsTuning::skin_protection>("skin_protection", 0, 1, "ratio",
                                                "How much less of the vibrance orange hues get."),
      field<&HueSectorsTuning::sector_hue>("sector_hue", -30, 30, "degrees",
                                           "Turn of red, orange, yellow, lime, green, spring, cyan, azure, blue, "
                                           "violet, magenta and rose (HSV's hue 0, 30 ... 330), towards the next."),
      field<&HueSectorsTuning::sector_saturation>("sector_saturation", -1, 1, "ratio",
                                                  "Added chroma of the same twelve hues; -1 is grey."),
      field<&HueSectorsTuning::sector_lightness>(
          "sector_lightness", -1, 1, "ratio", "Added luma of the same twelve hues: at 1, half of a colour's chroma.")};
};

struct HueSectors {
  static constexpr std::string_view name = "hue_sectors";
  using In = domain::DisplayRgb;
  using Out = domain::DisplayRgb;
  using Tuning = HueSectorsTuning;
  struct Registers {
    std::uint16_t enabled = 0;
    std::uint16_t sectors = 0, chroma = 0;  ///< which of the two are there
    std::array<FanTable, 3> change;         ///< of R, G, B
    Q<1, 14> fixed, saturation, vibrance;   ///< of k
    Q<0, 15> skin;                          ///< of vibrance alone
    Q<0, 15> spared_skin;
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<HueSectors>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
