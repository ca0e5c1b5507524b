#include "sim/scene/resolution_card.h"

#include "sim/scene/charts.h"
#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

constexpr Point kStar{0.29, 0.33}, kZones{0.81, 0.33};
constexpr double kRadius = 0.245;
constexpr int kCycles = 64;
constexpr double kFinest = 180;  ///< cycles per card height at the zone plate's rim

struct DarkSquare {
  const char* name;
  Point centre;
  double reflectance;
};
constexpr std::array<DarkSquare, 2> kSquares{{{"black square", {0.29, 0.8}, kInk}, {"grey square", {0.81, 0.8}, 0.25}}};
constexpr double kReach = 0.125, kSine = 0.087155742747658, kCosine = 0.996194698091746;  // 5 degrees

}  // namespace

double resolution_card(Point at) {
  const Point star = at - kStar, zones = at - kZones;
  if (dot(star, star) < kRadius * kRadius) return siemens_star(star, kRadius, kCycles);
  if (const double r2 = dot(zones, zones); r2 < kRadius * kRadius)
    return printed(0.5 + 0.5 * sine(0.25 + kFinest / (2 * kRadius) * r2));
  for (const DarkSquare& dark : kSquares)
    if (on_turned_square(at - dark.centre, kReach, kSine, kCosine)) return dark.reflectance;
  return kPaper;
}

std::vector<Target> resolution_card_targets(const Card& card) {
  std::vector<Target> targets;
  for (const DarkSquare& dark : kSquares)
    for (Target& edge : edge_targets(dark.name, card.on_picture(dark.centre), kReach * card.scale, kSine, kCosine,
                                     kPaper / dark.reflectance))
      targets.push_back(std::move(edge));
  targets.push_back({.kind = TargetKind::star,
                     .name = "Siemens star",
                     .corners = square(card.on_picture(kStar), kRadius * card.scale).corners(),
                     .luminance = printed(0.5),
                     .cycles = kCycles});
  return targets;
}

}  // namespace sunny16::sim
