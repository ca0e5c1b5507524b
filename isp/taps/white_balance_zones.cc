#include "isp/taps/white_balance_zones.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/taps/white_balance_zones.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/taps/quad_sums-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

void sum_white_zone(const WhiteBalanceZones::Registers& registers, const RowIo& io, int first, int count,
                    Statistics::WhiteZone& zone) {
  const Tag16 d;
  const auto lower = hn::Set(d, registers.lower), upper = hn::Set(d, registers.upper), one = hn::Set(d, 1);
  const auto black = hn::Set(d, domain::LinearRaw::black);
  RowSum red, green_r, green_b, blue;
  auto quads = hn::Zero(d);  // bound: a lane adds at most 2^13 ones
  for_each_vector(first, count, [&](int i, auto inside) HWY_ATTR {
    const auto r = hn::LoadU(d, io.in<std::uint16_t>(0, kR) + i), gr = hn::LoadU(d, io.in<std::uint16_t>(0, kGr) + i);
    const auto gb = hn::LoadU(d, io.in<std::uint16_t>(0, kGb) + i), b = hn::LoadU(d, io.in<std::uint16_t>(0, kB) + i);
    const auto smallest = hn::Min(hn::Min(r, gr), hn::Min(gb, b)), largest = hn::Max(hn::Max(r, gr), hn::Max(gb, b));
    const auto counts =
        hn::And(inside, hn::And(hn::Eq(hn::Min(smallest, lower), lower), hn::Eq(hn::Max(largest, upper), upper)));
    red.add(hn::IfThenElseZero(counts, hn::Sub(r, black)));
    green_r.add(hn::IfThenElseZero(counts, hn::Sub(gr, black)));
    green_b.add(hn::IfThenElseZero(counts, hn::Sub(gb, black)));
    blue.add(hn::IfThenElseZero(counts, hn::Sub(b, black)));
    quads = hn::Add(quads, hn::IfThenElseZero(counts, one));
  });
  RowSum counted;
  counted.add(quads);
  zone += {red.total(), std::uint64_t{green_r.total()} + green_b.total(), blue.total(), counted.total()};
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace sunny16::isp {

static_assert(Tap<WhiteBalanceZones>);
HWY_EXPORT(sum_white_zone);

void WhiteBalanceZones::fast_row(const Registers& registers, const RowIo& io, Span span, Statistics& statistics) {
  const int zone_y = registers.y.find(span.y);
  if (!registers.y.has(zone_y)) return;
  auto& zones = statistics.white_balance[static_cast<std::size_t>(zone_y)];
  registers.x.split(span, [&](int zone, int first, int count) {
    HWY_DYNAMIC_DISPATCH(sum_white_zone)(registers, io, first, count, zones[static_cast<std::size_t>(zone)]);
  });
}

void WhiteBalanceZones::reference_row(const Registers& registers, const RowIo& io, Span span, Statistics& statistics) {
  const int zone_y = registers.y.find(span.y);
  if (!registers.y.has(zone_y)) return;
  for (int i = 0; i < span.count; ++i) {
    const int zone_x = registers.x.find(span.x + i);
    if (!registers.x.has(zone_x)) continue;
    std::array<std::uint16_t, 4> quad;
    for (std::size_t p = 0; p < 4; ++p) quad[p] = io.in<std::uint16_t>(0, static_cast<int>(p))[i];
    const auto [smallest, largest] = std::minmax_element(quad.begin(), quad.end());
    if (*smallest < registers.lower || *largest > registers.upper) continue;
    const auto level = [&](Quad plane) { return static_cast<std::uint64_t>(quad[plane] - domain::LinearRaw::black); };
    statistics.white_balance[static_cast<std::size_t>(zone_y)][static_cast<std::size_t>(zone_x)] +=
        {level(kR), level(kGr) + level(kGb), level(kB), 1};
  }
}

WhiteBalanceZones::Registers WhiteBalanceZones::derive(const Tuning& tuning, const Conditions& conditions) {
  using domain::LinearRaw;
  const QuadRect quads = whole_quads(conditions);
  const auto level = [](double v) {
    return static_cast<std::uint16_t>(LinearRaw::black + round_half_up(v * LinearRaw::range));
  };
  return {.enabled = tuning.enabled,
          .x = Zones<Statistics::kWhiteZones>::even(quads.left, quads.right),
          .y = Zones<Statistics::kWhiteZones>::even(quads.top, quads.bottom),
          .lower = level(tuning.lower),
          .upper = level(tuning.upper)};
}

}  // namespace sunny16::isp
#endif
