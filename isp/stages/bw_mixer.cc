#include "isp/stages/bw_mixer.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/bw_mixer.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/stages/display_luma-inl.h"
#include "isp/stages/hue_fan-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

void bw_mixer_row(const BwMixer::Registers& registers, const RowIo& io, Span span) {
  const hn::ScalableTag<std::int16_t> d;
  for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(d))) {
    const auto r = hn::LoadU(d, io.in<std::int16_t>(0, 0) + x), g = hn::LoadU(d, io.in<std::int16_t>(0, 1) + x),
               b = hn::LoadU(d, io.in<std::int16_t>(0, 2) + x);
    const auto change = FanPlaces(r, g, b).in(registers.change);
    const auto grey = limit_display(d, hn::SaturatedAdd(display_luma(d, r, g, b), change));
    const auto mixed = [&](auto v) HWY_ATTR {
      const auto difference = hn::Sub(grey, v);
      return hn::Add(v, hn::MulFixedPoint15(hn::Add(difference, difference), hn::Set(d, registers.strength.raw)));
    };
    hn::StoreU(mixed(r), d, io.out<std::int16_t>(0) + x);
    hn::StoreU(mixed(g), d, io.out<std::int16_t>(1) + x);
    hn::StoreU(mixed(b), d, io.out<std::int16_t>(2) + x);
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

namespace sunny16::isp {

static_assert(RowStage<BwMixer>);
HWY_EXPORT(bw_mixer_row);

void BwMixer::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(bw_mixer_row)(registers, io, span);
}

void BwMixer::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (int x = 0; x < span.count; ++x) {
    const std::array<int, 3> v{io.in<std::int16_t>(0, 0)[x], io.in<std::int16_t>(0, 1)[x],
                               io.in<std::int16_t>(0, 2)[x]};
    const int grey =
        std::clamp<int>(display_luma(v[0], v[1], v[2]) + registers.change(fan_place(v[0], v[1], v[2])), 0, Out::max);
    for (std::size_t c = 0; c < 3; ++c) {
      const auto twice = static_cast<std::int16_t>(2 * (grey - v[c]));  // within +-32766
      io.out<std::int16_t>(static_cast<int>(c))[x] =
          static_cast<std::int16_t>(v[c] + mul_q15(twice, registers.strength.raw));
    }
  }
}

BwMixer::Registers BwMixer::derive(const Tuning& tuning, const Conditions&) {
  const auto change = [&](std::size_t hue) { return tuning.weights[hue] * std::ranges::max(hue_colour(hue)); };
  return {.enabled = tuning.enabled && tuning.strength > 0,
          .change = FanTable::of(change),
          .strength = Q<1, 14>::real(tuning.strength)};
}

}  // namespace sunny16::isp
#endif
