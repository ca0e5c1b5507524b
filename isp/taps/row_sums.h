// Sums of the greens in 512 bands of rows, for the detection of flicker: mains light modulates a rolling shutter's
// rows.
//
// Domain: linear raw.
#pragma once

#include "isp/stage/tap.h"
#include "isp/taps/zones.h"

namespace sunny16::isp {

struct RowSumsTuning {
  bool enabled = true;
};
template <>
struct Describe<RowSumsTuning> {
  static constexpr auto fields = std::tuple{
      field<&RowSumsTuning::enabled>("enabled", 0, 1, "", "Sum the rows; the detection of flicker needs them.")};
};

struct RowSums {
  static constexpr std::string_view name = "row_sums";
  using In = domain::LinearRaw;
  using Tuning = RowSumsTuning;
  struct Registers {
    std::int32_t enabled = 0;
    Zones<1> x;
    Zones<Statistics::kRowBands> y;
  };

  static constexpr int border_x = 0;
  static void reference_row(const Registers&, const RowIo&, Span, Statistics&);
  static void fast_row(const Registers&, const RowIo&, Span, Statistics&);
  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
