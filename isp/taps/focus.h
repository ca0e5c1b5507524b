// Contrast of 8 x 8 zones, for contrast-detection autofocus: sums of squares of the horizontally high-passed greens.
//
// Domain: linear raw. high = |g(x) - (g(x - 1) + g(x + 1)) / 2| on each green plane; what exceeds the noise's share of
// it is squared. Noise grows with the level, as the tangent of its deviation at middle grey: floor = base + slope * g.
#pragma once

#include "isp/core/fixed.h"
#include "isp/stage/tap.h"
#include "isp/taps/zones.h"

namespace sunny16::isp {

struct FocusTuning {
  bool enabled = true;
  double noise_floor = 2;
};
template <>
struct Describe<FocusTuning> {
  static constexpr auto fields = std::tuple{
      field<&FocusTuning::enabled>("enabled", 0, 1, "", "Sum contrast; contrast-detection autofocus needs it."),
      field<&FocusTuning::noise_floor>("noise_floor", 0, 8, "ratio",
                                       "Contrast below this many standard deviations of noise does not count.")};
};

struct Focus {
  static constexpr std::string_view name = "focus";
  using In = domain::LinearRaw;
  using Tuning = FocusTuning;
  struct Registers {
    std::int32_t enabled = 0;
    Zones<Statistics::kFocusZones> x, y;
    std::uint16_t floor = 0;  ///< linear raw, at black
    UQ<0, 16> slope;
  };
  /// Contrast is counted in quarters of a level and clipped here, above white.
  static constexpr int kShift = 2, kMaxContrast = 4095;

  static constexpr int border_x = 1;
  static void reference_row(const Registers&, const RowIo&, Span, Statistics&);
  static void fast_row(const Registers&, const RowIo&, Span, Statistics&);
  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
