// The inverse of stabilise, after demosaicing and denoising.
//
//   root:    linear = (code / scale)^2 - offset, plus a quarter electron times the channel's gain
//   linear:  linear = 4 code - black
//
// Domain: code RGB -> linear RGB, point-wise, negative values kept. Averaging in the code takes the mean of roots,
// whose square is below the mean by the code's variance: a quarter of an electron (Makitalo and Foi, IEEE TIP 2011, to
// first order).
#pragma once

#include "isp/stage/stage.h"

namespace sunny16::isp {

struct DestabiliseTuning {
  double unbias = 0.25;
};
template <>
struct Describe<DestabiliseTuning> {
  static constexpr auto fields = std::tuple{field<&DestabiliseTuning::unbias>(
      "unbias", 0, 1, "e-", "Added to undo the bias of averaging square roots; 0 where nothing was averaged.")};
};

struct Destabilise {
  static constexpr std::string_view name = "destabilise";
  using In = domain::CodeRgb;
  using Out = domain::LinearRgb;
  using Tuning = DestabiliseTuning;
  struct Registers {
    std::uint16_t enabled = 1;
    std::uint16_t linear = 0;
    std::uint16_t scale = 0;                ///< linear RGB at the largest code, before the offset
    std::array<std::uint16_t, 3> offset{};  ///< linear RGB DN
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<Destabilise>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
