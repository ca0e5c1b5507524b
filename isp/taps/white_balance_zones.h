// Colour sums of 32 x 32 zones, for automatic white balance (and adaptive shading).
//
// Domain: linear raw. A quad counts in its zone when all four samples lie within limits: no clipped pixel, whose colour
// is wrong, and no dark one, whose colour is noise. The limits hold after lens shading.
#pragma once

#include "isp/stage/tap.h"
#include "isp/taps/zones.h"

namespace sunny16::isp {

struct WhiteBalanceZonesTuning {
  bool enabled = true;
  double lower = 0.01;
  double upper = 0.95;
};
template <>
struct Describe<WhiteBalanceZonesTuning> {
  static constexpr auto fields = std::tuple{
      field<&WhiteBalanceZonesTuning::enabled>("enabled", 0, 1, "", "Sum colours; automatic white balance needs them."),
      field<&WhiteBalanceZonesTuning::lower>("lower", 0, 1, "ratio", "Darkest sample that counts: 0 black, 1 white."),
      field<&WhiteBalanceZonesTuning::upper>("upper", 0, 1, "ratio", "Brightest sample that counts.")};
};

struct WhiteBalanceZones {
  static constexpr std::string_view name = "white_balance_zones";
  using In = domain::LinearRaw;
  using Tuning = WhiteBalanceZonesTuning;
  struct Registers {
    std::int32_t enabled = 0;
    Zones<Statistics::kWhiteZones> x, y;
    std::uint16_t lower = 0, upper = 0;  ///< linear raw, inclusive; lower >= black
  };

  static constexpr int border_x = 0;
  static void reference_row(const Registers&, const RowIo&, Span, Statistics&);
  static void fast_row(const Registers&, const RowIo&, Span, Statistics&);
  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
