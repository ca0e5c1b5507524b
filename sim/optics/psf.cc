#include "sim/optics/psf.h"

#include <array>

#include "isp/core/exact_math.h"
#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

constexpr double kPi = 3.14159265358979323846;

double cosine(double radians) { return sine(radians / (2 * kPi) + 0.25); }

/// Bessel's integral for J0; the rule of equal steps converges at once when it has more of them than x.
double bessel_j0(double x) {
  const int steps = 16 + static_cast<int>(x);
  double sum = 0;
  for (int i = 0; i < steps; ++i) sum += cosine(x * sine((i + 0.5) / (2.0 * steps)));
  return sum / steps;
}

/// 2 J1(x) / x, the transfer function of a disc.
double disc_transfer(double x) {
  if (x < 1e-4) return 1;
  const int steps = 16 + static_cast<int>(x);
  double sum = 0;
  for (int i = 0; i < steps; ++i) {
    const double s = sine((i + 0.5) / (2.0 * steps));
    sum += sine(x * s / (2 * kPi)) * s;
  }
  return 2 * sum / (steps * x);
}

/// J0 for the many arguments that profiles need: from a table, and by its asymptotic expansion beyond, within 1e-4.
class FastBessel {
 public:
  FastBessel() {
    for (std::size_t i = 0; i < table_.size(); ++i) table_[i] = bessel_j0(static_cast<double>(i) * kStep);
  }
  double operator()(double x) const {
    if (x >= kEnd) {
      const double phase = x - kPi / 4;
      return exact::sqrt(2 / (kPi * x)) * (cosine(phase) + cosine(phase - kPi / 2) / (8 * x));
    }
    const double at = x / kStep;
    const auto i = static_cast<std::size_t>(at);
    const double part = at - static_cast<double>(i);
    return table_[i] * (1 - part) + table_[i + 1] * part;
  }

 private:
  static constexpr double kStep = 1.0 / 32, kEnd = 24;
  std::array<double, static_cast<std::size_t>(kEnd / kStep) + 1> table_{};
};

/// The overlap of two unit discs whose centres are 2 v apart, 1 for v = 0: integrated, since it needs no arc cosine.
double pupil_overlap(double v) {
  if (v >= 1) return 0;
  constexpr int kSteps = 64;  // in the angle whose cosine runs from v to 1, which is smooth at its end
  const double slope = exact::sqrt(1 - v);
  double sum = 0;
  for (int i = 0; i < kSteps; ++i) {
    const double u = slope * (i + 0.5) / kSteps, t = 1 - u * u;  // t = 1 - u^2, dt = 2 u du
    sum += exact::sqrt(1 - t * t) * 2 * u;
  }
  return 4 / kPi * sum * slope / kSteps;
}

}  // namespace

double PointSpread::transfer(double cycles_per_um) const {
  const double f = cycles_per_um;
  const double gaussian = exact::exp(-2 * kPi * kPi * aberration_um * aberration_um * f * f);
  return pupil_overlap(f * wavelength_um * f_number) * gaussian * disc_transfer(kPi * defocus_um * f);
}

double PointSpread::radius_um() const { return 3 * aberration_um + 1.8 * wavelength_um * f_number + 0.5 * defocus_um; }

double PointSpread::width_um() const {
  const double airy = 0.42 * wavelength_um * f_number;  // the Gaussian that fits the Airy disc best
  return exact::sqrt(aberration_um * aberration_um + airy * airy + defocus_um * defocus_um / 16);
}

std::vector<double> radial_profile(const PointSpread& spread, double step_um, double radius_um) {
  static const FastBessel j0;
  // The Hankel transform of the transfer function, with a few steps to each turn of J0.
  const double cutoff = 1 / (spread.wavelength_um * spread.f_number);
  const int steps = 128 + static_cast<int>(8 * cutoff * radius_um);
  std::vector<double> weights, frequencies;
  for (int i = 0; i < steps; ++i) {
    const double f = cutoff * (i + 0.5) / steps;
    frequencies.push_back(2 * kPi * f);
    weights.push_back(2 * kPi * spread.transfer(f) * f * cutoff / steps);
  }
  std::vector<double> profile;
  for (double r = 0; r < radius_um + 2 * step_um; r += step_um) {
    double sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * j0(frequencies[i] * r);
    profile.push_back(sum);
  }
  return profile;
}

}  // namespace sunny16::sim
