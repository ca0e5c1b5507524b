#include "isp/stages/white_balance.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/white_balance.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/stages/pedestal-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

void white_balance_row(const WhiteBalance::Registers& registers, const RowIo& io, Span span) {
  const hn::ScalableTag<std::uint16_t> d;
  for (int plane = 0; plane < 4; ++plane) {
    const auto gain = hn::Set(d, registers.gain[static_cast<std::size_t>(plane)].raw);
    const auto* in = io.in<std::uint16_t>(0, plane);
    auto* out = io.out<std::uint16_t>(plane);
    for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(d)))
      hn::StoreU(scale_about_black(d, hn::LoadU(d, in + x), gain), d, out + x);
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "isp/stages/pedestal.h"

namespace sunny16::isp {

static_assert(RowStage<WhiteBalance>);
HWY_EXPORT(white_balance_row);

void WhiteBalance::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(white_balance_row)(registers, io, span);
}

void WhiteBalance::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (int plane = 0; plane < 4; ++plane)
    for (int x = 0; x < span.count; ++x)
      io.out<std::uint16_t>(plane)[x] =
          scale_about_black(io.in<std::uint16_t>(0, plane)[x], registers.gain[static_cast<std::size_t>(plane)].raw);
}

WhiteBalance::Registers WhiteBalance::derive(const Tuning& tuning, const Conditions& conditions) {
  Registers registers{.enabled = tuning.enabled, .gain = {}};
  constexpr std::array<std::size_t, 4> kColour{0, 1, 1, 2};
  for (std::size_t plane = 0; plane < 4; ++plane) {
    const std::size_t colour = kColour[plane];
    registers.gain[plane] =
        UQ<4, 12>::real(conditions.wb_gains[colour] * conditions.digital_gain * tuning.trim[colour]);
  }
  return registers;
}

}  // namespace sunny16::isp
#endif
