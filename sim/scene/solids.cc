#include "sim/scene/solids.h"

#include <algorithm>

#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

constexpr std::size_t kRings = 128;
constexpr double kTilt = 0.2;  ///< height of a ring, seen from a little above, over its width

/// Catmull and Rom's spline through evenly spaced values; `place` runs from 0 to 1.
double spline(std::span<const double> values, double place) {
  const auto last = static_cast<std::ptrdiff_t>(values.size()) - 1;
  const double at = place * static_cast<double>(last);
  const auto i = std::min(static_cast<std::ptrdiff_t>(at), last - 1);
  const auto value = [&](std::ptrdiff_t k) {
    return values[static_cast<std::size_t>(std::clamp(k, std::ptrdiff_t{0}, last))];
  };
  const double a = value(i - 1), b = value(i), c = value(i + 1), d = value(i + 2), t = at - static_cast<double>(i);
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

}  // namespace

Turned::Turned(Point top, Point foot, std::span<const double> radii)
    : top_(top), foot_(foot), axis_((foot - top) * (1 / length(foot - top))), length_(length(foot - top)) {
  std::vector<double> squares;
  for (const double radius : radii) squares.push_back(radius * radius);
  for (std::size_t i = 0; i <= kRings; ++i) {
    const double along = static_cast<double>(i) / kRings, step = 0.5 / kRings;
    const double before = exact::max(along - step, 0), after = exact::min(along + step, 1);
    const double squared = exact::max(0, spline(squares, along));
    rings_.push_back({squared, 0.5 * (spline(squares, after) - spline(squares, before)) / (after - before)});
    widest_ = exact::max(widest_, std::sqrt(squared) * length_);
  }
  around_ = Box{{exact::min(top.x, foot.x), exact::min(top.y, foot.y)},
                {exact::max(top.x, foot.x), exact::max(top.y, foot.y)}}
                .grown(widest_);
}

Turned::Ring Turned::ring(double along) const {
  const double place = exact::clamp(along, 0, 1) * kRings;
  const std::size_t i = std::min(static_cast<std::size_t>(place), kRings - 1);
  const double t = place - static_cast<double>(i);
  const Ring &a = rings_[i], &b = rings_[i + 1];
  return {a.squared + (b.squared - a.squared) * t, a.slope + (b.slope - a.slope) * t};
}

std::optional<Surface> Turned::at(Point p) const {
  if (!around_.contains(p)) return std::nullopt;
  const Point d = (p - top_) * (1 / length_);
  const double level = dot(d, axis_), across = d.x * axis_.y - d.y * axis_.x;
  const double beside = across * across, rim = ring(level).squared;
  if (beside >= rim) return std::nullopt;
  // A ring is seen as an ellipse: what is nearer to us appears lower.
  const double fall = kTilt * axis_.y * std::sqrt(rim - beside), along = level - fall;
  if (along >= 1 || level + fall < 0) return std::nullopt;
  const Ring seen = ring(along);
  const double depth = std::sqrt(exact::max(0, seen.squared - beside));
  const double u = across / std::sqrt(rim);
  if (along < 0) return Surface{.normal = {-u * 0.6, -0.7, 0.4}, .around = u, .along = 0, .inside = true};
  // The normal of across^2 + depth^2 = radius(along)^2, turned into the picture.
  const double scale = 1 / std::sqrt(beside + depth * depth + seen.slope * seen.slope + 1e-12);
  const double side = across * scale, back = -seen.slope * scale;
  return Surface{.normal = {back * axis_.x + side * axis_.y, back * axis_.y - side * axis_.x, depth * scale},
                 .around = u,
                 .along = along};
}

double KeyLight::window(const Direction& n, double sharp) const {
  // Where the ray from the viewer goes, and how far beside the light.
  const Direction ray{2 * n.z * n.x, 2 * n.z * n.y, 2 * n.z * n.z - 1};
  if (dot(ray, from) < 0.3) return 0;
  constexpr double kWidth = 0.26, kHeight = 0.34, kBar = 0.02;
  const double x = exact::abs(ray.x - from.x), y = exact::abs(ray.y - from.y);
  const auto inside = [&](double v, double half) { return exact::clamp(0.5 + (half - v) * sharp, 0, 1); };
  return inside(x, kWidth) * inside(y, kHeight) * (1 - inside(x, kBar)) * (1 - inside(y, kBar));
}

}  // namespace sunny16::sim
