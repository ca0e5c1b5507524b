// Global tone curve: scene-linear RGB to display-referred RGB, one curve for all three channels, so that neutrals stay
// neutral.
//
// Domain: linear RGB -> display RGB, point-wise. Negative values become 0. The curve is piecewise linear over 64
// segments in five groups, each four times as coarse as the one before (eight times for the last), because a display
// curve bends most in the shadows:
//
//   input        0..128   128..512   512..3072   3072..8192   8192..32768     (8192 is white)
//   width             8         32         128          512          4096
//   segments         16         12          20           10             6
//
// The concave map of the input to a position with 1024 steps a segment is the minimum of five straight lines that meets
// 65535 exactly. Nodes are lifted by half the chord error, which halves the largest deviation: the sRGB curve is within
// 0.1 of an 8-bit code.
#pragma once

#include <vector>

#include "isp/stage/stage.h"
#include "isp/stages/curve_table.h"

namespace sunny16::isp {

enum class ToneCurveKind : std::uint8_t { srgb, points };
template <>
struct EnumNames<ToneCurveKind> {
  static constexpr std::array<std::string_view, 2> names{"srgb", "points"};
};

struct ToneCurveTuning {
  ToneCurveKind curve = ToneCurveKind::srgb;
  std::vector<double> x{0, 1};
  std::vector<double> y{0, 1};
  double exposure = 0;
  double contrast = 1.2;
  double shoulder = 0.55;
  double white_point = 4;
  double brightness = 0;
};
template <>
struct Describe<ToneCurveTuning> {
  static constexpr auto fields = std::tuple{
      field<&ToneCurveTuning::curve>("curve", 0, 1, "",
                                     "Encoding of linear light: IEC 61966-2-1 (sRGB) or the given points."),
      field<&ToneCurveTuning::x>("x", 0, 1, "ratio", "Points, increasing: linear light relative to white."),
      field<&ToneCurveTuning::y>("y", 0, 1, "ratio", "Points, not decreasing: display value relative to the largest."),
      field<&ToneCurveTuning::exposure>("exposure", -4, 4, "EV", "Brightening of linear light before the curve."),
      field<&ToneCurveTuning::contrast>("contrast", 0.5, 2, "ratio",
                                        "Slope of an S-curve about mid-grey, on display values; 1 is none."),
      field<&ToneCurveTuning::shoulder>(
          "shoulder", 0, 1, "ratio", "Linear value from which highlights are compressed, smoothly; 1 clips at white."),
      field<&ToneCurveTuning::white_point>(
          "white_point", 1, 4, "ratio",
          "Linear value that becomes display white, or the sensor's clipping level where that is less."),
      field<&ToneCurveTuning::brightness>("brightness", -1, 1, "ratio", "Added to display values, after contrast.")};
};

struct ToneCurve {
  static constexpr std::string_view name = "tone_curve";
  using In = domain::LinearRgb;
  using Out = domain::DisplayRgb;
  using Tuning = ToneCurveTuning;
  struct Registers {
    std::uint16_t enabled = 1;
    CurveTable curve;  ///< not decreasing; limited to 16383 after interpolation
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<ToneCurve>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
