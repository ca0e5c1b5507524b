#include "isp/stages/hue_sectors.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/hue_sectors.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/stages/display_luma-inl.h"
#include "isp/stages/hue_fan-inl.h"
#include "isp/stages/skin_hue-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

using Words = hn::ScalableTag<std::int16_t>;
using Vector = hn::Vec<Words>;

/// k of colours, Q1.14; see `chroma_gain` for the plain form.
HWY_INLINE Vector gain(const HueSectors::Registers& registers, const FanPlaces& place, Vector r, Vector g, Vector b) {
  const Words d;
  const Vector chroma = hn::Add(place.twice_whole(), place.four_between());  // Q15, <= 32766
  const Vector orange = hn::IfThenZeroElse(hn::Or(hn::Gt(g, r), hn::Gt(b, g)), place.four_between());
  const Vector guarded = hn::MulFixedPoint15(orange, hn::Set(d, registers.skin.raw));
  const Vector one = hn::Set(d, 32767), dull = hn::Sub(one, chroma);
  const Vector duller = hn::Sub(one, hn::SaturatedAdd(hn::SaturatedAdd(chroma, guarded), guarded));
  const Vector k = hn::SaturatedAdd(hn::Set(d, registers.fixed.raw),
                                    hn::MulFixedPoint15(dull, hn::Set(d, registers.saturation.raw)));
  const Vector colour = hn::ShiftLeft<4>(hn::Min(chroma, hn::Set(d, 2047))),
               square = hn::MulFixedPoint15(colour, colour);
  const Vector rest = hn::Sub(square, hn::MulFixedPoint15(square, colour));
  const Vector coloured = hn::SaturatedAdd(square, hn::Add(rest, rest));  // smoothstep: 3 t^2 - 2 t^3
  const Vector weight = hn::MulFixedPoint15(hn::MulFixedPoint15(duller, duller), coloured);
  return hn::SaturatedAdd(k, hn::MulFixedPoint15(weight, hn::Set(d, registers.vibrance.raw)));
}

void hue_sectors_row(const HueSectors::Registers& registers, const RowIo& io, Span span) {
  const Words d;
  for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(d))) {
    Vector r = hn::LoadU(d, io.in<std::int16_t>(0, 0) + x), g = hn::LoadU(d, io.in<std::int16_t>(0, 1) + x),
           b = hn::LoadU(d, io.in<std::int16_t>(0, 2) + x);
    const Colours before{r, g, b};
    const FanPlaces place(r, g, b);
    const Vector k = gain(registers, place, r, g, b);
    if (registers.sectors) {
      r = limit_display(d, hn::SaturatedAdd(r, place.in(registers.change[0])));
      g = limit_display(d, hn::SaturatedAdd(g, place.in(registers.change[1])));
      b = limit_display(d, hn::SaturatedAdd(b, place.in(registers.change[2])));
    }
    if (registers.chroma) {
      const Vector y = display_luma(d, r, g, b);
      const auto scale = [&](Vector v) HWY_ATTR {
        const Vector difference = hn::Sub(v, y);
        return limit_display(d, hn::SaturatedAdd(v, hn::MulFixedPoint15(hn::Add(difference, difference), k)));
      };
      r = scale(r), g = scale(g), b = scale(b);
    }
    const Colours after{r, g, b},
        kept = registers.spared_skin.raw > 0 ? spared(before, after, registers.spared_skin.raw) : after;
    hn::StoreU(kept.r, d, io.out<std::int16_t>(0) + x);
    hn::StoreU(kept.g, d, io.out<std::int16_t>(1) + x);
    hn::StoreU(kept.b, d, io.out<std::int16_t>(2) + x);
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

#include "isp/core/exact_math.h"
#include "isp/core/sine.h"

namespace sunny16::isp {

static_assert(RowStage<HueSectors>);
HWY_EXPORT(hue_sectors_row);

void HueSectors::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(hue_sectors_row)(registers, io, span);
}

namespace {

std::int16_t chroma_gain(const HueSectors::Registers& registers, const FanPlace& place, bool orange) {
  const int chroma = 2 * place.whole + 4 * place.between;
  const int guarded = orange ? mul_q15(static_cast<std::int16_t>(4 * place.between), registers.skin.raw) : 0;
  const auto dull = static_cast<std::int16_t>(32767 - chroma);
  const auto duller = static_cast<std::int16_t>(32767 - add_saturated(add_saturated(chroma, guarded), guarded));
  const std::int16_t k = add_saturated(registers.fixed.raw, mul_q15(dull, registers.saturation.raw));
  const auto colour = static_cast<std::int16_t>(std::min(chroma, 2047) << 4);
  const std::int16_t square = mul_q15(colour, colour);
  const std::int16_t coloured = add_saturated(square, 2 * (square - mul_q15(square, colour)));
  return add_saturated(k, mul_q15(mul_q15(mul_q15(duller, duller), coloured), registers.vibrance.raw));
}

}  // namespace

void HueSectors::reference_row(const Registers& registers, const RowIo& io, Span span) {
  const auto limit = [](int v) { return static_cast<std::int16_t>(std::clamp<int>(v, 0, Out::max)); };
  for (int x = 0; x < span.count; ++x) {
    skin::Colour v;
    for (std::size_t c = 0; c < 3; ++c) v[c] = io.in<std::int16_t>(0, static_cast<int>(c))[x];
    const skin::Colour before = v;
    const FanPlace place = fan_place(v[0], v[1], v[2]);
    const std::int16_t k = chroma_gain(registers, place, v[0] >= v[1] && v[1] >= v[2]);
    if (registers.sectors)
      for (std::size_t c = 0; c < 3; ++c) v[c] = limit(v[c] + registers.change[c](place));
    if (registers.chroma) {
      const int y = display_luma(v[0], v[1], v[2]);
      for (std::int16_t& sample : v) sample = limit(sample + mul_q15(static_cast<std::int16_t>(2 * (sample - y)), k));
    }
    v = skin::spared(before, v, registers.spared_skin.raw);
    for (std::size_t c = 0; c < 3; ++c) io.out<std::int16_t>(static_cast<int>(c))[x] = v[c];
  }
}

namespace {

using Colour = std::array<double, 3>;

double luma_of(const Colour& v) { return kRec709[0] * v[0] + kRec709[1] * v[1] + kRec709[2] * v[2]; }

/// Turned about the grey axis.
Colour turned(const Colour& v, double degrees) {
  const double sine = exact::sine(degrees / 360), cosine = exact::sine(degrees / 360 + 0.25);
  const double mean = (v[0] + v[1] + v[2]) / 3, across = sine / exact::sqrt(3);
  Colour result;
  for (std::size_t c = 0; c < 3; ++c)
    result[c] = mean + cosine * (v[c] - mean) + across * (v[(c + 2) % 3] - v[(c + 1) % 3]);
  return result;
}

/// What becomes of a unit amount of a hue, less the hue itself.
Colour sector_change(const HueSectorsTuning& tuning, std::size_t hue) {
  const Colour before = hue_colour(hue), after = turned(before, tuning.sector_hue[hue]);
  const double luma = luma_of(before), chroma = *std::ranges::max_element(before);
  Colour change;
  for (std::size_t c = 0; c < 3; ++c)
    change[c] = luma + (after[c] - luma_of(after)) * (1 + tuning.sector_saturation[hue]) +
                tuning.sector_lightness[hue] * chroma / 2 - before[c];
  return change;
}

}  // namespace

HueSectors::Registers HueSectors::derive(const Tuning& tuning, const Conditions& conditions) {
  Registers registers;
  if (!tuning.enabled) return registers;
  const auto any = [](const auto& values) { return std::ranges::any_of(values, [](double v) { return v != 0; }); };
  registers.sectors = any(tuning.sector_hue) || any(tuning.sector_saturation) || any(tuning.sector_lightness);
  registers.chroma = tuning.saturation != 0 || tuning.vibrance != 0;
  registers.enabled = registers.sectors || registers.chroma;
  for (std::size_t c = 0; c < 3; ++c)
    registers.change[c] = FanTable::of([&](std::size_t hue) { return sector_change(tuning, hue)[c]; });
  registers.fixed = Q<1, 14>::real(exact::min(tuning.saturation, 0));
  registers.saturation = Q<1, 14>::real(exact::max(tuning.saturation, 0));
  registers.vibrance = Q<1, 14>::real(tuning.vibrance);
  registers.skin = Q<0, 15>::real(tuning.skin_protection);
  registers.spared_skin = Q<0, 15>::real(conditions.skin_protection);
  return registers;
}

}  // namespace sunny16::isp
#endif
