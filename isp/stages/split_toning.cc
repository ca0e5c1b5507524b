#include "isp/stages/split_toning.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/split_toning.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/stages/display_luma-inl.h"
#include "isp/stages/pieces16-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

void split_toning_row(const SplitToning::Registers& registers, const RowIo& io, Span span) {
  const hn::ScalableTag<std::int16_t> d;
  for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(d))) {
    const auto r = hn::LoadU(d, io.in<std::int16_t>(0, 0) + x), g = hn::LoadU(d, io.in<std::int16_t>(0, 1) + x),
               b = hn::LoadU(d, io.in<std::int16_t>(0, 2) + x);
    const Places16<14> place(display_luma(d, r, g, b));
    hn::StoreU(limit_display(d, hn::Add(r, place.in(registers.offset[0]))), d, io.out<std::int16_t>(0) + x);
    hn::StoreU(limit_display(d, hn::Add(g, place.in(registers.offset[1]))), d, io.out<std::int16_t>(1) + x);
    hn::StoreU(limit_display(d, hn::Add(b, place.in(registers.offset[2]))), d, io.out<std::int16_t>(2) + x);
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"

namespace sunny16::isp {

static_assert(RowStage<SplitToning>);
HWY_EXPORT(split_toning_row);

void SplitToning::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(split_toning_row)(registers, io, span);
}

void SplitToning::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (int x = 0; x < span.count; ++x) {
    std::array<std::int16_t, 3> v;
    for (std::size_t c = 0; c < 3; ++c) v[c] = io.in<std::int16_t>(0, static_cast<int>(c))[x];
    const int y = display_luma(v[0], v[1], v[2]);
    for (std::size_t c = 0; c < 3; ++c)  // |offset| <= 16383
      io.out<std::int16_t>(static_cast<int>(c))[x] =
          static_cast<std::int16_t>(std::clamp<int>(v[c] + registers.offset[c](y), 0, Out::max));
  }
}

namespace {

using Colour = std::array<double, 3>;

/// A pure hue less its luma: what is added to a grey to tint it.
Colour tint(double degrees) {
  Colour pure;
  double luma = 0;
  for (std::size_t c = 0; c < 3; ++c) {
    const double turns = degrees / 360 - static_cast<double>(c) / 3;
    const double away = exact::abs(turns - exact::floor(turns + 0.5)) * 6;  // sixths of a turn from the channel's hue
    pure[c] = exact::clamp(2 - away, 0, 1);
    luma += kRec709[c] * pure[c];
  }
  for (double& v : pure) v -= luma;
  return pure;
}

double smoothstep(double from, double to, double v) {
  const double t = exact::clamp((v - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}

}  // namespace

SplitToning::Registers SplitToning::derive(const Tuning& tuning, const Conditions&) {
  Registers registers;
  if (!tuning.enabled || (tuning.shadow_saturation <= 0 && tuning.highlight_saturation <= 0)) return registers;
  registers.enabled = 1;
  constexpr double kStrongest = 0.35;  // of the display's range
  const Colour shadow = tint(tuning.shadow_hue), highlight = tint(tuning.highlight_hue);
  const double middle = 0.5 - 0.3 * tuning.balance;
  for (std::size_t c = 0; c < 3; ++c)
    registers.offset[c] = Pieces16<14>::through([&](int node) {
      const double luma = node / 16.0, from_grey = (2 * luma - 1) * (2 * luma - 1);
      const double fade = 1 - from_grey * from_grey, light = smoothstep(middle - 0.35, middle + 0.35, luma);
      const double offset =
          (1 - light) * tuning.shadow_saturation * shadow[c] + light * tuning.highlight_saturation * highlight[c];
      return static_cast<int>(round_half_up(kStrongest * fade * offset * Out::max));
    });
  return registers;
}

}  // namespace sunny16::isp
#endif
