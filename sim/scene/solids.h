// Round bodies and how light falls on them.
#pragma once

#include <span>
#include <vector>

#include "sim/scene/shapes.h"

namespace sunny16::sim {

/// A direction in space of length 1: to the right, down, towards the viewer.
struct Direction {
  double x = 0, y = 0, z = 1;
  friend constexpr double dot(const Direction& a, const Direction& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
};

inline Direction direction(double x, double y, double z) {
  const double scale = 1 / std::sqrt(x * x + y * y + z * z);
  return {x * scale, y * scale, z * scale};
}

/// What is seen at a point of a body.
struct Surface {
  Direction normal;
  double around = 0;    ///< -1 at the left rim, 1 at the right
  double along = 0;     ///< 0 at the top of the axis, 1 at the foot
  bool inside = false;  ///< through the opening at the top
};

/// A body turned on a lathe and seen a little from above: a fruit, a vase, a lamp. Its axis lies in the picture's
/// plane.
class Turned {
 public:
  /// `radii`, in lengths of the axis, lie evenly spaced from `top` to `foot`. A smooth curve joins their squares, so
  /// that a body whose radius ends at 0 is round there, and one that does not is open, or stands on a disc.
  Turned(Point top, Point foot, std::span<const double> radii);

  std::optional<Surface> at(Point p) const;
  double widest() const { return widest_; }
  Point foot() const { return foot_; }

 private:
  struct Ring {
    double squared, slope;  ///< radius^2, and half of how it grows along the axis
  };
  Ring ring(double along) const;

  Point top_, foot_, axis_;
  double length_, widest_ = 0;
  std::vector<Ring> rings_;
  Box around_;
};

/// A broad light, as a window is, with its reflection: `soft` is how far it reaches around a body, 0..1.
struct KeyLight {
  Direction from;
  double soft = 0.2;

  /// Lambert's law under the broad light.
  double diffuse(const Direction& normal) const { return isp::exact::max(0, (dot(from, normal) + soft) / (1 + soft)); }
  /// The image of the window, two panes by two, in a glossy body: 0..1. `sharp` is 1 over the blur of its edges.
  double window(const Direction& normal, double sharp) const;
};

}  // namespace sunny16::sim
