// A box seen along its middle, in one-point perspective: a room, a street between walls.
#pragma once

#include "sim/scene/shapes.h"

namespace sunny16::sim {

/// A place in space, from the eye: to the right, down, away. Metres.
struct Place {
  double x = 0, y = 0, z = 0;
  friend constexpr Place operator-(const Place& a, const Place& b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
  friend constexpr double dot(const Place& a, const Place& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
};

enum class Side : std::uint8_t { left, right, top, bottom, back };

struct Room {
  Point vanishing;                        ///< where the walls' lines meet
  double focal = 1;                       ///< of the picture's height
  double left, right, top, bottom, back;  ///< places of the walls; left and top are negative

  struct Hit {
    Side side;
    Place place;
  };

  constexpr Hit hit(Point at) const {
    const Point ray = (at - vanishing) * (1 / focal);
    Hit h{Side::back, {0, 0, back}};
    const auto nearer = [&](Side side, double wall, double slope) {
      if (slope * wall > 0 && wall < h.place.z * isp::exact::abs(slope) && -wall < h.place.z * isp::exact::abs(slope))
        h = {side, {0, 0, wall / slope}};
    };
    nearer(ray.x < 0 ? Side::left : Side::right, ray.x < 0 ? left : right, ray.x);
    nearer(ray.y < 0 ? Side::top : Side::bottom, ray.y < 0 ? top : bottom, ray.y);
    h.place.x = ray.x * h.place.z, h.place.y = ray.y * h.place.z;
    return h;
  }
  /// Where a place is seen.
  constexpr Point seen(const Place& p) const { return vanishing + Point{p.x, p.y} * (focal / p.z); }
};

}  // namespace sunny16::sim
