#include "isp/taps/floating_zones.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/taps/floating_zones.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/taps/quad_sums-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

std::uint32_t sum_luma(const LumaWeights& weights, const RowIo& io, int first, int count) {
  RowSum sum;
  for_each_vector(first, count,
                  [&](int i, auto inside) HWY_ATTR { sum.add(hn::IfThenElseZero(inside, luma(weights, io, i))); });
  return sum.total();
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace sunny16::isp {

static_assert(Tap<FloatingZones>);
HWY_EXPORT(sum_luma);

namespace {

/// Calls f(zone, first, count) for each rectangle that the row crosses; `first` is relative to the span.
template <class F>
void for_each_crossed(const FloatingZones::Registers& registers, Span span, F&& f) {
  for (std::size_t zone = 0; zone < registers.zones.size(); ++zone) {
    const QuadRect& z = registers.zones[zone];
    const int first = std::max(z.left, span.x), end = std::min(z.right, span.x + span.count);
    if (span.y >= z.top && span.y < z.bottom && first < end) f(zone, first - span.x, end - first);
  }
}

}  // namespace

void FloatingZones::fast_row(const Registers& registers, const RowIo& io, Span span, Statistics& statistics) {
  for_each_crossed(registers, span, [&](std::size_t zone, int first, int count) {
    statistics.floating[zone] +=
        {HWY_DYNAMIC_DISPATCH(sum_luma)(registers.luma, io, first, count), static_cast<std::uint64_t>(count)};
  });
}

void FloatingZones::reference_row(const Registers& registers, const RowIo& io, Span span, Statistics& statistics) {
  for_each_crossed(registers, span, [&](std::size_t zone, int first, int count) {
    for (int i = first; i < first + count; ++i) statistics.floating[zone] += {quad_luma(registers.luma, io, i), 1};
  });
}

FloatingZones::Registers FloatingZones::derive(const Tuning& tuning, const Conditions& conditions) {
  const QuadRect quads = whole_quads(conditions);
  Registers registers{.luma = luma_weights(conditions)};
  const std::size_t zones = std::min(tuning.rectangles.size() / 4, registers.zones.size());
  registers.enabled = tuning.enabled && zones > 0;
  const auto place = [](double fraction, int first, int end) {
    return std::clamp(first + static_cast<int>(round_half_up(fraction * (end - first))), first, std::max(first, end));
  };
  for (std::size_t zone = 0; zone < zones; ++zone) {
    const double* r = &tuning.rectangles[4 * zone];
    registers.zones[zone] = {place(r[0], quads.left, quads.right), place(r[1], quads.top, quads.bottom),
                             place(r[2], quads.left, quads.right), place(r[3], quads.top, quads.bottom)};
  }
  return registers;
}

}  // namespace sunny16::isp
#endif
