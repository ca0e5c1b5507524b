#include "sim/scene/dot_grid.h"

#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

constexpr Point kFirst{-(DotGrid::kColumns - 1) / 2 * DotGrid::kPitch, -(DotGrid::kRows - 1) / 2 * DotGrid::kPitch};

double nearest(double place, int count) { return exact::clamp(exact::floor(place + 0.5), 0, count - 1); }

}  // namespace

Colour DotGrid::light(Point at, double, const Palette& palette) const {
  const Point place = (at - kFirst) * (1 / kPitch);
  const Point d = place - Point{nearest(place.x, kColumns), nearest(place.y, kRows)};
  return palette.white(0) * (dot(d, d) < kRadius * kRadius / (kPitch * kPitch) ? kDark : kLight);
}

std::vector<Target> DotGrid::targets() const {
  return {{.kind = TargetKind::dots,
           .name = "dots",
           .corners = rectangle(kFirst, kFirst * -1),
           .luminance = kDark,
           .columns = kColumns,
           .rows = kRows}};
}

}  // namespace sunny16::sim
