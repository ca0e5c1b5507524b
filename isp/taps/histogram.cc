#include "isp/taps/histogram.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/taps/histogram.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/taps/quad_sums-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

/// Bins of quads i .. i + count - 1 of a row.
void histogram_bins(const Histogram::Registers& registers, const RowIo& io, int first, int count, std::uint16_t* bins) {
  const Tag16 d;
  const auto scale = hn::Set(d, Histogram::kBinScale), last = hn::Set(d, Statistics::kHistogramBins - 1);
  for (int i = 0; i < count; i += static_cast<int>(hn::Lanes(d)))
    hn::StoreU(hn::Min(hn::MulHigh(luma(registers.luma, io, first + i), scale), last), d, bins + i);
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace sunny16::isp {

static_assert(Tap<Histogram>);
HWY_EXPORT(histogram_bins);

namespace {

/// Calls f(first, count, weight) for the parts of a row that lie in one zone and count at all.
template <class F>
void for_each_part(const Histogram::Registers& registers, Span span, F&& f) {
  const int zone_y = registers.y.find(span.y);
  if (!registers.y.has(zone_y) || (span.y - registers.y.edge[0]) % registers.step != 0) return;
  const auto& weights = registers.weights[static_cast<std::size_t>(zone_y)];
  registers.x.split(span,
                    [&](int zone, int first, int count) { f(first, count, weights[static_cast<std::size_t>(zone)]); });
}

/// Distance from column x to the next one that counts.
int to_next(const Histogram::Registers& registers, int x) {
  const int phase = (x - registers.x.edge[0]) % registers.step;
  return phase == 0 ? 0 : registers.step - phase;
}

}  // namespace

void Histogram::fast_row(const Registers& registers, const RowIo& io, Span span, Statistics& statistics) {
  constexpr int kChunk = 512;
  std::array<std::uint16_t, kChunk + kSlack> bins;
  for_each_part(registers, span, [&](int first, int count, std::uint32_t weight) {
    for (const int end = first + count; first < end; first += kChunk) {
      const int n = std::min(kChunk, end - first);
      HWY_DYNAMIC_DISPATCH(histogram_bins)(registers, io, first, n, bins.data());
      for (int i = to_next(registers, span.x + first); i < n; i += registers.step)
        statistics.histogram[bins[static_cast<std::size_t>(i)]] += weight;
    }
  });
}

void Histogram::reference_row(const Registers& registers, const RowIo& io, Span span, Statistics& statistics) {
  for_each_part(registers, span, [&](int first, int count, std::uint32_t weight) {
    for (int i = first + to_next(registers, span.x + first); i < first + count; i += registers.step) {
      const int bin = (quad_luma(registers.luma, io, i) * kBinScale) >> 16;
      statistics.histogram[static_cast<std::size_t>(std::min(bin, Statistics::kHistogramBins - 1))] += weight;
    }
  });
}

Histogram::Registers Histogram::derive(const Tuning& tuning, const Conditions& conditions) {
  const QuadRect quads = whole_quads(conditions);
  Registers registers{.enabled = tuning.enabled,
                      .x = Zones<kZones>::even(quads.left, quads.right),
                      .y = Zones<kZones>::even(quads.top, quads.bottom),
                      .luma = luma_weights(conditions)};
  for (std::size_t zone = 0; zone < tuning.weights.size(); ++zone)
    registers.weights[zone / kZones][zone % kZones] =
        static_cast<std::uint8_t>(round_half_up(tuning.weights[zone] * kMaxWeight));
  return registers;
}

}  // namespace sunny16::isp
#endif
