#include "sim/metrics/chart_geometry.h"

#include <string>

#include "sim/metrics/metric_error.h"

namespace sunny16::sim {
namespace {

double cross(Position a, Position b, Position c) { return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x); }

/// Each corner turns the same way, by an area of at least a pixel.
bool convex(const std::array<Position, 4>& p) {
  int left = 0, right = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const double turn = cross(p[i], p[(i + 1) % 4], p[(i + 2) % 4]);
    left += turn <= -1, right += turn >= 1;
  }
  return left == 4 || right == 4;
}

std::string text(const std::array<Position, 4>& corners) {
  std::string all;
  for (const Position& p : corners) all += (all.empty() ? "" : " ") + std::to_string(p.x) + "," + std::to_string(p.y);
  return all;
}

}  // namespace

Homography::Homography(const std::array<Position, 4>& p) {
  if (!convex(p))
    throw MetricError("chart corners: found " + text(p) + ", allowed four that go round a convex quadrilateral");
  const double dx1 = p[1].x - p[2].x, dx2 = p[3].x - p[2].x, sx = p[0].x - p[1].x + p[2].x - p[3].x;
  const double dy1 = p[1].y - p[2].y, dy2 = p[3].y - p[2].y, sy = p[0].y - p[1].y + p[2].y - p[3].y;
  const double determinant = dx1 * dy2 - dx2 * dy1;
  g_ = (sx * dy2 - dx2 * sy) / determinant;
  h_ = (dx1 * sy - sx * dy1) / determinant;
  a_ = p[1].x - p[0].x + g_ * p[1].x, b_ = p[3].x - p[0].x + h_ * p[3].x, c_ = p[0].x;
  d_ = p[1].y - p[0].y + g_ * p[1].y, e_ = p[3].y - p[0].y + h_ * p[3].y, f_ = p[0].y;
}

Position Homography::operator()(Position at) const {
  const double w = g_ * at.x + h_ * at.y + 1;
  return {(a_ * at.x + b_ * at.y + c_) / w, (d_ * at.x + e_ * at.y + f_) / w};
}

std::vector<Quadrilateral> chart_patches(const std::array<Position, 4>& corners, Corners kind,
                                         const ChartLayout& layout) {
  const Homography place(corners);
  // Distances in units of the pitch: the corners lie `margin` outside of the outermost centres.
  const double margin = kind == Corners::outer ? layout.patch_share / 2 : 0;
  const double width = layout.columns - 1 + 2 * margin, height = layout.rows - 1 + 2 * margin;
  const double half = layout.patch_share * layout.sampled_share / 2;
  std::vector<Quadrilateral> patches;
  for (int row = 0; row < layout.rows; ++row)
    for (int column = 0; column < layout.columns; ++column) {
      const auto corner = [&](double dx, double dy) {
        return place({(margin + column + dx) / width, (margin + row + dy) / height});
      };
      patches.push_back({{corner(-half, -half), corner(half, -half), corner(half, half), corner(-half, half)}});
    }
  return patches;
}

}  // namespace sunny16::sim
