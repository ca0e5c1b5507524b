#include "isp/stages/curve_shapes.h"

#include <algorithm>
#include <cstddef>

#include "isp/core/exact_math.h"

namespace sunny16::isp {
namespace {

/// Where v lies among points: behind point `before`, or outside of all.
struct Place {
  std::size_t count, next;
  bool inside() const { return next > 0 && next < count; }
};

Place place_of(const std::vector<double>& x, const std::vector<double>& y, double v) {
  const std::size_t count = std::min(x.size(), y.size());
  const auto end = x.begin() + static_cast<std::ptrdiff_t>(count);
  return {count, static_cast<std::size_t>(std::upper_bound(x.begin(), end, v) - x.begin())};
}

double outside(const std::vector<double>& y, const Place& place, double v) {
  if (place.count == 0) return v;
  return place.next == 0 ? y.front() : y[place.count - 1];
}

}  // namespace

double s_curve(double v, double grey, double contrast) {
  if (contrast == 1) return v;
  if (v <= grey) return grey * exact::pow(v / grey, contrast);
  return 1 - (1 - grey) * exact::pow(exact::max(1 - v, 0) / (1 - grey), contrast);
}

double lines_through(const std::vector<double>& x, const std::vector<double>& y, double v) {
  const Place place = place_of(x, y, v);
  if (!place.inside()) return outside(y, place, v);
  const std::size_t i = place.next;
  const double run = x[i] - x[i - 1];
  return run > 0 ? y[i - 1] + (y[i] - y[i - 1]) * (v - x[i - 1]) / run : y[i];
}

double cubics_through(const std::vector<double>& x, const std::vector<double>& y, double v) {
  const Place place = place_of(x, y, v);
  if (!place.inside()) return outside(y, place, v);
  const auto secant = [&](std::size_t i) {  // from point i to the next
    return x[i + 1] > x[i] ? (y[i + 1] - y[i]) / (x[i + 1] - x[i]) : 0;
  };
  const auto slope = [&](std::size_t i) {
    if (i == 0) return secant(0);
    if (i + 1 == place.count) return secant(i - 1);
    const double before = secant(i - 1), after = secant(i);
    if (before * after <= 0) return 0.0;
    const double mean = (before + after) / 2, steepest = 3 * exact::min(exact::abs(before), exact::abs(after));
    return exact::clamp(mean, -steepest, steepest);
  };
  const std::size_t i = place.next - 1;
  const double run = x[i + 1] - x[i];
  if (!(run > 0)) return y[i + 1];
  const double t = (v - x[i]) / run, rise = y[i + 1] - y[i], from = slope(i) * run - rise,
               to = rise - slope(i + 1) * run;
  return y[i] + t * rise + t * (1 - t) * ((1 - t) * from + t * to);
}

}  // namespace sunny16::isp
