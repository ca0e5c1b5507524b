#include "isp/stages/green_equalisation.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/green_equalisation.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/stages/binomial-inl.h"

#ifndef SUNNY16_ISP_STAGES_GREEN_EQUALISATION_ONCE
#define SUNNY16_ISP_STAGES_GREEN_EQUALISATION_ONCE
#include <algorithm>
#include <cstdlib>

namespace sunny16::isp {

/// The quad left above whose sample of the other green, with its three right and lower ones, surrounds a green's
/// centre: the nearest Gb around Gr (2x + 1, 2y) are in columns x and x + 1 of rows y - 1 and y, those of Gr around Gb
/// the other way round.
struct OtherGreen {
  Quad plane;
  int dx, dy;
  constexpr explicit OtherGreen(Quad green)
      : plane(green == kGr ? kGb : kGr), dx(green == kGr ? 0 : -1), dy(green == kGr ? -1 : 0) {}
};

inline void copy_colours(const RowIo& io, Span span) {
  for (const Quad plane : {kR, kB})
    std::copy_n(io.in<std::uint16_t>(0, plane), span.count, io.out<std::uint16_t>(plane));
}

}  // namespace sunny16::isp
#endif

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

void green_equalisation_row(const GreenEqualisation::Registers& r, const RowIo& io, Span span) {
  const hn::ScalableTag<std::uint16_t> d;
  const auto black = hn::Set(d, domain::LinearRaw::black), base = hn::Set(d, r.limit.base);
  const auto slope = hn::Set(d, r.limit.slope.raw), half_strength = hn::Set(d, r.half_strength.raw);
  for (const Quad plane : {kGr, kGb}) {
    const OtherGreen other(plane);
    const auto* in = io.in<std::uint16_t>(0, plane);
    const auto *above = io.in<std::uint16_t>(0, plane, -1), *below = io.in<std::uint16_t>(0, plane, 1);
    const auto* upper = io.in<std::uint16_t>(0, other.plane, other.dy) + other.dx;
    const auto* lower = io.in<std::uint16_t>(0, other.plane, other.dy + 1) + other.dx;
    auto* out = io.out<std::uint16_t>(plane);
    for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(d))) {
      const auto column = [&](int dx) HWY_ATTR {
        return binomial(hn::LoadU(d, above + x + dx), hn::LoadU(d, in + x + dx), hn::LoadU(d, below + x + dx));
      };
      const auto own = binomial(column(-1), column(0), column(1));
      const auto across = [&](int dx) HWY_ATTR {
        return hn::AverageRound(hn::LoadU(d, upper + x + dx), hn::LoadU(d, lower + x + dx));
      };
      const auto others = hn::AverageRound(across(0), across(1));

      const auto level = hn::SaturatedSub(hn::AverageRound(own, others), black);
      const auto limit = hn::SaturatedAdd(base, hn::MulHigh(level, slope));
      const auto excess = hn::SaturatedSub(own, others), lack = hn::SaturatedSub(others, own);
      const auto taken = [&](auto distance) HWY_ATTR {
        const auto imbalance = hn::Min(distance, hn::SaturatedSub(hn::SaturatedAdd(limit, limit), distance));
        return hn::MulHigh(imbalance, half_strength);
      };
      const auto v = hn::LoadU(d, in + x);
      hn::StoreU(hn::SaturatedAdd(hn::SaturatedSub(v, taken(excess)), taken(lack)), d, out + x);
    }
  }
  copy_colours(io, span);
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "isp/stages/binomial.h"

namespace sunny16::isp {

static_assert(RowStage<GreenEqualisation>);
HWY_EXPORT(green_equalisation_row);

void GreenEqualisation::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(green_equalisation_row)(registers, io, span);
}

void GreenEqualisation::reference_row(const Registers& r, const RowIo& io, Span span) {
  const auto mean = [](int a, int b) { return (a + b + 1) >> 1; };
  // Products stay below 65535 * 65535 < 2^32.
  const auto share = [](int v, std::uint32_t factor) {
    return static_cast<int>(static_cast<std::uint32_t>(v) * factor >> 16);
  };
  for (const Quad plane : {kGr, kGb}) {
    const OtherGreen other(plane);
    for (int x = 0; x < span.count; ++x) {
      const int own = binomial_3x3([&](int dx, int dy) { return int{io.in<std::uint16_t>(0, plane, dy)[x + dx]}; });
      const auto across = [&](int dx) {
        return mean(io.in<std::uint16_t>(0, other.plane, other.dy)[x + other.dx + dx],
                    io.in<std::uint16_t>(0, other.plane, other.dy + 1)[x + other.dx + dx]);
      };
      const int others = mean(across(0), across(1));
      const int level = std::max(mean(own, others) - domain::LinearRaw::black, 0);
      const int limit = std::min(r.limit.base + share(level, r.limit.slope.raw), 65535);
      const int distance = std::abs(own - others),
                taken =
                    share(std::min(distance, std::max(std::min(2 * limit, 65535) - distance, 0)), r.half_strength.raw);
      const int v = io.in<std::uint16_t>(0, plane)[x];
      io.out<std::uint16_t>(plane)[x] =
          static_cast<std::uint16_t>(std::clamp(own > others ? v - taken : v + taken, 0, 65535));
    }
  }
  copy_colours(io, span);
}

GreenEqualisation::Registers GreenEqualisation::derive(const Tuning& tuning, const Conditions& conditions) {
  // The variance of d is (3 / 8)^2 of a sample's for the binomial mean, and 1 / 4 for the mean of four.
  constexpr double kDeviation = 0.625;
  return {.enabled = tuning.enabled,
          .limit = NoiseLine::tangent(conditions.noise, kDeviation * tuning.sigmas, 0.25, tuning.offset / 65536,
                                      tuning.slope),
          .half_strength = UQ<0, 16>::real(tuning.strength / 2)};
}

}  // namespace sunny16::isp
#endif
