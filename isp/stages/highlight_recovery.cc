#include "isp/stages/highlight_recovery.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/highlight_recovery.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Smoothstep of the ramp, Q15: 3 w^2 - 2 w^3 = w^2 + 2 (w^2 - w^3), between 0 and 32767.
template <class D, class V>
HWY_INLINE V clipping(D d, V v, const HighlightRecovery::Ramp& ramp) {
  const V above = hn::SaturatedSub(v, hn::Set(d, ramp.start));
  const V inside = hn::Min(hn::Max(above, hn::Zero(d)), hn::Set(d, ramp.width));
  const V half = hn::MulFixedPoint15(hn::ShiftLeftSame(inside, ramp.shift), hn::Set(d, ramp.scale));
  const V w = hn::SaturatedAdd(half, half), w2 = hn::MulFixedPoint15(w, w);
  const V rest = hn::Sub(w2, hn::MulFixedPoint15(w2, w));
  return hn::SaturatedAdd(w2, hn::Add(rest, rest));
}

/// v + weight * max(target - v, 0).
template <class D, class V>
HWY_INLINE V raise(D d, V v, V target, V weight) {
  return hn::SaturatedAdd(v, hn::MulFixedPoint15(hn::Max(hn::SaturatedSub(target, v), hn::Zero(d)), weight));
}

void highlight_recovery_row(const HighlightRecovery::Registers& registers, const RowIo& io, Span span) {
  const hn::ScalableTag<std::int16_t> d;
  const auto& ramp = registers.ramp;
  for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(d))) {
    auto r = hn::LoadU(d, io.in<std::int16_t>(0, 0) + x), g = hn::LoadU(d, io.in<std::int16_t>(0, 1) + x),
         b = hn::LoadU(d, io.in<std::int16_t>(0, 2) + x);
    const auto wr = clipping(d, r, ramp[0]), wg = clipping(d, g, ramp[1]), wb = clipping(d, b, ramp[2]);
    const auto any = hn::Gt(hn::Or(hn::Or(wr, wg), wb), hn::Zero(d));
    if (!hn::AllFalse(d, any)) {  // most of most pictures does not clip
      const auto hr = hn::ShiftRight<1>(r), hg = hn::ShiftRight<1>(g), hb = hn::ShiftRight<1>(b);
      r = raise(d, r, hn::Add(hg, hb), wr);
      g = raise(d, g, hn::Add(hr, hb), wg);
      b = raise(d, b, hn::Add(hr, hg), wb);
      const auto largest = hn::Max(hn::Max(r, g), b), all = hn::Min(hn::Min(wr, wg), wb);
      r = raise(d, r, largest, all);
      g = raise(d, g, largest, all);
      b = raise(d, b, largest, all);
    }
    hn::StoreU(r, d, io.out<std::int16_t>(0) + x);
    hn::StoreU(g, d, io.out<std::int16_t>(1) + x);
    hn::StoreU(b, d, io.out<std::int16_t>(2) + x);
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"
#include "isp/stages/int16.h"

namespace sunny16::isp {

static_assert(RowStage<HighlightRecovery>);
HWY_EXPORT(highlight_recovery_row);

void HighlightRecovery::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(highlight_recovery_row)(registers, io, span);
}

namespace {

std::int16_t clipping(std::int16_t v, const HighlightRecovery::Ramp& ramp) {
  const int inside = std::clamp<int>(v - ramp.start, 0, ramp.width);  // << shift is <= 32767
  const std::int16_t half = mul_q15(static_cast<std::int16_t>(inside << ramp.shift), ramp.scale);
  const std::int16_t w = add_saturated(half, half), w2 = mul_q15(w, w);
  return add_saturated(w2, 2 * (w2 - mul_q15(w2, w)));
}

std::int16_t raise(std::int16_t v, std::int16_t target, std::int16_t weight) {
  return add_saturated(v, mul_q15(std::max<std::int16_t>(subtract_saturated(target, v), 0), weight));
}

}  // namespace

void HighlightRecovery::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (int x = 0; x < span.count; ++x) {
    std::array<std::int16_t, 3> v, half, weight, raised;
    for (std::size_t c = 0; c < 3; ++c) {
      v[c] = io.in<std::int16_t>(0, static_cast<int>(c))[x];
      half[c] = static_cast<std::int16_t>(v[c] >> 1);
      weight[c] = clipping(v[c], registers.ramp[c]);
    }
    for (std::size_t c = 0; c < 3; ++c)
      raised[c] = raise(v[c], static_cast<std::int16_t>(half[(c + 1) % 3] + half[(c + 2) % 3]), weight[c]);
    const std::int16_t largest = std::ranges::max(raised), all = std::ranges::min(weight);
    for (std::size_t c = 0; c < 3; ++c) io.out<std::int16_t>(static_cast<int>(c))[x] = raise(raised[c], largest, all);
  }
}

HighlightRecovery::Registers HighlightRecovery::derive(const Tuning& tuning, const Conditions& conditions) {
  Registers registers{.enabled = tuning.enabled, .ramp = {}};
  for (std::size_t c = 0; c < 3; ++c) {
    const double level = exact::clamp(conditions.wb_gains[c] * conditions.digital_gain * In::white, 64, 32767);
    const auto quantised = [level](double part) { return static_cast<std::int16_t>(round_half_up(part * level)); };
    Ramp& ramp = registers.ramp[c];
    ramp.start = std::min<std::int16_t>(quantised(tuning.start), 32766);
    ramp.width = static_cast<std::int16_t>(std::max(1, quantised(tuning.full) - ramp.start));
    while (ramp.width << (ramp.shift + 1) <= 32767) ++ramp.shift;
    // width << shift is 16384 or more, so that the scale is in (16384, 32767].
    ramp.scale =
        static_cast<std::int16_t>(round_half_up(exact::min(32767, 16384.0 * 32768 / (ramp.width << ramp.shift))));
  }
  return registers;
}

}  // namespace sunny16::isp
#endif
