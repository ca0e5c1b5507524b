#include "isp/stages/black_level.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/black_level.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

void black_level_row(const BlackLevel::Registers& registers, const RowIo& io, Span span) {
  const hn::ScalableTag<std::uint16_t> d;
  for (int plane = 0; plane < 4; ++plane) {
    const BlackLevel::Channel& c = registers.channel[static_cast<std::size_t>(plane)];
    const auto floor = hn::Set(d, c.floor), limit = hn::Set(d, static_cast<std::uint16_t>(65535 >> c.shift));
    const auto scale = hn::Set(d, c.scale), offset = hn::Set(d, c.offset);
    const auto no_carry = hn::Set(d, static_cast<std::uint16_t>(65535 - c.fraction));
    const int shift = c.shift;
    const auto* in = io.in<std::uint16_t>(0, plane);
    auto* out = io.out<std::uint16_t>(plane);
    for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(d))) {
      const auto v = hn::LoadU(d, in + x);
      const auto above = hn::ShiftLeftSame(hn::Min(hn::SaturatedSub(v, floor), limit), shift);
      const auto high = hn::MulHigh(above, scale), low = hn::Mul(above, scale);
      // high <= 65534, so that the carry of the low halves fits; subtracting a mask of ones adds it.
      const auto carried = hn::Sub(high, hn::VecFromMask(d, hn::Gt(low, no_carry)));
      hn::StoreU(hn::IfThenZeroElse(hn::Lt(v, floor), hn::SaturatedAdd(carried, offset)), d, out + x);
    }
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"

namespace sunny16::isp {

static_assert(RowStage<BlackLevel>);
HWY_EXPORT(black_level_row);

void BlackLevel::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(black_level_row)(registers, io, span);
}

void BlackLevel::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (int plane = 0; plane < 4; ++plane) {
    const Channel& c = registers.channel[static_cast<std::size_t>(plane)];
    for (int x = 0; x < span.count; ++x) {
      const std::uint32_t v = io.in<std::uint16_t>(0, plane)[x];
      std::uint32_t out = 0;
      if (v >= c.floor) {
        const std::uint32_t above = std::min<std::uint32_t>(v - c.floor, 65535u >> c.shift) << c.shift;
        // 65535 * 65535 + 65535 < 2^32
        out = std::min<std::uint32_t>(((above * c.scale + c.fraction) >> 16) + c.offset, 65535);
      }
      io.out<std::uint16_t>(plane)[x] = static_cast<std::uint16_t>(out);
    }
  }
}

namespace {

BlackLevel::Channel channel_of(double black, double white) {
  constexpr double kBlack = domain::LinearRaw::black, kRange = domain::LinearRaw::range;
  const double range = exact::max(white - black, 1), gain = kRange / range;  // 15360 / 65535 .. 15360
  BlackLevel::Channel c;
  // Shift so that scale stays below one, and fills its 16 bits as far as the gain allows.
  double scale = gain;
  for (; scale * 65536 >= 65535.5; scale /= 2) ++c.shift;
  c.scale = static_cast<std::uint16_t>(round_half_up(scale * 65536));
  c.floor = static_cast<std::uint16_t>(exact::clamp(-exact::floor(kBlack / gain - black), 0, 65535));
  // With the rounded scale, so that black itself is exact and errors grow from there: at most half a unit at white.
  const double rounded_gain = static_cast<double>(c.scale << c.shift) / 65536;
  const double offset = exact::clamp(kBlack - (black - c.floor) * rounded_gain, 0, 65535);
  const auto fixed = round_half_up(offset * 65536) + 32768;
  c.offset = static_cast<std::uint16_t>(std::min<std::int64_t>(fixed >> 16, 65535));
  c.fraction = static_cast<std::uint16_t>(fixed & 0xFFFF);
  return c;
}

}  // namespace

BlackLevel::Registers BlackLevel::derive(const Tuning& tuning, const Conditions& conditions) {
  Registers registers;
  for (std::size_t plane = 0; plane < 4; ++plane) {
    const double black = tuning.enabled ? conditions.black[plane] + tuning.trim[plane] : 0;
    registers.channel[plane] = channel_of(exact::clamp(black, 0, 65535), exact::clamp(conditions.white, 0, 65535));
  }
  return registers;
}

}  // namespace sunny16::isp
#endif
