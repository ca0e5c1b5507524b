// Where a function of one variable is least.
#pragma once

#include <algorithm>
#include <numbers>

namespace sunny16::sim {

/// Of several minima between `from` and `to`, the one next to the least of steps + 1 samples; refined to 1e-6 of the
/// interval by golden section (J. Kiefer, "Sequential minimax search for a maximum", Proceedings of the AMS 4(3),
/// 1953).
template <class F>
double minimum_at(double from, double to, int steps, F&& f) {
  const double step = (to - from) / steps, tolerance = 1e-6 * (to - from);
  double best = from, least = f(from);
  for (int i = 1; i <= steps; ++i)
    if (const double v = f(from + i * step); v < least) best = from + i * step, least = v;
  double low = std::max(from, best - step), high = std::min(to, best + step);
  constexpr double kPart = 1 / std::numbers::phi;
  double a = high - kPart * (high - low), b = low + kPart * (high - low), fa = f(a), fb = f(b);
  while (high - low > tolerance)
    if (fa < fb) {
      high = b, b = a, fb = fa;
      a = high - kPart * (high - low), fa = f(a);
    } else {
      low = a, a = b, fa = fb;
      b = low + kPart * (high - low), fb = f(b);
    }
  return (low + high) / 2;
}

}  // namespace sunny16::sim
