// Pictures with a ColorChecker somewhere, and where that is.
#pragma once

#include <array>
#include <cmath>
#include <numbers>

#include "sim/metrics/plane.h"
#include "sim/metrics/position.h"
#include "sim/optics/lens.h"
#include "sim/scene/charts.h"
#include "sim/scene/pattern.h"

namespace sunny16::sim::test {

using Rgb = std::array<isp::Image<float>, 3>;
inline std::array<Plane, 3> view(const Rgb& rgb) { return {rgb[0].view(), rgb[1].view(), rgb[2].view()}; }

/// How a pinhole camera sees a card that it looks straight at, but for the angles.
struct Pose {
  double height = 0.5;  ///< of the card, in picture heights, if it is not tilted
  double turned = 0;    ///< degrees, clockwise in the picture
  double tilted = 0;    ///< degrees, about the picture's vertical axis after the turn
  bool mirrored = false;
  Point centre = {};
};

/// The chart before a mottled wall, at a distance of 1.5 picture heights.
class ChartOnWall final : public Scene {
 public:
  explicit ChartOnWall(const Pose& pose) : pose_(pose) {}

  Colour light(Point at) const override {
    const Point p = on_card(at);
    if (p.x >= 0 && p.x < kWidth && p.y >= 0 && p.y < 1) return colour_checker(p);
    return Colour{0.34, 0.30, 0.25} * (1 + 0.4 * fractal_noise(at * 40, 2));
  }

  /// Where in a picture of this size a patch's centre is, in pixels.
  Position patch(int index, int width, int height) const {
    const Point p = colour_checker_patch(index) - Point{kWidth / 2, 0.5};
    const double x = (pose_.mirrored ? -p.x : p.x) * pose_.height, y = p.y * pose_.height;
    const double c = std::cos(turn()), s = std::sin(turn());
    const double flat = c * x - s * y, nearness = kDistance / (kDistance + std::sin(tilt()) * flat);
    const Point seen{std::cos(tilt()) * flat * nearness + pose_.centre.x, (s * x + c * y) * nearness + pose_.centre.y};
    return {seen.x * height + width / 2.0 - 0.5, (seen.y + 0.5) * height - 0.5};
  }

 private:
  static constexpr double kWidth = 1.475, kDistance = 1.5;

  double turn() const { return pose_.turned * std::numbers::pi / 180; }
  double tilt() const { return pose_.tilted * std::numbers::pi / 180; }

  /// The inverse: from a place in the picture to the card.
  Point on_card(Point at) const {
    const Point p = at - pose_.centre;
    const double flat = p.x * kDistance / (std::cos(tilt()) * kDistance - std::sin(tilt()) * p.x);
    const double v = p.y * (kDistance + std::sin(tilt()) * flat) / kDistance;
    const double c = std::cos(turn()), s = std::sin(turn());
    const Point card = Point{c * flat + s * v, c * v - s * flat} * (1 / pose_.height);
    return Point{pose_.mirrored ? -card.x : card.x, card.y} + Point{kWidth / 2, 0.5};
  }

  Pose pose_;
};

/// A function from pixel x, y to a Colour, as a picture.
template <class F>
Rgb picture(int width, int height, F&& colour) {
  Rgb rgb{isp::Image<float>(width, height), isp::Image<float>(width, height), isp::Image<float>(width, height)};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const Colour c = colour(x, y);
      rgb[0].row(y)[x] = static_cast<float>(c.r);
      rgb[1].row(y)[x] = static_cast<float>(c.g);
      rgb[2].row(y)[x] = static_cast<float>(c.b);
    }
  return rgb;
}

inline Rgb photograph(const Scene& scene, int width, int height, double blur = 0.45) {
  const LightImage light = render(scene, {.blur = blur}, width, height, 2);
  return picture(width, height, [&](int x, int y) {
    const float* p = light.row(y) + 3 * x;
    return Colour{p[0], p[1], p[2]};
  });
}

}  // namespace sunny16::sim::test
