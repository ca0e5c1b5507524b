#include "sim/scene/charts.h"

#include <algorithm>

#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

constexpr double kPitch = 0.2375, kPatch = 0.2, kMargin = (1 - 3 * kPitch - kPatch) / 2;
constexpr double kPaper = 0.82, kInk = 0.045;

double ink(double part) { return kPaper + (kInk - kPaper) * part; }

/// sin(64 angle) of a direction: the imaginary part of the 64th power of a unit complex number.
double spokes(Point direction) {
  double re = direction.x, im = direction.y;
  for (int doubling = 0; doubling < 6; ++doubling) {
    const double next = re * re - im * im;
    im = 2 * re * im, re = next;
  }
  return im;
}

}  // namespace

Point colour_checker_patch(int index) {
  return {kMargin + kPatch / 2 + index % 6 * kPitch, kMargin + kPatch / 2 + index / 6 * kPitch};
}

Colour colour_checker(Point at) {
  const double u = (at.x - kMargin) / kPitch, v = (at.y - kMargin) / kPitch;
  const int column = std::clamp(static_cast<int>(u), 0, 5), row = std::clamp(static_cast<int>(v), 0, 3);
  const bool inside = u >= column && v >= row && u - column < kPatch / kPitch && v - row < kPatch / kPitch;
  return inside ? kColourChecker[static_cast<std::size_t>(6 * row + column)] : grey(0.02);
}

Colour grey_ramp(Point at, double width) {
  constexpr int kSteps = 16;
  const double place = kSteps * at.x / width;
  const double step = at.y < 0.5 ? exact::floor(place) : place - 0.5;
  return grey(0.9 * exact::exp2(-step / 3));
}

Colour resolution_chart(Point at) {
  constexpr Point kStar{0.29, 0.33}, kZones{0.81, 0.33}, kSquares[]{{0.29, 0.8}, {0.81, 0.8}};
  constexpr double kRadius = 0.245, kSide = 0.125;
  constexpr Point kAxis{0.9961947, 0.0871557};  // 5 degrees

  const Point star = at - kStar, zones = at - kZones;
  if (const double r2 = dot(star, star); r2 < kRadius * kRadius) {
    const double r = exact::sqrt(r2);
    return grey(r < 0.01 ? kInk : ink(0.5 + 0.5 * spokes(star * (1 / r))));
  }
  if (const double r2 = dot(zones, zones); r2 < kRadius * kRadius) {
    constexpr double kFinest = 180;  // cycles per card height at the rim
    return grey(ink(0.5 + 0.5 * sine(0.25 + kFinest / (2 * kRadius) * r2)));
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const Point d = at - kSquares[i];
    const double along = dot(d, kAxis), across = d.y * kAxis.x - d.x * kAxis.y;
    if (exact::max(exact::abs(along), exact::abs(across)) < kSide) return grey(i == 0 ? kInk : 0.25);
  }
  return grey(kPaper);
}

}  // namespace sunny16::sim
