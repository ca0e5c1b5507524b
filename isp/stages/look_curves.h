// Tone curves of a look: one of the value V = max(R, G, B), and one of each channel.
//
// Domain: display RGB -> display RGB, point-wise. The value's curve multiplies the three channels by curve(V) / V: hue
// and saturation (of HSV) are kept, greys stay grey, and since curve(V) <= 1 no channel clips, as it would if the luma
// were the guide. In order: midtones, shadows, highlights, contrast, deepened black, points; all are monotone, so that
// the whole is. The channels' curves follow, behind a lifted black, which is theirs because it desaturates as fading
// does.
#pragma once

#include <vector>

#include "isp/stage/stage.h"
#include "isp/stages/curve_table.h"

namespace sunny16::isp {

struct LookCurvesTuning {
  bool enabled = true;
  double midtones = 0;
  double shadows = 0;
  double highlights = 0;
  double contrast = 1;
  double black = 0;
  std::vector<double> x{0, 1};
  std::vector<double> y{0, 1};
  std::vector<double> red_x{0, 1};
  std::vector<double> red_y{0, 1};
  std::vector<double> green_x{0, 1};
  std::vector<double> green_y{0, 1};
  std::vector<double> blue_x{0, 1};
  std::vector<double> blue_y{0, 1};
};
template <>
struct Describe<LookCurvesTuning> {
  static constexpr auto fields = std::tuple{
      field<&LookCurvesTuning::enabled>("enabled", 0, 1, "", "Apply a look's curves, where they change something."),
      field<&LookCurvesTuning::midtones>("midtones", -1, 1, "ratio", "Raises or lowers mid-tones, at most by 0.15."),
      field<&LookCurvesTuning::shadows>("shadows", -1, 1, "ratio", "Opens or deepens shadows, at most by 0.1."),
      field<&LookCurvesTuning::highlights>("highlights", -1, 1, "ratio",
                                           "Raises or holds back highlights, at most by 0.1."),
      field<&LookCurvesTuning::contrast>("contrast", 0.5, 2, "ratio",
                                         "Slope at mid-grey of an S-curve with a toe and a shoulder; 1 is none."),
      field<&LookCurvesTuning::black>(
          "black", -1, 1, "ratio", "Below 0: what becomes black, at most 0.1. Above: what black becomes, at most 0.1."),
      field<&LookCurvesTuning::x>("x", 0, 1, "ratio", "Points of the value's curve, increasing: value before."),
      field<&LookCurvesTuning::y>("y", 0, 1, "ratio", "Points, not decreasing: value after. Cubics join them."),
      field<&LookCurvesTuning::red_x>("red_x", 0, 1, "ratio", "Points of red's curve, increasing: red before."),
      field<&LookCurvesTuning::red_y>("red_y", 0, 1, "ratio", "Points, not decreasing: red after."),
      field<&LookCurvesTuning::green_x>("green_x", 0, 1, "ratio", "Points of green's curve, increasing: green before."),
      field<&LookCurvesTuning::green_y>("green_y", 0, 1, "ratio", "Points, not decreasing: green after."),
      field<&LookCurvesTuning::blue_x>("blue_x", 0, 1, "ratio", "Points of blue's curve, increasing: blue before."),
      field<&LookCurvesTuning::blue_y>("blue_y", 0, 1, "ratio", "Points, not decreasing: blue after.")};
};

struct LookCurves {
  static constexpr std::string_view name = "look_curves";
  using In = domain::DisplayRgb;
  using Out = domain::DisplayRgb;
  using Tuning = LookCurvesTuning;
  struct Registers {
    std::uint16_t enabled = 0;
    std::uint16_t value = 1, channels = 0;  ///< which of the two are applied: at least one
    CurveTable gain;                        ///< of V: curve(V) / V - 1, Q1.14
    std::array<CurveTable, 3> channel;
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<LookCurves>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
