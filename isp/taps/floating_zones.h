// Mean luma of up to eight rectangles anywhere in the frame: faces, a touched spot, a tracked subject.
//
// Domain: linear raw.
#pragma once

#include "isp/stage/tap.h"
#include "isp/taps/luma.h"
#include "isp/taps/zones.h"

namespace sunny16::isp {

struct FloatingZonesTuning {
  bool enabled = true;
  std::vector<double> rectangles;
};
template <>
struct Describe<FloatingZonesTuning> {
  static constexpr auto fields = std::tuple{
      field<&FloatingZonesTuning::enabled>("enabled", 0, 1, "", "Sum luma in the rectangles."),
      field<&FloatingZonesTuning::rectangles>("rectangles", 0, 1, "ratio",
                                              "Left, top, right and bottom of each rectangle, as fractions of the "
                                              "frame: four numbers each, up to eight rectangles.")};
};

struct FloatingZones {
  static constexpr std::string_view name = "floating_zones";
  using In = domain::LinearRaw;
  using Tuning = FloatingZonesTuning;
  struct Registers {
    std::int32_t enabled = 0;
    LumaWeights luma;
    std::array<QuadRect, Statistics::kFloatingZones> zones{};  ///< empty ones are unused
  };

  static constexpr int border_x = 0;
  static void reference_row(const Registers&, const RowIo&, Span, Statistics&);
  static void fast_row(const Registers&, const RowIo&, Span, Statistics&);
  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
