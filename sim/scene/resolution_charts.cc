#include "sim/scene/resolution_charts.h"

#include "sim/scene/charts.h"
#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

constexpr double kPitch = 0.1, kReach = 0.04;

/// Eight greys in a column on the left, eight on the right, the lightest first.
Box step_box(int step) {
  const int row = step % 8;
  return square({step < 8 ? -0.56 : 0.56, (row - 3.5) * kPitch}, kReach);
}

/// The card around the round chart.
double border(Point at) {
  if (exact::abs(at.x) > 0.5 && exact::abs(at.x) < 0.62 && exact::abs(at.y) < 4 * kPitch) {
    const int step = static_cast<int>((at.y + 4 * kPitch) / kPitch) + (at.x < 0 ? 0 : 8);
    if (step_box(step).contains(at)) return grey_step(step);
  }
  return printed(0.5);
}

std::vector<Target> step_targets() {
  std::vector<Target> targets;
  for (int step = 0; step < kRampSteps; ++step)
    targets.push_back({.kind = TargetKind::grey_step,
                       .name = "step " + std::to_string(step),
                       .corners = step_box(step).grown(-0.15 * kReach).corners(),
                       .luminance = grey_step(step)});
  return targets;
}

}  // namespace

Colour SiemensStar::light(Point at, double, const Palette& palette) const {
  const bool inside = dot(at, at) < kRadius * kRadius;
  return palette.white(0) * (inside ? siemens_star(at, kRadius, kCycles) : border(at));
}

std::vector<Target> SiemensStar::targets() const {
  std::vector<Target> targets = step_targets();
  targets.push_back({.kind = TargetKind::star,
                     .name = "Siemens star",
                     .corners = square({}, kRadius).corners(),
                     .luminance = printed(0.5),
                     .cycles = kCycles});
  return targets;
}

Colour ZonePlate::light(Point at, double, const Palette& palette) const {
  const double r2 = dot(at, at);
  if (r2 >= kRadius * kRadius) return palette.white(0) * border(at);
  return palette.white(0) * printed(0.5 - 0.5 * sine(0.25 + kFinest / (2 * kRadius) * r2));
}

std::vector<Target> ZonePlate::targets() const { return step_targets(); }

}  // namespace sunny16::sim
