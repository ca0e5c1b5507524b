#include "sim/metrics/banding.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "sim/metrics/fourier.h"
#include "sim/metrics/least_squares.h"

namespace sunny16::sim {
namespace {

constexpr int kMinSide = 32;
constexpr double kFalseAlarm = 1e-3;
constexpr double kLongest = 0.5;  // part of the region that a period may have: more is shading
constexpr double kFinest = 64;    // steps of the search for the period between two frequencies of the transform

/// What is left of values when their least-squares parabola is taken away.
std::vector<double> without_parabola(std::vector<double> values) {
  LeastSquares fit(3);
  const double middle = static_cast<double>(values.size() - 1) / 2;
  const auto terms = [middle](std::size_t i) {
    const double t = (static_cast<double>(i) - middle) / middle;
    return std::array{1.0, t, t * t};
  };
  for (std::size_t i = 0; i < values.size(); ++i) fit.add(terms(i), values[i]);
  const auto c = fit.solve().value();  // three powers of 32 or more places are never dependent
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto t = terms(i);
    values[i] -= c[0] * t[0] + c[1] * t[1] + c[2] * t[2];
  }
  return values;
}

struct Wave {
  double amplitude = 0, period = 0;
};

/// The strongest sine wave of a profile. Under noise alone the powers of a periodogram are distributed exponentially
/// (Scargle 1982), which says what their median makes their mean, and how high the highest of them may be by chance.
Wave strongest_wave(const std::vector<double>& profile) {
  const auto n = static_cast<double>(profile.size());
  std::vector<double> windowed;
  double weights = 0;
  for (std::size_t i = 0; i < profile.size(); ++i) {  // Hann's window: a strong wave does not leak into the others
    const double w = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * (static_cast<double>(i) + 0.5) / n);
    windowed.push_back(w * profile[i]), weights += w;
  }
  const auto power = [&](double frequency) { return std::norm(2.0 / weights * fourier(windowed, frequency)); };
  std::vector<double> powers;
  const int lowest = static_cast<int>(1 / kLongest), highest = static_cast<int>(n / 2);
  for (int k = lowest; k <= highest; ++k) powers.push_back(power(k / n));
  const auto peak = std::ranges::max_element(powers);
  const double first = (static_cast<double>(peak - powers.begin()) + lowest) / n;
  Wave wave;
  double strongest = 0;
  for (double f = std::max(first - 1 / n, lowest / n); f <= std::min(first + 1 / n, 0.5); f += 1 / (kFinest * n))
    if (const double p = power(f); p > strongest) strongest = p, wave.period = 1 / f;

  auto sorted = powers;
  std::ranges::nth_element(sorted, sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2));
  const double floor = sorted[sorted.size() / 2] / std::numbers::ln2;
  if (strongest <= floor * std::log(static_cast<double>(powers.size()) / kFalseAlarm)) return {};
  wave.amplitude = std::sqrt(strongest - floor);
  return wave;
}

Stripes stripes_of(const std::vector<double>& means, double mean, double pixel_variance, double pixels) {
  const auto profile = without_parabola(means);
  double squares = 0;
  for (const double v : profile) squares += v * v;
  const double variance = squares / static_cast<double>(profile.size() - 3) - pixel_variance / pixels;
  const Wave wave = strongest_wave(profile);
  return {100 * wave.amplitude / mean, wave.period, 100 * std::sqrt(std::max(0.0, variance)) / mean};
}

}  // namespace

Banding measure_banding(Plane plane, isp::Rect roi) {
  const Plane part = region(plane, roi, kMinSide, kMinSide);
  std::vector<double> rows(static_cast<std::size_t>(part.height)), columns(static_cast<std::size_t>(part.width));
  double mean = 0;
  const double width = part.width, height = part.height;
  for (std::size_t y = 0; y < rows.size(); ++y)
    for (std::size_t x = 0; x < columns.size(); ++x) {
      const double v = part.row(static_cast<int>(y))[x];
      rows[y] += v / width, columns[x] += v / height, mean += v / width / height;
    }
  if (!(mean > 0))
    throw MetricError("banding in region " + region_text(roi) + ": found a mean of " + std::to_string(mean) +
                      ", allowed above 0");
  double squares = 0;  // of what neither row nor column explains
  for (std::size_t y = 0; y < rows.size(); ++y)
    for (std::size_t x = 0; x < columns.size(); ++x) {
      const double rest = part.row(static_cast<int>(y))[x] - rows[y] - columns[x] + mean;
      squares += rest * rest;
    }
  const double pixel_variance = squares / ((width - 1) * (height - 1));
  return {.rows = stripes_of(rows, mean, pixel_variance, width),
          .columns = stripes_of(columns, mean, pixel_variance, height)};
}

}  // namespace sunny16::sim
