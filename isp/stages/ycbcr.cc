#include "isp/stages/ycbcr.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/ycbcr.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class D, class V>
HWY_INLINE V weigh(D d, V red, V blue, const Ycbcr::Differences& weights) {
  return hn::SaturatedAdd(hn::MulFixedPoint15(red, hn::Set(d, weights.red.raw)),
                          hn::MulFixedPoint15(blue, hn::Set(d, weights.blue.raw)));
}

template <class D, class V>
HWY_INLINE V limit(D d, V v) {
  return hn::Min(hn::Max(v, hn::Zero(d)), hn::Set(d, std::int16_t{Ycbcr::Out::max}));
}

void ycbcr_row(const Ycbcr::Registers& registers, const RowIo& io, Span span) {
  const hn::ScalableTag<std::int16_t> d;
  const auto neutral = hn::Set(d, std::int16_t{Ycbcr::Out::neutral}), offset = hn::Set(d, registers.luma_offset);
  const auto scale = hn::Set(d, registers.luma_scale.raw);
  for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(d))) {
    const auto g = hn::LoadU(d, io.in<std::int16_t>(0, 1) + x);
    const auto red = hn::SaturatedSub(hn::LoadU(d, io.in<std::int16_t>(0, 0) + x), g);
    const auto blue = hn::SaturatedSub(hn::LoadU(d, io.in<std::int16_t>(0, 2) + x), g);
    const auto luma = hn::SaturatedAdd(g, weigh(d, red, blue, registers.luma));
    const auto red2 = hn::SaturatedAdd(red, red), blue2 = hn::SaturatedAdd(blue, blue);
    hn::StoreU(limit(d, hn::SaturatedAdd(hn::MulFixedPoint15(luma, scale), offset)), d, io.out<std::int16_t>(0) + x);
    hn::StoreU(limit(d, hn::SaturatedAdd(weigh(d, red2, blue2, registers.cb), neutral)), d,
               io.out<std::int16_t>(1) + x);
    hn::StoreU(limit(d, hn::SaturatedAdd(weigh(d, red2, blue2, registers.cr), neutral)), d,
               io.out<std::int16_t>(2) + x);
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "isp/stages/int16.h"

namespace sunny16::isp {

static_assert(RowStage<Ycbcr>);
HWY_EXPORT(ycbcr_row);

void Ycbcr::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(ycbcr_row)(registers, io, span);
}

void Ycbcr::reference_row(const Registers& registers, const RowIo& io, Span span) {
  const auto weigh = [](std::int16_t red, std::int16_t blue, const Differences& weights) {
    return add_saturated(mul_q15(red, weights.red.raw), mul_q15(blue, weights.blue.raw));
  };
  const auto limit = [](std::int16_t v) { return std::clamp<std::int16_t>(v, 0, Out::max); };
  for (int x = 0; x < span.count; ++x) {
    const std::int16_t g = io.in<std::int16_t>(0, 1)[x];
    // Inputs in their domain make no difference beyond +-16383, and nothing saturates.
    const std::int16_t red = subtract_saturated(io.in<std::int16_t>(0, 0)[x], g),
                       blue = subtract_saturated(io.in<std::int16_t>(0, 2)[x], g);
    const std::int16_t luma = add_saturated(g, weigh(red, blue, registers.luma));
    const std::int16_t red2 = add_saturated(red, red), blue2 = add_saturated(blue, blue);
    io.out<std::int16_t>(0)[x] = limit(add_saturated(mul_q15(luma, registers.luma_scale.raw), registers.luma_offset));
    io.out<std::int16_t>(1)[x] = limit(add_saturated(weigh(red2, blue2, registers.cb), Out::neutral));
    io.out<std::int16_t>(2)[x] = limit(add_saturated(weigh(red2, blue2, registers.cr), Out::neutral));
  }
}

Ycbcr::Registers Ycbcr::derive(const Tuning& tuning, const Conditions&) {
  const bool sd = tuning.matrix == YcbcrMatrix::bt601, video = tuning.range == YcbcrRange::video;
  const double kr = sd ? 0.299 : 0.2126, kb = sd ? 0.114 : 0.0722;
  constexpr double kCode = 64;  // an 8-bit code
  const double luma = (video ? 219 : 255) * kCode / In::max;
  // Chroma of unit amplitude 1/2, (B - Y) / (2 (1 - kb)); halved, because kernels weigh doubled differences.
  const double chroma = (video ? 224 : 255) * kCode / In::max / 2;
  const auto weights = [](double red, double blue) { return Differences{Q<0, 15>::real(red), Q<0, 15>::real(blue)}; };
  return {.enabled = 1,
          .luma_offset = static_cast<std::int16_t>(video ? 16 * kCode : 0),
          .luma_scale = Q<0, 15>::real(luma),
          .luma = weights(kr, kb),
          .cb = weights(chroma * -kr / (2 * (1 - kb)), chroma / 2),
          .cr = weights(chroma / 2, chroma * -kb / (2 * (1 - kr)))};
}

}  // namespace sunny16::isp
#endif
