#include "sim/scene/charts.h"

#include <algorithm>
#include <cmath>

#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

constexpr double kPitch = 0.2375, kMargin = (1 - 3 * kPitch - kColourCheckerPatch) / 2;

}  // namespace

Point colour_checker_patch(int index) {
  constexpr double kFirst = kMargin + kColourCheckerPatch / 2;
  return {kFirst + index % 6 * kPitch, kFirst + index / 6 * kPitch};
}

std::optional<std::size_t> colour_checker_patch_at(Point at) {
  const double u = (at.x - kMargin) * (1 / kPitch), v = (at.y - kMargin) * (1 / kPitch);
  const int column = std::clamp(static_cast<int>(u), 0, 5), row = std::clamp(static_cast<int>(v), 0, 3);
  constexpr double kFilled = kColourCheckerPatch / kPitch;
  if (u < column || v < row || u - column >= kFilled || v - row >= kFilled) return std::nullopt;
  return static_cast<std::size_t>(6 * row + column);
}

Target colour_checker_target(const Card& card) {
  const auto patch = [&](int index) { return card.on_picture(colour_checker_patch(index)); };
  return {.kind = TargetKind::colour_checker,
          .name = "ColorChecker",
          .corners = {patch(0), patch(5), patch(23), patch(18)}};
}

double grey_step(int step) {
  static constexpr auto kSteps = [] {
    std::array<double, kRampSteps> steps{};
    for (std::size_t i = 0; i < kRampSteps; ++i) steps[i] = 0.9 * exact::exp2(-static_cast<double>(i) / 3);
    return steps;
  }();
  return kSteps[static_cast<std::size_t>(std::clamp(step, 0, kRampSteps - 1))];
}

double grey_ramp(Point at, double width) {
  const double place = kRampSteps * at.x / width;
  return at.y < 0.5 ? grey_step(static_cast<int>(place)) : 0.9 * exact::exp2(-(place - 0.5) / 3);
}

double spokes(Point direction, int cycles) {
  // The imaginary part of a power of a unit complex number, by squaring.
  Point power{1, 0}, factor = direction;
  const auto product = [](Point a, Point b) { return Point{a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x}; };
  for (int rest = cycles; rest > 0; rest >>= 1, factor = product(factor, factor))
    if (rest & 1) power = product(power, factor);
  return power.y;
}

double siemens_star(Point from_centre, double radius, int cycles) {
  const double r = length(from_centre);
  return r < 0.03 * radius ? printed(0.5) : printed(0.5 + 0.5 * spokes(from_centre * (1 / r), cycles));
}

bool on_turned_square(Point d, double reach, double sine, double cosine) {
  const double along = d.x * cosine + d.y * sine, across = d.y * cosine - d.x * sine;
  return exact::max(exact::abs(along), exact::abs(across)) < reach;
}

std::vector<Target> edge_targets(const std::string& name, Point centre, double reach, double sine, double cosine,
                                 double contrast) {
  constexpr double kAlong = 0.6, kAcross = 0.5;  // of the reach: away from the square's corners
  const Point right{reach * cosine, reach * sine}, down{-reach * sine, reach * cosine};
  const auto side = [&](const char* which, Point middle, Point half) {
    return Target{.kind = TargetKind::edge,
                  .name = name + ' ' + which,
                  .corners = rectangle(centre + middle - half, centre + middle + half),
                  .luminance = contrast};
  };
  const Point upright{kAcross * reach, kAlong * reach}, level{kAlong * reach, kAcross * reach};
  return {side("left", right * -1, upright), side("right", right, upright), side("top", down * -1, level),
          side("bottom", down, level)};
}

}  // namespace sunny16::sim
