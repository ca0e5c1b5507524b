// Quadrilaterals of a picture.
#pragma once

#include <array>
#include <string_view>

#include "isp/core/plane.h"
#include "sim/metrics/position.h"

namespace sunny16::sim {

/// A convex quadrilateral; its corners go round in either sense.
struct Quadrilateral {
  std::array<Position, 4> corners;

  static Quadrilateral of(isp::Rect r);
  /// The smallest rectangle that holds all pixels inside.
  isp::Rect bounds() const;
  bool contains(Position p) const;
};

/// Throws MetricError, "<what>: found ..., allowed ...", unless the rectangle lies inside a picture of this size and
/// has `least` pixels a side.
void check_inside(std::string_view what, isp::Rect r, int width, int height, int least = 2);

/// Calls visit(x, y) for each pixel whose centre lies inside, row by row.
template <class Visit>
void for_each_pixel(const Quadrilateral& area, Visit&& visit) {
  const isp::Rect box = area.bounds();
  for (int y = box.y; y < box.y + box.height; ++y)
    for (int x = box.x; x < box.x + box.width; ++x)
      if (area.contains({static_cast<double>(x), static_cast<double>(y)})) visit(x, y);
}

}  // namespace sunny16::sim
