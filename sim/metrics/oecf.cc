#include "sim/metrics/oecf.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/metrics/metric_error.h"
#include "sim/metrics/minimum.h"
#include "sim/metrics/moments.h"

namespace sunny16::sim {
namespace {

struct Line {
  double offset = 0, slope = 0, rms = 0;
};

/// Least squares of level over luminance^gamma.
Line fit(std::span<const OecfPoint> points, double gamma) {
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (const OecfPoint& p : points) {
    const double v = std::pow(p.luminance, gamma);
    ++n, x += v, y += p.level, xx += v * v, xy += v * p.level;
  }
  Line line;
  line.slope = (n * xy - x * y) / (n * xx - x * x);
  line.offset = (y - line.slope * x) / n;
  for (const OecfPoint& p : points) {
    const double error = p.level - line.offset - line.slope * std::pow(p.luminance, gamma);
    line.rms += error * error / n;
  }
  line.rms = std::sqrt(line.rms);
  return line;
}

/// Slope at `at` of the parabola through three points.
double slope_at(const OecfPoint& at, const OecfPoint& a, const OecfPoint& b, const OecfPoint& c) {
  const auto rise = [](const OecfPoint& p, const OecfPoint& q) {
    return (q.level - p.level) / (q.luminance - p.luminance);
  };
  const double bend = (rise(b, c) - rise(a, b)) / (c.luminance - a.luminance);
  return rise(a, b) + bend * (2 * at.luminance - a.luminance - b.luminance);
}

double rendered_range_ev(std::span<const OecfPoint> points, double least_step) {
  double darkest = 0, brightest = 0;
  for (std::size_t i = 1; i < points.size(); ++i)
    if (points[i].level - points[i - 1].level > least_step) {
      if (!(darkest > 0)) darkest = points[i - 1].luminance;
      brightest = points[i].luminance;
    }
  return darkest > 0 ? std::log2(brightest / darkest) : 0;
}

}  // namespace

double luminance_of_density(double density) { return std::pow(10, -density); }

double Oecf::luminance_at(double level) const {
  const auto clipped = std::ranges::find(points, true, &OecfPoint::clipped);
  const auto above = std::find_if(points.begin(), clipped, [&](const OecfPoint& p) { return p.level >= level; });
  if (above == clipped) {
    const OecfPoint& last = *std::prev(clipped);
    if (!(last.incremental_gain > 0)) return last.luminance;
    const double beyond = last.luminance + (level - last.level) / last.incremental_gain;
    return clipped == points.end() ? beyond : std::min(beyond, clipped->luminance);
  }
  if (above == points.begin()) return above->luminance;
  const OecfPoint& below = *std::prev(above);
  return below.luminance + (above->luminance - below.luminance) * (level - below.level) / (above->level - below.level);
}

Oecf fit_oecf(std::vector<OecfPoint> points, const OecfOptions& options) {
  std::ranges::sort(points, {}, &OecfPoint::luminance);
  for (OecfPoint& p : points) p.clipped = p.level >= options.clipped_share * options.saturation;
  const auto end = std::ranges::find(points, true, &OecfPoint::clipped);
  const std::span<OecfPoint> usable(points.begin(), end);
  const bool distinct = std::ranges::adjacent_find(usable, {}, &OecfPoint::luminance) == usable.end();
  if (usable.size() < 4 || !distinct || !(usable.front().luminance > 0))
    throw MetricError("OECF: found " + std::to_string(usable.size()) +
                      " steps that do not clip, allowed at least 4 of different luminance above 0");
  const std::size_t last = usable.size() - 1;
  for (std::size_t i = 0; i <= last; ++i) {
    const std::size_t middle = std::clamp<std::size_t>(i, 1, last - 1);
    usable[i].incremental_gain = slope_at(usable[i], usable[middle - 1], usable[middle], usable[middle + 1]);
  }

  Oecf out;
  out.gamma = minimum_at(0.05, 3, 118, [&](double gamma) { return fit(usable, gamma).rms; });
  const Line line = fit(usable, out.gamma);
  if (!(line.slope > 0)) throw MetricError("OECF: found levels that do not rise with luminance, allowed ones that do");
  out.black_level = line.offset, out.scale = line.slope, out.fit_error_rms = line.rms;
  out.white_level = std::ranges::max_element(points, {}, &OecfPoint::level)->level;
  out.rendered_range_ev = rendered_range_ev(points, options.least_step);
  out.points = std::move(points);
  return out;
}

Oecf measure_oecf(const Plane& plane, std::span<const GreyStep> steps, const OecfOptions& options) {
  std::vector<OecfPoint> points;
  for (const GreyStep& step : steps) {
    const Moments found = moments("OECF step " + std::to_string(points.size() + 1), plane, step.region);
    points.push_back({.luminance = step.luminance, .level = found.mean, .deviation = found.deviation()});
  }
  return fit_oecf(std::move(points), options);
}

}  // namespace sunny16::sim
