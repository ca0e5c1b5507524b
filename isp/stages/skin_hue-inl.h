// Vectors of colours whose skin is spared. Included once per SIMD target; the specification is skin_hue.h.
#if defined(SUNNY16_ISP_STAGES_SKIN_HUE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef SUNNY16_ISP_STAGES_SKIN_HUE_INL_H
#undef SUNNY16_ISP_STAGES_SKIN_HUE_INL_H
#else
#define SUNNY16_ISP_STAGES_SKIN_HUE_INL_H
#endif

#include <hwy/highway.h>

#include "isp/stages/display_luma-inl.h"
#include "isp/stages/pieces16-inl.h"
#include "isp/stages/skin_hue.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

struct Colours {
  hn::Vec<hn::ScalableTag<std::int16_t>> r, g, b;
};

HWY_INLINE auto skin_weight(const Colours& v, std::int16_t protection) {
  const hn::ScalableTag<std::int16_t> d;
  const auto within = [&](auto x, std::int16_t most)
                          HWY_ATTR { return hn::Min(hn::Max(x, hn::Zero(d)), hn::Set(d, most)); };
  const auto chroma = within(hn::Sub(v.r, hn::Min(v.g, v.b)), std::int16_t{domain::DisplayRgb::max});
  const auto about = Places16<14>(chroma).in(skin::kInverse);
  const auto error = hn::ShiftLeft<5>(hn::Sub(hn::Set(d, skin::kUnit), hn::MulFixedPoint15(chroma, about)));
  const auto inverse = hn::SaturatedAdd(about, hn::MulFixedPoint15(about, error));
  const auto excess = hn::Sub(v.g, v.b);
  const auto hue = hn::MulFixedPoint15(hn::Add(excess, excess), inverse);
  const auto rising = hn::ShiftLeft<7>(within(hn::Sub(hue, hn::Set(d, skin::kBegin)), skin::kRise));
  const auto falling = hn::ShiftLeft<6>(within(hn::Sub(hn::Set(d, skin::kEnd), hue), skin::kFall));
  const auto weight = hn::MulFixedPoint15(hn::Min(rising, falling), hn::Set(d, protection));
  return hn::IfThenZeroElse(hn::Or(hn::Gt(v.g, v.r), hn::Gt(v.b, v.r)), weight);
}

HWY_INLINE Colours spared(const Colours& before, const Colours& after, std::int16_t protection) {
  const hn::ScalableTag<std::int16_t> d;
  const auto weight = skin_weight(before, protection);
  const auto luma = hn::Sub(display_luma(d, after.r, after.g, after.b), display_luma(d, before.r, before.g, before.b));
  const auto channel = [&](auto from, auto to) HWY_ATTR {
    const auto colour = hn::Sub(hn::Sub(to, from), luma);
    return limit_display(d, hn::Sub(to, hn::MulFixedPoint15(colour, weight)));
  };
  return {channel(before.r, after.r), channel(before.g, after.g), channel(before.b, after.b)};
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
