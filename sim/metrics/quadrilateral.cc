#include "sim/metrics/quadrilateral.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/metrics/metric_error.h"

namespace sunny16::sim {
namespace {

std::string text(isp::Rect r) {
  return std::to_string(r.width) + " x " + std::to_string(r.height) + " pixels at " + std::to_string(r.x) + ", " +
         std::to_string(r.y);
}

}  // namespace

Quadrilateral Quadrilateral::of(isp::Rect r) {
  const double left = r.x - 0.5, top = r.y - 0.5, right = left + r.width, bottom = top + r.height;
  return {{{{left, top}, {right, top}, {right, bottom}, {left, bottom}}}};
}

isp::Rect Quadrilateral::bounds() const {
  const auto [left, right] = std::ranges::minmax(corners, {}, &Position::x);
  const auto [top, bottom] = std::ranges::minmax(corners, {}, &Position::y);
  const int x = static_cast<int>(std::ceil(left.x)), y = static_cast<int>(std::ceil(top.y));
  return {x, y, static_cast<int>(std::floor(right.x)) + 1 - x, static_cast<int>(std::floor(bottom.y)) + 1 - y};
}

bool Quadrilateral::contains(Position p) const {
  bool left = false, right = false;
  for (std::size_t i = 0; i < 4; ++i) {
    const Position &a = corners[i], &b = corners[(i + 1) % 4];
    const double side = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    left |= side<0, right |= side> 0;
  }
  return !(left && right);
}

void check_inside(std::string_view what, isp::Rect r, int width, int height, int least) {
  const std::string found = std::string(what) + ": found " + text(r);
  if (r.width < least || r.height < least)
    throw MetricError(found + ", allowed at least " + std::to_string(least) + " pixels a side");
  if (r.x < 0 || r.y < 0 || r.x > width - r.width || r.y > height - r.height)
    throw MetricError(found + ", allowed inside the picture's " + std::to_string(width) + " x " +
                      std::to_string(height));
}

}  // namespace sunny16::sim
