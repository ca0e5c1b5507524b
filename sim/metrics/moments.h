// Mean and variance.
#pragma once

#include <cmath>
#include <string_view>

#include "sim/metrics/plane.h"

namespace sunny16::sim {

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

/// Of a rectangle of at least 2 pixels a side. Throws MetricError, which begins with `what`, where it lies outside or
/// holds what is not finite.
Moments moments(std::string_view what, const Plane& plane, isp::Rect region);

}  // namespace sunny16::sim
