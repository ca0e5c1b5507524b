#include "sim/metrics/acutance.h"

#include <cmath>
#include <numbers>

#include "sim/metrics/mtf_curve.h"

namespace sunny16::sim {
namespace {

constexpr double kExponent = 0.8, kDecay = 0.2;  // of the sensitivity f^0.8 exp(-0.2 f), f in cycles per degree

}  // namespace

double ViewingConditions::pixels_per_degree() const { return distance_mm * std::numbers::pi / 180 / pixel_pitch_mm; }

double contrast_sensitivity(double cycles_per_degree) {
  constexpr double kBest = kExponent / kDecay;
  return std::pow(cycles_per_degree / kBest, kExponent) * std::exp(-kDecay * (cycles_per_degree - kBest));
}

double acutance(const std::vector<double>& frequency_cy_px, const std::vector<double>& mtf,
                const ViewingConditions& viewing) {
  constexpr double kStep = 0.01, kLast = 200;  // cycles per degree; beyond, a sensitivity of 1e-15 is left
  double seen = 0, all = 0;
  for (double f = kStep / 2; f < kLast; f += kStep) {
    const double weight = contrast_sensitivity(f), at = f / viewing.pixels_per_degree();
    all += weight;
    if (at <= 0.5) seen += weight * response_at(at, frequency_cy_px, mtf);
  }
  return seen / all;
}

}  // namespace sunny16::sim
