// The geometry that scenes are composed of: boxes, cards, round bodies.
#pragma once

#include <cmath>
#include <optional>

#include "isp/core/exact_math.h"
#include "sim/scene/scene.h"

namespace sunny16::sim {

inline double length(Point p) { return std::sqrt(dot(p, p)); }

/// A rectangle, its sides along the axes.
struct Box {
  Point from, to;

  constexpr bool contains(Point p) const { return p.x >= from.x && p.x < to.x && p.y >= from.y && p.y < to.y; }
  constexpr Point centre() const { return (from + to) * 0.5; }
  constexpr Point size() const { return to - from; }
  /// Where a point lies between the corners: (0, 0) at the upper left, (1, 1) at the lower right.
  constexpr Point place(Point p) const { return {(p.x - from.x) / (to.x - from.x), (p.y - from.y) / (to.y - from.y)}; }
  constexpr Box grown(double by) const { return {from - Point{by, by}, to + Point{by, by}}; }
  constexpr std::array<Point, 4> corners() const { return rectangle(from, to); }
};

constexpr Box square(Point centre, double reach) {
  return {centre - Point{reach, reach}, centre + Point{reach, reach}};
}

/// Distance from a point to a box's rim, negative inside.
inline double distance(const Box& box, Point p) {
  const Point d = p - box.centre(), half = box.size() * 0.5;
  const double x = isp::exact::abs(d.x) - half.x, y = isp::exact::abs(d.y) - half.y;
  const Point outside{isp::exact::max(x, 0), isp::exact::max(y, 0)};
  return length(outside) + isp::exact::min(isp::exact::max(x, y), 0);
}

/// Distance from a point to the line from a to b.
inline double distance(Point a, Point b, Point p) {
  const Point line = b - a, d = p - a;
  return length(d - line * isp::exact::clamp(dot(d, line) / dot(line, line), 0, 1));
}

/// A rectangle that holds a card, `scale` of our units a card's height; a card's own unit is its height.
struct Card {
  Point corner;
  double width, scale;

  constexpr Box box() const { return {corner, corner + Point{width, 1} * scale}; }
  constexpr Point on_picture(Point on_card) const { return corner + on_card * scale; }
  constexpr std::optional<Point> place(Point at) const {
    const Point p = (at - corner) * (1 / scale);
    if (p.x < 0 || p.y < 0 || p.x >= width || p.y >= 1) return std::nullopt;
    return p;
  }
};

}  // namespace sunny16::sim
