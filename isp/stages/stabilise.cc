#include "isp/stages/stabilise.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/stabilise.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/stages/look_up-inl.h"

#ifndef SUNNY16_ISP_STAGES_STABILISE_ONCE
#define SUNNY16_ISP_STAGES_STABILISE_ONCE
#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"

namespace sunny16::isp {

/// 256 sqrt(t) over [16384, 65536) in twelve parts of 4096: base + f * (slope - f * curve) / 8, f = 0..1 within a part,
/// through the part's ends and middle (error below 2). The eighths keep it monotone. Indexed by t >> 12; 16-bit entries
/// as planes of bytes for table look-ups. The first four entries serve t = 0 alone.
struct RootTable {
  alignas(16) std::array<std::uint8_t, 16> base_low{}, base_high{}, slope_low{}, slope_high{}, curve{}, zero{};

  constexpr RootTable() {
    for (std::size_t i = 4; i < 16; ++i) {
      const auto root = [i](double f) { return 256 * exact::sqrt(4096 * (static_cast<double>(i) + f)); };
      const auto bend = round_half_up(2 * (2 * root(0.5) - root(0) - root(1)));
      const auto base = round_half_up(root(0)), slope = 8 * (round_half_up(root(1)) - base + bend);
      base_low[i] = static_cast<std::uint8_t>(base & 255), base_high[i] = static_cast<std::uint8_t>(base >> 8);
      slope_low[i] = static_cast<std::uint8_t>(slope & 255), slope_high[i] = static_cast<std::uint8_t>(slope >> 8);
      curve[i] = static_cast<std::uint8_t>(bend);  // in whole units
    }
  }
};
inline constexpr RootTable kRoot;

}  // namespace sunny16::isp
#endif

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

/// 256 sqrt(t): t is scaled by 4^n into [16384, 65536), its root unscaled by 2^n.
template <class D, class V>
HWY_INLINE V square_root(D d, V t) {
  const auto zero = hn::Zero(d);
  const auto below_8_bits = hn::Eq(hn::ShiftRight<8>(t), zero);
  t = hn::IfThenElse(below_8_bits, hn::ShiftLeft<8>(t), t);
  const auto below_12_bits = hn::Eq(hn::ShiftRight<12>(t), zero);
  t = hn::IfThenElse(below_12_bits, hn::ShiftLeft<4>(t), t);
  const auto below_14_bits = hn::Eq(hn::ShiftRight<14>(t), zero);
  t = hn::IfThenElse(below_14_bits, hn::ShiftLeft<2>(t), t);

  const auto part = hn::ShiftRight<12>(t), f = hn::ShiftLeft<4>(t);
  const auto base = look_up(d, kRoot.base_low, kRoot.base_high, part);
  const auto slope = look_up(d, kRoot.slope_low, kRoot.slope_high, part);
  const auto curve = hn::ShiftLeft<3>(look_up(d, kRoot.curve, kRoot.zero, part));
  auto root = hn::Add(base, hn::ShiftRight<3>(hn::MulHigh(f, hn::Sub(slope, hn::MulHigh(f, curve)))));

  root = hn::IfThenElse(below_8_bits, hn::ShiftRight<4>(root), root);
  root = hn::IfThenElse(below_12_bits, hn::ShiftRight<2>(root), root);
  return hn::IfThenElse(below_14_bits, hn::ShiftRight<1>(root), root);
}

void stabilise_row(const Stabilise::Registers& registers, const RowIo& io, Span span) {
  const hn::ScalableTag<std::uint16_t> d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const auto pedestal = hn::Set(d, registers.pedestal), scale = hn::Set(d, registers.scale);
  for (int plane = 0; plane < 4; ++plane) {
    const auto* in = io.in<std::uint16_t>(0, plane);
    auto* out = io.out<std::uint16_t>(plane);
    if (registers.linear) {
      for (int x = 0; x < span.count; x += lanes) hn::StoreU(hn::ShiftRight<2>(hn::LoadU(d, in + x)), d, out + x);
    } else {
      for (int x = 0; x < span.count; x += lanes) {
        const auto root = square_root(d, hn::SaturatedSub(hn::LoadU(d, in + x), pedestal));
        hn::StoreU(hn::MulHigh(root, scale), d, out + x);
      }
    }
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "isp/stages/root_code.h"

namespace sunny16::isp {

static_assert(RowStage<Stabilise>);
HWY_EXPORT(stabilise_row);

void Stabilise::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(stabilise_row)(registers, io, span);
}

namespace {

/// 256 sqrt(t). Bound: 65520 * 32663 < 2^32.
std::uint32_t square_root(std::uint32_t t) {
  int shift = 0;
  for (const int bits : {8, 4, 2})
    if (t >> (16 - bits) == 0) t <<= bits, shift += bits / 2;
  const std::size_t part = t >> 12;
  const std::uint32_t f = (t << 4) & 0xFFFF, base = kRoot.base_low[part] + 256u * kRoot.base_high[part],
                      slope = kRoot.slope_low[part] + 256u * kRoot.slope_high[part];
  const std::uint32_t curve = 8u * kRoot.curve[part];
  return (base + (f * (slope - (f * curve >> 16)) >> 19)) >> shift;
}

}  // namespace

void Stabilise::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (int plane = 0; plane < 4; ++plane)
    for (int x = 0; x < span.count; ++x) {
      const std::uint32_t v = io.in<std::uint16_t>(0, plane)[x], pedestal = registers.pedestal;
      const std::uint32_t root = square_root(v > pedestal ? v - pedestal : 0);
      io.out<std::int16_t>(plane)[x] =
          static_cast<std::int16_t>(registers.linear ? v >> 2 : root * registers.scale >> 16);  // < 2^32
    }
}

Stabilise::Registers Stabilise::derive(const Tuning&, const Conditions& conditions) {
  const RootCode code = RootCode::of(conditions);
  // The least scale that takes the largest sample to the largest code.
  const std::uint32_t top = square_root(static_cast<std::uint32_t>(code.top()));
  return {.enabled = 1,
          .linear = conditions.code == RawCode::linear,
          .pedestal = static_cast<std::uint16_t>(domain::LinearRaw::black - code.offset),
          .scale = static_cast<std::uint16_t>((domain::CodeRaw::max * 65536u + top - 1) / top)};
}

}  // namespace sunny16::isp
#endif
