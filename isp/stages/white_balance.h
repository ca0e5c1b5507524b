// White balance and digital gain: out = black + (v - black) * gain[channel].
//
// Domain: linear raw -> linear raw. The gains come from control (white balance) and exposure correction (digital gain); the tuning only
// trims them. Two stops of headroom above white keep highlights of the stronger channels for the highlight stage.
#pragma once

#include "isp/core/fixed.h"
#include "isp/stage/stage.h"

namespace sunny16::isp {

struct WhiteBalanceTuning {
  bool enabled = true;
  std::array<double, 3> trim{1, 1, 1};
};
template <>
struct Describe<WhiteBalanceTuning> {
  static constexpr auto fields = std::tuple{
      field<&WhiteBalanceTuning::enabled>("enabled", 0, 1, "", "Apply white balance and digital gain."),
      field<&WhiteBalanceTuning::trim>("trim", 0.25, 4, "ratio", "Factor on the R, G and B gains, a module's deviation.")};
};

struct WhiteBalance {
  static constexpr std::string_view name = "white_balance";
  using In = domain::LinearRaw;
  using Out = domain::LinearRaw;
  using Tuning = WhiteBalanceTuning;
  struct Registers {
    std::uint16_t enabled = 0;
    std::array<UQ<4, 12>, 4> gain;  ///< R Gr Gb B
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<WhiteBalance>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
