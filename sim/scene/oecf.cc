#include "sim/scene/oecf.h"

#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

constexpr double kRadius = 0.36, kReach = 0.042;
constexpr double kLog2Of10 = 3.321928094887362;

}  // namespace

OecfChart::OecfChart() {
  for (int i = 0; i < kPatches; ++i) {
    const double turns = (i + 0.5) / kPatches;  // clockwise from the top
    const Point centre{kRadius * sine(turns), -kRadius * sine(turns + 0.25)};
    patches_[static_cast<std::size_t>(i)] = {square(centre, kReach), exact::exp2(-kDensityStep * i * kLog2Of10)};
  }
}

Colour OecfChart::light(Point at, double, const Palette& palette) const {
  if (const double r2 = dot(at, at); r2 > 0.29 * 0.29 && r2 < 0.43 * 0.43)
    for (const Patch& patch : patches_)
      if (patch.box.contains(at)) return palette.white(0) * patch.reflectance;
  return palette.white(0) * kBackground;
}

std::vector<Target> OecfChart::targets() const {
  std::vector<Target> targets;
  for (const Patch& patch : patches_)
    targets.push_back({.kind = TargetKind::grey_step,
                       .name = "density step " + std::to_string(targets.size()),
                       .corners = patch.box.grown(-0.15 * kReach).corners(),
                       .luminance = patch.reflectance});
  return targets;
}

}  // namespace sunny16::sim
