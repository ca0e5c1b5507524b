#include "sim/scene/dead_leaves.h"

#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

constexpr Box kField{{-0.44, -0.44}, {0.44, 0.44}};
constexpr Box kLeft{{-0.62, -0.3}, {-0.48, 0.3}}, kRight{{0.48, -0.3}, {0.62, 0.3}};
constexpr double kBorder = 0.6;

/// The mean number of discs above each other: e^-15 of the field stays uncovered.
constexpr double kLayers = 15;

}  // namespace

double DeadLeaves::radius(double rank) {
  constexpr double kNear = 1 / (kSmallest * kSmallest), kFar = 1 / (kLargest * kLargest);
  return 1 / std::sqrt(kNear - rank * (kNear - kFar));
}

DeadLeaves::DeadLeaves(bool coloured) : discs_(kField, 0.008) {
  const Box around = kField.grown(kLargest);
  double covered = 0;
  const double enough = kLayers * around.size().x * around.size().y;
  for (int i = 0; covered < enough; ++i) {
    const auto random = [i](int what) { return cell_noise(i, what); };
    const auto shade = [&](int what) { return kDarkest + (kLightest - kDarkest) * random(what); };
    const Point place{random(0), random(1)};
    const double r = radius(random(2)), grey_of_disc = shade(3);
    discs_.add({.centre = around.from + Point{place.x * around.size().x, place.y * around.size().y},
                .longer = r,
                .shorter = r,
                .paint = coloured ? Colour{grey_of_disc, shade(4), shade(5)} : grey(grey_of_disc)});
    covered += 3.14159265358979 * r * r;
  }
}

Colour DeadLeaves::light(Point at, double, const Palette& palette) const {
  if (const Leaf* disc = discs_.at(at)) return palette.surface(0, disc->paint);
  const bool even = kField.contains(at) || kLeft.contains(at) || kRight.contains(at);
  return palette.white(0) * (even ? kMean : kBorder);
}

std::vector<Target> DeadLeaves::targets() const {
  return {{.kind = TargetKind::dead_leaves,
           .name = "dead leaves",
           .corners = kField.grown(-0.04).corners(),
           .luminance = kMean},
          {.kind = TargetKind::flat, .name = "left", .corners = kLeft.grown(-0.01).corners(), .luminance = kMean},
          {.kind = TargetKind::flat, .name = "right", .corners = kRight.grown(-0.01).corners(), .luminance = kMean}};
}

}  // namespace sunny16::sim
