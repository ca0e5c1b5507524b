// Regions of a plane, and the mean and variance of what is in them. A position is in pixels; whole numbers are the
// centres of pixels.
#pragma once

#include <array>
#include <cmath>
#include <string_view>

#include "sim/metrics/plane.h"

namespace sunny16::sim {

struct Position {
  double x = 0, y = 0;
};

/// A convex quadrilateral; its corners go round in either sense.
struct Quadrilateral {
  std::array<Position, 4> corners;

  static Quadrilateral of(isp::Rect r);
  /// The smallest rectangle that holds all pixels inside.
  isp::Rect bounds() const;
  bool contains(Position p) const;
};

struct Moments {
  double mean = 0;
  double variance = 0;  ///< unbiased
  double count = 0;
  double deviation() const { return std::sqrt(variance); }
};

/// Welford's running mean and variance (Technometrics 4(3), 1962): exact for constants, whatever their level.
class RunningMoments {
 public:
  void add(double v) {
    ++count_;
    const double step = v - mean_;
    mean_ += step / count_;
    squares_ += step * (v - mean_);
  }
  Moments moments() const { return {mean_, count_ > 1 ? squares_ / (count_ - 1) : 0, count_}; }

 private:
  double count_ = 0, mean_ = 0, squares_ = 0;
};

/// Throws MetricError, "<what>: found ..., allowed ...", unless the region lies inside a picture of this size and has
/// `least` pixels a side.
void check_region(std::string_view what, isp::Rect region, int width, int height, int least = 2);

/// Mean and variance of a rectangle. Throws MetricError where it lies outside, or holds what is not finite.
Moments moments(std::string_view what, const Plane& plane, isp::Rect region);

/// Calls visit(x, y) for each pixel whose centre lies inside, row by row.
template <class Visit>
void for_each_pixel(const Quadrilateral& area, Visit&& visit) {
  const isp::Rect box = area.bounds();
  for (int y = box.y; y < box.y + box.height; ++y)
    for (int x = box.x; x < box.x + box.width; ++x)
      if (area.contains({static_cast<double>(x), static_cast<double>(y)})) visit(x, y);
}

}  // namespace sunny16::sim
