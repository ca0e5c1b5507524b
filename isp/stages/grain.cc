#include "isp/stages/grain.h"

#include "isp/stages/grain_hash.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/grain.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/stages/display_luma-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

using Words = hn::ScalableTag<std::int16_t>;
using Vector = hn::Vec<Words>;

void noise_row(const Grain::Registers& registers, const RowIo& io, Span span) {
  const hn::ScalableTag<std::uint16_t> d;
  const GrainRow row(registers.pattern, span.y);
  const int lanes = static_cast<int>(hn::Lanes(d));
  auto x = hn::Add(hn::Iota(d, 0), hn::Set(d, static_cast<std::uint16_t>(span.x)));
  for (int i = 0; i < span.count; i += lanes, x = hn::Add(x, hn::Set(d, static_cast<std::uint16_t>(lanes)))) {
    const auto mixed = [d](auto v, std::uint16_t first, std::uint16_t second) HWY_ATTR {
      v = hn::Mul(v, hn::Set(d, first));
      return hn::Mul(hn::Xor(v, hn::ShiftRight<7>(v)), hn::Set(d, second));
    };
    auto h = hn::Xor(mixed(hn::Xor(x, hn::Set(d, row.seed[0])), GrainRow::kFactors[0], GrainRow::kFactors[1]),
                     mixed(hn::Add(x, hn::Set(d, row.seed[1])), GrainRow::kFactors[2], GrainRow::kFactors[3]));
    h = hn::Xor(h, hn::ShiftRight<8>(h));
    const auto sum = hn::Add(hn::And(h, hn::Set(d, 255)), hn::ShiftRight<8>(h));
    const auto noise = hn::ShiftLeft<5>(hn::Sub(sum, hn::Set(d, 255)));
    hn::StoreU(hn::BitCast(Words(), noise), Words(), io.out<std::int16_t>(0) + i);
  }
}

/// Five taps; the sum's bound is 8160 * 5^(1/2) along columns, and as much again along the row: it may saturate there.
HWY_INLINE Vector soften(const Grain::Registers& registers, Vector centre, Vector a1, Vector b1, Vector a2, Vector b2) {
  const Words d;
  const auto tap = [&](std::size_t i) HWY_ATTR { return hn::Set(d, registers.taps[i].raw); };
  const Vector near = hn::MulFixedPoint15(hn::SaturatedAdd(a1, b1), tap(1));
  const Vector far = hn::MulFixedPoint15(hn::SaturatedAdd(a2, b2), tap(2));
  return hn::SaturatedAdd(hn::SaturatedAdd(hn::MulFixedPoint15(centre, tap(0)), near), far);
}

void soften_row(const Grain::Registers& registers, const RowIo& io, Span span) {
  const Words d;
  for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(d))) {
    const auto row = [&](int dy) HWY_ATTR { return hn::LoadU(d, io.in<std::int16_t>(0, 0, dy) + x); };
    hn::StoreU(soften(registers, row(0), row(-1), row(1), row(-2), row(2)), d, io.out<std::int16_t>(0) + x);
  }
}

void apply_row(const Grain::Registers& registers, const RowIo& io, Span span) {
  const Words d;
  const std::int16_t* noise = io.in<std::int16_t>(1, 0);
  for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(d))) {
    const auto at = [&](int dx) HWY_ATTR { return hn::LoadU(d, noise + x + dx); };
    const Vector grain = soften(registers, at(0), at(-1), at(1), at(-2), at(2));
    const Vector r = hn::LoadU(d, io.in<std::int16_t>(0, 0) + x), g = hn::LoadU(d, io.in<std::int16_t>(0, 1) + x),
                 b = hn::LoadU(d, io.in<std::int16_t>(0, 2) + x);
    const Vector y = display_luma(d, r, g, b), y2 = hn::Add(y, y);
    const Vector weight = hn::MulFixedPoint15(y2, hn::Sub(hn::Set(d, 32767), y2));  // <= 8192
    const Vector weighted = hn::MulFixedPoint15(grain, weight);
    const Vector delta = hn::MulFixedPoint15(hn::Add(weighted, weighted), hn::Set(d, registers.strength.raw));
    const auto store = [&](int c, Vector v) HWY_ATTR {
      hn::StoreU(limit_display(d, hn::Add(v, delta)), d, io.out<std::int16_t>(c) + x);
    };
    store(0, r), store(1, g), store(2, b);
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

#include "isp/core/exact_math.h"

namespace sunny16::isp {

static_assert(RowStage<Grain>);
HWY_EXPORT(noise_row);
HWY_EXPORT(soften_row);
HWY_EXPORT(apply_row);

void Grain::Noise::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(noise_row)(registers, io, span);
}
void Grain::Soften::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(soften_row)(registers, io, span);
}
void Grain::Apply::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(apply_row)(registers, io, span);
}

void Grain::Noise::reference_row(const Registers& registers, const RowIo& io, Span span) {
  const GrainRow row(registers.pattern, span.y);
  for (int x = 0; x < span.count; ++x) io.out<std::int16_t>(0)[x] = row.noise(span.x + x);
}

namespace {

std::int16_t soften(const Grain::Registers& registers, int centre, int a1, int b1, int a2, int b2) {
  const auto tap = [&](std::int16_t v, std::size_t i) { return mul_q15(v, registers.taps[i].raw); };
  return add_saturated(add_saturated(tap(static_cast<std::int16_t>(centre), 0), tap(add_saturated(a1, b1), 1)),
                       tap(add_saturated(a2, b2), 2));
}

}  // namespace

void Grain::Soften::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (int x = 0; x < span.count; ++x) {
    const auto row = [&](int dy) { return io.in<std::int16_t>(0, 0, dy)[x]; };
    io.out<std::int16_t>(0)[x] = soften(registers, row(0), row(-1), row(1), row(-2), row(2));
  }
}

void Grain::Apply::reference_row(const Registers& registers, const RowIo& io, Span span) {
  const std::int16_t* noise = io.in<std::int16_t>(1, 0);
  for (int x = 0; x < span.count; ++x) {
    const std::int16_t grain = soften(registers, noise[x], noise[x - 1], noise[x + 1], noise[x - 2], noise[x + 2]);
    const auto v = [&](int c) { return io.in<std::int16_t>(0, c)[x]; };
    const auto y2 = static_cast<std::int16_t>(2 * display_luma(v(0), v(1), v(2)));
    const std::int16_t weighted = mul_q15(grain, mul_q15(y2, static_cast<std::int16_t>(32767 - y2)));  // within +-8192
    const int delta = mul_q15(static_cast<std::int16_t>(2 * weighted), registers.strength.raw);
    for (int c = 0; c < 3; ++c)
      io.out<std::int16_t>(c)[x] = static_cast<std::int16_t>(std::clamp<int>(v(c) + delta, 0, Out::max));
  }
}

Grain::Registers Grain::derive(const Tuning& tuning, const Conditions&) {
  if (!tuning.enabled || tuning.strength <= 0) return {};
  Registers registers{.enabled = 1, .pattern = static_cast<std::uint16_t>(tuning.pattern), .taps = {}, .strength = {}};
  // A Gaussian whose width at half height is the grain's; 1 pixel is the noise as it is.
  const double deviation = (tuning.size - 1) / 2.355 + 1e-3;
  std::array<double, 3> taps;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto distance = static_cast<double>(i);
    taps[i] = exact::exp(-distance * distance / (2 * deviation * deviation));
  }
  const double norm = exact::sqrt(taps[0] * taps[0] + 2 * (taps[1] * taps[1] + taps[2] * taps[2]));
  for (std::size_t i = 0; i < 3; ++i) registers.taps[i] = Q<0, 15>::real(taps[i] / norm);
  constexpr double kMidTone = 0.25;  // Y (1 - Y)
  registers.strength = Q<0, 15>::real(tuning.strength * 0.06 * Out::max / (kDeviation * kMidTone) / 2);
  return registers;
}

}  // namespace sunny16::isp
#endif
