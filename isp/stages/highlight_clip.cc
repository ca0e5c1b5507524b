#include "isp/stages/highlight_clip.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/highlight_clip.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

void highlight_clip_row(const HighlightClip::Registers& registers, const RowIo& io, Span span) {
  const hn::ScalableTag<std::uint16_t> d;
  const auto level = hn::Set(d, registers.level), start = hn::Set(d, registers.start);
  const auto greens = [&](int x) HWY_ATTR {
    const auto at = [&](int plane, int dy) HWY_ATTR { return hn::LoadU(d, io.in<std::uint16_t>(0, plane, dy) + x); };
    const auto above = hn::Max(at(kGr, -1), at(kGb, -1)), here = hn::Max(at(kGr, 0), at(kGb, 0));
    return hn::Max(hn::Max(above, here), hn::Max(at(kGr, 1), at(kGb, 1)));
  };
  for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(d))) {
    const auto most = hn::Max(hn::Max(greens(x - 1), greens(x)), greens(x + 1));
    // 16 * difference saturates: below 4096 it is exact.
    const auto room = hn::ShiftLeft<4>(hn::Min(hn::SaturatedSub(start, most), hn::Set(d, 4095)));
    const auto cap = hn::SaturatedAdd(hn::Max(level, most), room);
    for (const Quad plane : {kR, kB})
      hn::StoreU(hn::Min(hn::LoadU(d, io.in<std::uint16_t>(0, plane) + x), cap), d, io.out<std::uint16_t>(plane) + x);
    for (const Quad plane : {kGr, kGb})
      hn::StoreU(hn::LoadU(d, io.in<std::uint16_t>(0, plane) + x), d, io.out<std::uint16_t>(plane) + x);
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

namespace sunny16::isp {

static_assert(RowStage<HighlightClip>);
HWY_EXPORT(highlight_clip_row);

void HighlightClip::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(highlight_clip_row)(registers, io, span);
}

void HighlightClip::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (int x = 0; x < span.count; ++x) {
    int most = 0;
    for (const Quad plane : {kGr, kGb})
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) most = std::max<int>(most, io.in<std::uint16_t>(0, plane, dy)[x + dx]);
    const int room = 16 * std::clamp(registers.start - most, 0, 4095);
    const int cap = std::min(65535, std::max<int>(registers.level, most) + room);
    for (const Quad plane : {kR, kGr, kGb, kB}) {
      const int v = io.in<std::uint16_t>(0, plane)[x];
      io.out<std::uint16_t>(plane)[x] = static_cast<std::uint16_t>(plane == kR || plane == kB ? std::min(v, cap) : v);
    }
  }
}

HighlightClip::Registers HighlightClip::derive(const Tuning& tuning, const Conditions& conditions) {
  const auto raw = [](double level) {
    return static_cast<std::uint16_t>(round_half_up(std::min(65535.0, In::black + level * In::range)));
  };
  const double level = conditions.wb_gains[1] * conditions.digital_gain;
  return {.enabled = tuning.enabled, .level = raw(level), .start = raw(tuning.start * level)};
}

}  // namespace sunny16::isp
#endif
