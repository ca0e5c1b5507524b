#include "isp/stages/defect_pixels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/defect_pixels.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#ifndef SUNNY16_ISP_STAGES_DEFECT_PIXELS_ONCE
#define SUNNY16_ISP_STAGES_DEFECT_PIXELS_ONCE
#include <algorithm>
#include <numeric>

namespace sunny16::isp {

/// The surroundings of one sample.
struct Site {
  const RowIo& io;
  int plane, x;

  /// The sample `dx`, `dy` pixels away, of whatever colour; at most two.
  int at(int dx, int dy) const {
    const int column = (plane & 1) + dx, row = (plane >> 1) + dy;
    return io.in<std::uint16_t>(0, (column & 1) | (row & 1) << 1, row >> 1)[x + (column >> 1)];
  }
  /// Neighbours of the same colour.
  std::array<int, 8> neighbours() const {
    return {at(-2, -2), at(0, -2), at(2, -2), at(-2, 0), at(2, 0), at(-2, 2), at(0, 2), at(2, 2)};
  }
};

/// Mean of the two opposite neighbours that differ least.
inline std::uint16_t interpolated(const Site& site) {
  const auto n = site.neighbours();
  int least = 65536, mean = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const int a = n[i], b = n[7 - i], difference = a > b ? a - b : b - a;
    if (difference < least) least = difference, mean = (a + b + 1) >> 1;
  }
  return static_cast<std::uint16_t>(mean);
}

/// What becomes of a candidate that stands out of low .. high.
inline std::uint16_t judged(const DefectPixels::Registers& r, const Site& site, int low, int high) {
  const int sample = site.at(0, 0), sign = sample > high ? 1 : -1;
  const std::int64_t excess = sample > high ? sample - high : low - sample;
  const int adjacent = site.at(-1, 0) + site.at(1, 0) + site.at(0, -1) + site.at(0, 1);
  const std::array<int, 8> next{site.at(-1, -2), site.at(1, -2), site.at(-2, -1), site.at(2, -1),
                                site.at(-2, 1),  site.at(2, 1),  site.at(-1, 2),  site.at(1, 2)};
  // Without the one that rises most: at a star's flank it is the core.
  const auto [least, most] = std::minmax_element(next.begin(), next.end());
  const int seven = std::accumulate(next.begin(), next.end(), 0) - (sign > 0 ? *most : *least);
  // adjacent / 4 - seven / 7 > light * excess, times 28: |rise| <= 28 * 65535.
  const std::int64_t rise = sign * (7 * adjacent - 4 * seven);
  return rise * 65536 > 28 * excess * r.light.raw ? static_cast<std::uint16_t>(sample) : interpolated(site);
}

/// Replaces the listed samples of a row.
inline void replace_listed(const DefectPixels::Registers& r, const RowIo& io, Span span) {
  const auto end = r.list.begin() + std::min<std::ptrdiff_t>(r.listed, r.list.size());
  for (int parity = 0; parity < 2; ++parity) {
    const auto first = static_cast<std::uint32_t>((2 * span.y + parity) << 16 | 2 * span.x);
    const auto last = first + 2 * static_cast<std::uint32_t>(span.count) - 1;
    for (auto defect = std::lower_bound(r.list.begin(), end, first); defect != end && *defect <= last; ++defect) {
      const auto column = static_cast<int>(*defect - first);
      const Site site{io, 2 * parity + (column & 1), column >> 1};
      io.out<std::uint16_t>(site.plane)[site.x] = interpolated(site);
    }
  }
}

}  // namespace sunny16::isp
#endif

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class V>
struct Ordered {
  V low, high;
};
template <class V>
HWY_INLINE Ordered<V> order(V a, V b) {
  return {hn::Min(a, b), hn::Max(a, b)};
}

/// The two outermost samples of a set at each end, each pair in order.
template <class V>
struct Extremes {
  V lowest, second_lowest, second_highest, highest;
};
template <class V>
HWY_INLINE Extremes<V> sort(Ordered<V> a, Ordered<V> b) {
  const auto low = order(a.low, b.low), high = order(a.high, b.high), middle = order(low.high, high.low);
  return {low.low, middle.low, middle.high, high.high};
}

void defect_pixels_row(const DefectPixels::Registers& r, const RowIo& io, Span span) {
  const hn::ScalableTag<std::uint16_t> d;
  using V = hn::Vec<decltype(d)>;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const V black = hn::Set(d, domain::LinearRaw::black), texture = hn::Set(d, r.texture.raw);
  const V base0 = hn::Set(d, r.noise[0].base), slope0 = hn::Set(d, r.noise[0].slope.raw);
  const V base1 = hn::Set(d, r.noise[1].base), slope1 = hn::Set(d, r.noise[1].slope.raw);
  for (int plane = 0; plane < 4; ++plane) {
    const auto *above = io.in<std::uint16_t>(0, plane, -1), *in = io.in<std::uint16_t>(0, plane),
               *below = io.in<std::uint16_t>(0, plane, 1);
    auto* out = io.out<std::uint16_t>(plane);
    for (int x = 0; x < span.count; x += lanes) {
      const auto column = [&](int dx)
                              HWY_ATTR { return order(hn::LoadU(d, above + x + dx), hn::LoadU(d, below + x + dx)); };
      const auto beside = order(hn::LoadU(d, in + x - 1), hn::LoadU(d, in + x + 1));
      const auto a = sort(column(-1), column(1)), b = sort(column(0), beside);
      const V low = hn::Min(hn::Max(a.lowest, b.lowest), hn::Min(a.second_lowest, b.second_lowest));
      const V high = hn::Max(hn::Min(a.highest, b.highest), hn::Max(a.second_highest, b.second_highest));

      const V level = hn::SaturatedSub(hn::AverageRound(low, high), black);
      const V noise = hn::Min(hn::SaturatedAdd(base0, hn::MulHigh(level, slope0)),
                              hn::SaturatedAdd(base1, hn::MulHigh(level, slope1)));
      const V threshold = hn::SaturatedAdd(noise, hn::MulHigh(hn::Sub(high, low), texture));
      const V sample = hn::LoadU(d, in + x);
      const auto candidate = hn::Gt(hn::Max(hn::SaturatedSub(sample, high), hn::SaturatedSub(low, sample)), threshold);
      hn::StoreU(sample, d, out + x);
      if (HWY_LIKELY(hn::AllFalse(d, candidate))) continue;
      alignas(kRowAlignment) std::array<std::uint16_t, kSlack> lows, highs, flags;
      hn::Store(low, d, lows.data());
      hn::Store(high, d, highs.data());
      hn::Store(hn::VecFromMask(d, candidate), d, flags.data());
      for (int lane = 0; lane < std::min(lanes, span.count - x); ++lane) {
        const auto i = static_cast<std::size_t>(lane);
        if (flags[i]) out[x + lane] = judged(r, Site{io, plane, x + lane}, lows[i], highs[i]);
      }
    }
  }
  replace_listed(r, io, span);
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace sunny16::isp {

static_assert(RowStage<DefectPixels>);
HWY_EXPORT(defect_pixels_row);

void DefectPixels::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(defect_pixels_row)(registers, io, span);
}

void DefectPixels::reference_row(const Registers& r, const RowIo& io, Span span) {
  for (int plane = 0; plane < 4; ++plane)
    for (int x = 0; x < span.count; ++x) {
      const Site site{io, plane, x};
      const int sample = site.at(0, 0);
      auto sorted = site.neighbours();
      std::sort(sorted.begin(), sorted.end());
      const int low = sorted[1], high = sorted[6];
      const int level = std::max(((low + high + 1) >> 1) - domain::LinearRaw::black, 0);
      const auto line = [level](NoiseLine l) {
        return std::min(l.base + static_cast<int>(std::int64_t{level} * l.slope.raw >> 16), 65535);
      };
      const int spread = static_cast<int>(std::int64_t{high - low} * r.texture.raw >> 16);
      const int threshold = std::min(std::min(line(r.noise[0]), line(r.noise[1])) + spread, 65535);
      const bool candidate = std::max(sample - high, low - sample) > threshold;
      io.out<std::uint16_t>(plane)[x] = candidate ? judged(r, site, low, high) : static_cast<std::uint16_t>(sample);
    }
  replace_listed(r, io, span);
}

namespace {

/// The list in canonical positions, rising; entries outside the picture are dropped.
std::vector<std::uint32_t> canonical(const std::vector<int>& list, const FrameGeometry& frame) {
  std::vector<std::uint32_t> positions;
  const Rect& active = frame.active;
  for (std::size_t i = 0; i + 1 < list.size(); i += 2)
    if (list[i] >= 0 && list[i] < active.width && list[i + 1] >= 0 && list[i + 1] < active.height)
      positions.push_back(static_cast<std::uint32_t>((list[i + 1] + active.y) << 16 | (list[i] + active.x)));
  std::sort(positions.begin(), positions.end());
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  return positions;
}

}  // namespace

DefectPixels::Registers DefectPixels::derive(const Tuning& tuning, const Conditions& conditions) {
  Registers r;
  r.enabled = tuning.enabled;
  r.noise = {NoiseLine::tangent(conditions.noise, tuning.sigmas, 1.0 / 64),
             NoiseLine::tangent(conditions.noise, tuning.sigmas, 1.0 / 4)};
  r.texture = UQ<0, 16>::real(tuning.texture);
  r.light = UQ<0, 16>::real(tuning.light);
  // Averages of binning dilute a listed defect to a quarter: what still stands out is found like any other.
  if (conditions.binning == 1) {
    const auto positions = canonical(tuning.list, conditions.frame);
    r.listed = static_cast<std::uint16_t>(std::min(positions.size(), r.list.size()));
    std::copy_n(positions.begin(), r.listed, r.list.begin());
  }
  return r;
}

}  // namespace sunny16::isp
#endif
