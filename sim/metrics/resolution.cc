#include "sim/metrics/resolution.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>

#include "sim/metrics/least_squares.h"
#include "sim/metrics/mtf_curve.h"

namespace sunny16::sim {
namespace {

constexpr int kSectors = 8;
constexpr double kHalfRing = 1;  // px: rings are two pixels wide, so that short arcs hold samples enough
constexpr double kFinest = 0.5;  // cy/px
constexpr double kLeastContrast = 0.01;
constexpr double kStep = 0.01;  // cy/px from ring to ring

/// A fit of a + b sin + c cos, which also knows what it leaves.
class WaveFit {
 public:
  void add(double angle, double value) {
    const std::array terms{1.0, std::sin(angle), std::cos(angle)};
    fit_.add(terms, value);
    ++count_, squares_ += value * value;
    for (std::size_t i = 0; i < 3; ++i) moments_[i] += terms[i] * value;
  }
  /// Squared modulation, without what noise adds to it on average: four variances of a sample by their number.
  std::optional<double> squared_modulation() const {
    const auto c = count_ > 3 ? fit_.solve() : std::nullopt;
    if (!c || !((*c)[0] > 0)) return std::nullopt;
    const double left = squares_ - (*c)[0] * moments_[0] - (*c)[1] * moments_[1] - (*c)[2] * moments_[2];
    const double noise = 4 * std::max(0.0, left) / (count_ - 3) / count_;
    return ((*c)[1] * (*c)[1] + (*c)[2] * (*c)[2] - noise) / ((*c)[0] * (*c)[0]);
  }

 private:
  LeastSquares fit_{3};
  double count_ = 0, squares_ = 0;
  std::array<double, 3> moments_{};
};

double ring_modulation(Plane plane, const Star& star, double radius) {
  std::array<WaveFit, kSectors> sectors;
  const double reach = radius + kHalfRing;
  for (int y = static_cast<int>(std::ceil(star.y - reach)); y <= star.y + reach; ++y)
    for (int x = static_cast<int>(std::ceil(star.x - reach)); x <= star.x + reach; ++x) {
      const double u = x - star.x, v = y - star.y;
      if (std::abs(std::hypot(u, v) - radius) > kHalfRing) continue;
      const double angle = std::atan2(v, u), part = angle / (2 * std::numbers::pi) + 0.5;
      sectors[static_cast<std::size_t>(std::min(kSectors - 1.0, kSectors * part))].add(star.cycles * angle,
                                                                                       plane.row(y)[x]);
    }
  double sum = 0, count = 0;
  for (const WaveFit& sector : sectors)
    if (const auto squared = sector.squared_modulation()) sum += *squared, ++count;
  if (count == 0) throw MetricError("star: found no light on the ring of radius " + std::to_string(radius));
  return std::sqrt(std::max(0.0, sum / count));
}

}  // namespace

Resolution measure_star(Plane plane, const Star& star) {
  if (star.cycles < 8 || star.cycles > 1024 || !(star.modulation >= 0) || star.modulation > 1)
    throw MetricError("star: found " + std::to_string(star.cycles) + " cycles of modulation " +
                      std::to_string(star.modulation) + ", allowed 8 to 1024 of 0 to 1");
  constexpr double kFar = 1e6;  // px: what is not finite, or no int, is refused before it is rounded to one
  if (!(star.radius > 0 && star.radius < kFar && std::abs(star.x) < kFar && std::abs(star.y) < kFar))
    throw MetricError("star: found radius " + std::to_string(star.radius) + " about " + std::to_string(star.x) + ", " +
                      std::to_string(star.y) + ", allowed above 0, about a place in the plane");
  const double outermost = star.radius - kHalfRing, lowest = star.cycles / (2 * std::numbers::pi * outermost);
  if (!(outermost > 0) || !(2 * lowest <= kFinest))
    throw MetricError("star of " + std::to_string(star.cycles) + " cycles: found a radius of " +
                      std::to_string(star.radius) + " px, allowed what has 0.25 cy/px or less at its rim");
  const int left = static_cast<int>(std::floor(star.x - star.radius)),
            top = static_cast<int>(std::floor(star.y - star.radius));
  const int right = static_cast<int>(std::ceil(star.x + star.radius)),
            bottom = static_cast<int>(std::ceil(star.y + star.radius));
  region(plane, {left, top, right - left + 1, bottom - top + 1}, 1, 1);

  Resolution result;
  const int rings = static_cast<int>((kFinest - lowest) / kStep) + 1;
  for (int i = 0; i <= rings; ++i) {
    const double frequency = lowest + (kFinest - lowest) * i / rings;
    result.frequency_cy_px.push_back(frequency);
    result.mtf.push_back(ring_modulation(plane, star, star.cycles / (2 * std::numbers::pi * frequency)));
  }
  const double chart = star.modulation > 0 ? star.modulation : result.mtf.front();
  if (!(result.mtf.front() > kLeastContrast))
    throw MetricError("star: found a modulation of " + std::to_string(result.mtf.front()) +
                      " on the outermost ring, allowed above 0.01");
  for (double& m : result.mtf) m /= chart;
  result.mtf50_cy_px = frequency_at(0.5, result.frequency_cy_px, result.mtf);
  result.mtf10_cy_px = frequency_at(0.1, result.frequency_cy_px, result.mtf);
  return result;
}

}  // namespace sunny16::sim
