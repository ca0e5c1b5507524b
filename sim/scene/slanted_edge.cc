#include "sim/scene/slanted_edge.h"

#include "sim/scene/charts.h"
#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

constexpr Point kPitch{0.5, 0.32};
constexpr double kReach = 0.105;
constexpr double kSine = 0.087155742747658, kCosine = 0.996194698091746;  // 5 degrees

constexpr Point centre_of(int column, int row) { return {column * kPitch.x, row * kPitch.y}; }
constexpr double sine_of(int column, int row) { return ((column + row) & 1) == 0 ? kSine : -kSine; }

int nearest(double place) { return static_cast<int>(exact::clamp(exact::floor(place + 0.5), -1, 1)); }

}  // namespace

Colour SlantedEdges::light(Point at, double, const Palette& palette) const {
  const int column = nearest(at.x / kPitch.x), row = nearest(at.y / kPitch.y);
  const bool dark = on_turned_square(at - centre_of(column, row), kReach, sine_of(column, row), kCosine);
  return palette.white(0) * (dark ? kDark : kLight);
}

std::vector<Target> SlantedEdges::targets() const {
  constexpr std::array<std::array<const char*, 3>, 3> kNames{
      {{"upper left", "top", "upper right"}, {"left", "centre", "right"}, {"lower left", "bottom", "lower right"}}};
  std::vector<Target> targets;
  for (int row = -1; row <= 1; ++row)
    for (int column = -1; column <= 1; ++column) {
      const char* name = kNames[static_cast<std::size_t>(row + 1)][static_cast<std::size_t>(column + 1)];
      for (Target& t :
           edge_targets(name, centre_of(column, row), kReach, sine_of(column, row), kCosine, kLight / kDark))
        targets.push_back(std::move(t));
    }
  return targets;
}

}  // namespace sunny16::sim
