// Noise stabilisation: linear raw to the code in which defects, denoise and demosaic work.
//
//   root:    code = scale * sqrt(v - pedestal), pedestal = black - offset (see root_code.h); v = 65535 gives 16383
//   linear:  code = v >> 2
//
// Domain: linear raw -> code raw, point-wise and monotone. Samples below the pedestal clip to 0, 2.5 deviations of
// noise below black or further. Which of the two is Conditions' choice, because its inverse and the denoisers must
// agree.
#pragma once

#include "isp/stage/stage.h"

namespace sunny16::isp {

struct StabiliseTuning {};
template <>
struct Describe<StabiliseTuning> {
  static constexpr auto fields = std::tuple{};
};

struct Stabilise {
  static constexpr std::string_view name = "stabilise";
  using In = domain::LinearRaw;
  using Out = domain::CodeRaw;
  using Tuning = StabiliseTuning;
  struct Registers {
    std::uint16_t enabled = 1;
    std::uint16_t linear = 0;
    std::uint16_t pedestal = 0;
    std::uint16_t scale = 0;  ///< code = sqrt(v - pedestal) * scale / 256
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<Stabilise>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
