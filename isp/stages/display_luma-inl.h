// Display luma in vectors, and what look stages share with it. Included once per SIMD target; the specification is
// display_luma.h.
#if defined(SUNNY16_ISP_STAGES_DISPLAY_LUMA_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef SUNNY16_ISP_STAGES_DISPLAY_LUMA_INL_H
#undef SUNNY16_ISP_STAGES_DISPLAY_LUMA_INL_H
#else
#define SUNNY16_ISP_STAGES_DISPLAY_LUMA_INL_H
#endif

#include <hwy/highway.h>

#include "isp/core/layout.h"
#include "isp/stages/display_luma.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class D, class V>
HWY_INLINE V display_luma(D d, V r, V g, V b) {
  return hn::Add(g, hn::Add(hn::MulFixedPoint15(hn::Sub(r, g), hn::Set(d, kLumaRed)),
                            hn::MulFixedPoint15(hn::Sub(b, g), hn::Set(d, kLumaBlue))));
}

/// Within the range of display samples.
template <class D, class V>
HWY_INLINE V limit_display(D d, V v) {
  return hn::Min(hn::Max(v, hn::Zero(d)), hn::Set(d, std::int16_t{domain::DisplayRgb::max}));
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
