// Linearise: undoes a sensor's companding by a piecewise-linear curve of 64 equal segments.
//
//   out = value[i] + slope[i] * f,  i = v >> shift, f = the fraction of a segment below
//
// Domain: sensor DN -> sensor DN; black and white levels (Conditions) are those of the linear side. Sensors for high
// dynamic range send 12 to 16 bits on a curve whose knees are listed in their data sheets ("PWL compression", onsemi
// AR0231, Sony IMX490); the DNG LinearizationTable is the same idea. A knee that is not a multiple of 2^bits / 64 is
// cut by at most a quarter of a segment times its change of slope. Curves never fall: where the points do, they are
// raised to the highest before.
#pragma once

#include "isp/stage/stage.h"

namespace sunny16::isp {

struct LineariseTuning {
  bool enabled = false;
  int bits = 12;
  std::vector<double> companded, linear;
};
template <>
struct Describe<LineariseTuning> {
  static constexpr auto fields = std::tuple{
      field<&LineariseTuning::enabled>("enabled", 0, 1, "", "Undo the sensor's companding."),
      field<&LineariseTuning::bits>("bits", 7, 16, "",
                                    "The curve's 64 segments span 0 to 2^bits DN; DN beyond are clipped."),
      field<&LineariseTuning::companded>("companded", 0, 65536, "DN",
                                         "Knees of the curve, as the sensor sends them, rising."),
      field<&LineariseTuning::linear>("linear", 0, 65535, "DN",
                                      "Knees of the curve, proportional to light: one for each of companded. "
                                      "Beyond the first and last knee the curve is level.")};
};

struct Linearise {
  static constexpr std::string_view name = "linearise";
  using In = domain::Sensor;
  using Out = domain::Sensor;
  using Tuning = LineariseTuning;
  static constexpr int kSegments = 64;
  struct Registers {
    std::uint16_t enabled = 0;
    std::uint16_t shift = 0;  ///< log2 of a segment's length, 1..10
    std::array<std::uint16_t, kSegments> value{};
    std::array<std::uint16_t, kSegments> slope{};  ///< rise over the segment; value + slope <= 65535
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<Linearise>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
