#include "isp/taps/thumbnail.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/taps/thumbnail.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/taps/quad_sums-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

using ThumbnailRow = std::array<Statistics::ThumbnailCell, Statistics::kThumbnailColumns>;

void sum_thumbnail_row(const ThumbnailCells::Registers& registers, const RowIo& io, Span span, ThumbnailRow& cells) {
  registers.x.split(span, [&](int zone, int first, int count) HWY_ATTR {
    std::array<RowSum, 4> sums;
    for_each_vector(first, count, [&](int i, auto inside) HWY_ATTR {
      for (const Quad plane : {kR, kGr, kGb, kB})
        sums[plane].add(hn::IfThenElseZero(inside, load_above_black(io.in<std::uint16_t>(0, plane) + i)));
    });
    cells[static_cast<std::size_t>(zone)] +=
        {sums[kR].total(), sums[kGr].total() + sums[kGb].total(), sums[kB].total(), static_cast<std::uint32_t>(count)};
  });
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace sunny16::isp {

static_assert(Tap<ThumbnailCells>);
HWY_EXPORT(sum_thumbnail_row);

void ThumbnailCells::fast_row(const Registers& registers, const RowIo& io, Span span, Statistics& statistics) {
  if (const int row = registers.y.find(span.y); registers.y.has(row))
    HWY_DYNAMIC_DISPATCH(sum_thumbnail_row)(registers, io, span, statistics.thumbnail[static_cast<std::size_t>(row)]);
}

void ThumbnailCells::reference_row(const Registers& registers, const RowIo& io, Span span, Statistics& statistics) {
  const int row = registers.y.find(span.y);
  if (!registers.y.has(row)) return;
  for (int i = 0; i < span.count; ++i) {
    const int column = registers.x.find(span.x + i);
    if (!registers.x.has(column)) continue;
    const auto level = [&](Quad plane) { return above_black(io.in<std::uint16_t>(0, plane)[i]); };
    statistics.thumbnail[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] +=
        {level(kR), level(kGr) + level(kGb), level(kB), 1};
  }
}

ThumbnailCells::Registers ThumbnailCells::derive(const Tuning& tuning, const Conditions& conditions) {
  const QuadRect quads = whole_quads(conditions);
  return {.enabled = tuning.enabled,
          .x = Zones<Statistics::kThumbnailColumns>::even(quads.left, quads.right),
          .y = Zones<Statistics::kThumbnailRows>::even(quads.top, quads.bottom)};
}

}  // namespace sunny16::isp
#endif
