// Scaling about the linear raw pedestal: out = black + (v - black) * gain, the arithmetic shared by the gain stages.
// Included once per SIMD target; the plain version is in pedestal.h.
#if defined(SUNNY16_ISP_STAGES_PEDESTAL_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef SUNNY16_ISP_STAGES_PEDESTAL_INL_H
#undef SUNNY16_ISP_STAGES_PEDESTAL_INL_H
#else
#define SUNNY16_ISP_STAGES_PEDESTAL_INL_H
#endif

#include <hwy/highway.h>

#include "isp/core/layout.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// (v * gain + 2048) >> 12, saturated to 65535. The product's high half, shifted left by 4, and its low half, rounded, never
/// carry into each other beyond 16 bits once the high half is capped at 4095.
template <class D, class V>
HWY_INLINE V scale_q12(D d, V v, V gain) {
  const V high = hn::MulHigh(v, gain), low = hn::Mul(v, gain);
  const V rounded = hn::AverageRound(hn::ShiftRight<11>(low), hn::Zero(d));
  const V scaled = hn::SaturatedAdd(hn::ShiftLeft<4>(hn::Min(high, hn::Set(d, 4095))), rounded);
  return hn::IfThenElse(hn::Gt(high, hn::Set(d, 4095)), hn::Set(d, 65535), scaled);
}

/// `v` is u16 linear raw, `gain` UQ4.12. Exactly one of the two distances from black is not zero.
template <class D, class V>
HWY_INLINE V scale_about_black(D d, V v, V gain) {
  const V black = hn::Set(d, domain::LinearRaw::black);
  const V up = scale_q12(d, hn::SaturatedSub(v, black), gain), down = scale_q12(d, hn::SaturatedSub(black, v), gain);
  return hn::SaturatedSub(hn::SaturatedAdd(black, up), down);
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
