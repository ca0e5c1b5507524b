#include "isp/taps/row_sums.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/taps/row_sums.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/taps/quad_sums-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

std::uint64_t sum_greens(const RowIo& io, int first, int count) {
  RowSum green_r, green_b;
  for_each_vector(first, count, [&](int i, auto inside) HWY_ATTR {
    green_r.add(hn::IfThenElseZero(inside, load_above_black(io.in<std::uint16_t>(0, kGr) + i)));
    green_b.add(hn::IfThenElseZero(inside, load_above_black(io.in<std::uint16_t>(0, kGb) + i)));
  });
  return std::uint64_t{green_r.total()} + green_b.total();
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace sunny16::isp {

static_assert(Tap<RowSums>);
HWY_EXPORT(sum_greens);

void RowSums::fast_row(const Registers& registers, const RowIo& io, Span span, Statistics& statistics) {
  const int band = registers.y.find(span.y);
  if (!registers.y.has(band)) return;
  registers.x.split(span, [&](int, int first, int count) {
    statistics.rows[static_cast<std::size_t>(band)] +=
        {HWY_DYNAMIC_DISPATCH(sum_greens)(io, first, count), static_cast<std::uint64_t>(count)};
  });
}

void RowSums::reference_row(const Registers& registers, const RowIo& io, Span span, Statistics& statistics) {
  const int band = registers.y.find(span.y);
  if (!registers.y.has(band)) return;
  for (int i = 0; i < span.count; ++i)
    if (registers.x.has(registers.x.find(span.x + i)))
      statistics.rows[static_cast<std::size_t>(band)] +=
          {above_black(io.in<std::uint16_t>(0, kGr)[i]) + above_black(io.in<std::uint16_t>(0, kGb)[i]), 1};
}

RowSums::Registers RowSums::derive(const Tuning& tuning, const Conditions& conditions) {
  const QuadRect quads = whole_quads(conditions);
  return {.enabled = tuning.enabled,
          .x = Zones<1>::even(quads.left, quads.right),
          .y = Zones<Statistics::kRowBands>::even(quads.top, quads.bottom)};
}

}  // namespace sunny16::isp
#endif
