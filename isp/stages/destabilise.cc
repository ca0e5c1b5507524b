#include "isp/stages/destabilise.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/destabilise.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

void destabilise_row(const Destabilise::Registers& registers, const RowIo& io, Span span) {
  const hn::ScalableTag<std::uint16_t> d;
  const auto scale = hn::Set(d, registers.scale);
  for (int plane = 0; plane < 3; ++plane) {
    const std::uint16_t offset = registers.offset[static_cast<std::size_t>(plane)];
    const auto below = hn::Set(d, offset), largest = hn::Set(d, static_cast<std::uint16_t>(32767 + offset));
    const auto* in = io.in<std::uint16_t>(0, plane);
    auto* out = io.out<std::uint16_t>(plane);
    for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(d))) {
      const auto code = hn::ShiftLeft<2>(hn::LoadU(d, in + x));
      const auto factor = registers.linear ? scale : hn::MulHigh(code, scale);
      const auto value = hn::Add(hn::MulHigh(code, factor), hn::ShiftRight<15>(hn::Mul(code, factor)));
      hn::StoreU(hn::Sub(hn::Min(value, largest), below), d, out + x);
    }
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

#include "isp/core/fixed.h"
#include "isp/stages/root_code.h"

namespace sunny16::isp {

static_assert(RowStage<Destabilise>);
HWY_EXPORT(destabilise_row);

void Destabilise::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(destabilise_row)(registers, io, span);
}

void Destabilise::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (int plane = 0; plane < 3; ++plane)
    for (int x = 0; x < span.count; ++x) {
      const std::uint32_t offset = registers.offset[static_cast<std::size_t>(plane)], scale = registers.scale;
      const std::uint32_t code = static_cast<std::uint16_t>(io.in<std::uint16_t>(0, plane)[x] << 2);  // <= 65532
      const std::uint32_t factor = registers.linear ? scale : code * scale >> 16;
      const std::uint32_t value = (code * factor + 32768) >> 16;  // < 2^32
      io.out<std::int16_t>(plane)[x] = static_cast<std::int16_t>(
          static_cast<std::int32_t>(std::min(value, 32767 + offset)) - static_cast<std::int32_t>(offset));
    }
}

Destabilise::Registers Destabilise::derive(const Tuning& tuning, const Conditions& conditions) {
  // value = (4 code) * ((4 code) * scale / 2^16) / 2^16, so `scale` is the value at code 16384.
  constexpr double kLinearPerDn = static_cast<double>(domain::LinearRgb::white) / domain::LinearRaw::range;
  const auto quantised = [](double v) { return static_cast<std::uint16_t>(round_half_up(exact::clamp(v, 0, 65535))); };
  if (conditions.code == RawCode::linear) {
    const std::uint16_t black = quantised(domain::LinearRaw::black * kLinearPerDn);
    return {.enabled = 1, .linear = 1, .scale = quantised(65536 * kLinearPerDn), .offset = {black, black, black}};
  }
  const RootCode code = RootCode::of(conditions);
  Registers registers{
      .enabled = 1, .linear = 0, .scale = quantised(16384 * 16384 / (code.scale * code.scale) * kLinearPerDn)};
  for (std::size_t c = 0; c < 3; ++c) {
    const double bias = tuning.unbias * code.electron * conditions.wb_gains[c];
    registers.offset[c] = quantised(exact::min((code.offset - bias) * kLinearPerDn, 32768));
  }
  return registers;
}

}  // namespace sunny16::isp
#endif
