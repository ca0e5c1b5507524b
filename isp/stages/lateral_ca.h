// Lateral chromatic aberration: red and blue are magnified a little differently from green; here they are moved back
// onto it.
//
// Domain: linear raw -> linear raw. out(p) = in(p - shift(p)) for the red and the blue plane; greens stay. Shifts are
// up to 2 pixels (one quad) and come from a radial polynomial, from calibrated tables (as libcamera's rpi.cac), or the
// sum of both. Resampling is Catmull-Rom (see catmull_rom.h), which keeps fine detail; where nothing is to be moved
// nothing changes.
#pragma once

#include "isp/core/mesh.h"
#include "isp/stage/stage.h"

namespace sunny16::isp {

struct LateralCaTuning {
  bool enabled = true;
  std::array<double, 3> red_radial{};
  std::array<double, 3> blue_radial{};
  double table_strength = 1;
  std::vector<double> red_x, red_y, blue_x, blue_y;
};
template <>
struct Describe<LateralCaTuning> {
  static constexpr auto fields = std::tuple{
      field<&LateralCaTuning::enabled>("enabled", 0, 1, "",
                                       "Move red and blue onto green, where there is a calibration."),
      field<&LateralCaTuning::red_radial>(
          "red_radial", -2, 2, "px",
          "How far red is moved away from the centre, r = 1 in the corners: coefficients of r, r^3 and r^5."),
      field<&LateralCaTuning::blue_radial>("blue_radial", -2, 2, "px", "The same for blue."),
      field<&LateralCaTuning::table_strength>("table_strength", 0, 1, "ratio", "Factor on the tables."),
      field<&LateralCaTuning::red_x>(
          "red_x", -2, 2, "px",
          "How far red is moved to the right, on a square grid of nodes over the frame, row by row. Empty: none."),
      field<&LateralCaTuning::red_y>("red_y", -2, 2, "px", "How far red is moved downwards."),
      field<&LateralCaTuning::blue_x>("blue_x", -2, 2, "px", "How far blue is moved to the right."),
      field<&LateralCaTuning::blue_y>("blue_y", -2, 2, "px", "How far blue is moved downwards.")};
};

struct LateralCa {
  static constexpr std::string_view name = "lateral_chromatic_aberration";
  using In = domain::LinearRaw;
  using Out = domain::LinearRaw;
  using Tuning = LateralCaTuning;
  struct Shift {
    Mesh x, y;  ///< where to read, relative to the quad, in quads, Q0.15
  };
  struct Registers {
    std::uint64_t enabled = 0;
    std::array<Shift, 2> shifts;  ///< red, blue
  };

  static constexpr PassShape shape = neighbourhood(Out::layout, 2, 2);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<LateralCa>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
