#include "isp/taps/focus.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/taps/focus.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/taps/quad_sums-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

/// Bound: 128 samples * 4095^2 < 2^31.
std::uint32_t sum_contrast(const Focus::Registers& registers, const std::uint16_t* row, int count) {
  const Tag16 d;
  const Tag32 wide;
  const auto floor = hn::Set(d, registers.floor), slope = hn::Set(d, registers.slope.raw);
  const auto max_contrast = hn::Set(d, Focus::kMaxContrast);
  auto sum = hn::Zero(wide);
  for_each_vector(0, count, [&](int i, auto inside) HWY_ATTR {
    const auto centre = hn::LoadU(d, row + i);
    const auto mean = hn::AverageRound(hn::LoadU(d, row + i - 1), hn::LoadU(d, row + i + 1));
    const auto high = hn::Sub(hn::Max(centre, mean), hn::Min(centre, mean));
    const auto noise = hn::SaturatedAdd(floor, hn::MulHigh(load_above_black(row + i), slope));
    const auto contrast = hn::Min(hn::ShiftRight<Focus::kShift>(hn::SaturatedSub(high, noise)), max_contrast);
    const auto pairs = hn::BitCast(wide, hn::IfThenElseZero(inside, contrast));
    const auto even = hn::And(pairs, hn::Set(wide, 0xFFFF)), odd = hn::ShiftRight<16>(pairs);
    sum = hn::Add(sum, hn::Add(hn::Mul(even, even), hn::Mul(odd, odd)));
  });
  return hn::GetLane(hn::SumOfLanes(wide, sum));
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "isp/core/exact_math.h"

namespace sunny16::isp {

static_assert(Tap<Focus>);
HWY_EXPORT(sum_contrast);

void Focus::fast_row(const Registers& registers, const RowIo& io, Span span, Statistics& statistics) {
  const int zone_y = registers.y.find(span.y);
  if (!registers.y.has(zone_y)) return;
  registers.x.split(span, [&](int zone, int first, int count) {
    auto& figure = statistics.focus[static_cast<std::size_t>(zone_y)][static_cast<std::size_t>(zone)];
    constexpr int kChunk = 128;  // the bound of sum_contrast
    for (const int end = first + count; first < end; first += kChunk)
      for (const Quad plane : {kGr, kGb}) {
        const int n = std::min(kChunk, end - first);
        figure += {HWY_DYNAMIC_DISPATCH(sum_contrast)(registers, io.in<std::uint16_t>(0, plane) + first, n),
                   static_cast<std::uint64_t>(n)};
      }
  });
}

void Focus::reference_row(const Registers& registers, const RowIo& io, Span span, Statistics& statistics) {
  const int zone_y = registers.y.find(span.y);
  if (!registers.y.has(zone_y)) return;
  for (int i = 0; i < span.count; ++i) {
    const int zone_x = registers.x.find(span.x + i);
    if (!registers.x.has(zone_x)) continue;
    for (const Quad plane : {kGr, kGb}) {
      const auto* row = io.in<std::uint16_t>(0, plane) + i;
      const int high = std::abs(row[0] - ((row[-1] + row[1] + 1) >> 1));
      const auto noise = static_cast<int>(registers.floor + ((above_black(row[0]) * registers.slope.raw) >> 16));
      const int contrast = std::min(std::max(high - std::min(noise, 65535), 0) >> kShift, kMaxContrast);
      statistics.focus[static_cast<std::size_t>(zone_y)][static_cast<std::size_t>(zone_x)] +=
          {static_cast<std::uint64_t>(contrast * contrast), 1};
    }
  }
}

/// The high pass of white noise has 1 + 2/4 times its variance. The tangent at middle grey of sqrt(shot * v + read):
/// deviation + (v - grey) * shot / (2 * deviation).
Focus::Registers Focus::derive(const Tuning& tuning, const Conditions& conditions) {
  constexpr double kGrey = 0.18;
  const QuadRect quads = whole_quads(conditions);
  const NoiseProfile& noise = conditions.noise;
  const double deviation = exact::sqrt(noise.shot * kGrey + noise.read), scale = tuning.noise_floor * exact::sqrt(1.5);
  const double slope = deviation > 0 ? noise.shot / (2 * deviation) : 0;
  return {.enabled = tuning.enabled,
          .x = Zones<Statistics::kFocusZones>::even(quads.left, quads.right),
          .y = Zones<Statistics::kFocusZones>::even(quads.top, quads.bottom),
          .floor = UQ<16, 0>::real(scale * (deviation - slope * kGrey) * domain::LinearRaw::range).raw,
          .slope = UQ<0, 16>::real(scale * slope)};
}

}  // namespace sunny16::isp
#endif
