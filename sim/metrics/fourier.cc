#include "sim/metrics/fourier.h"

#include <cmath>
#include <numbers>
#include <utility>

namespace sunny16::sim {
namespace {

using Complex = std::complex<double>;

Complex turn(double turns) { return std::polar(1.0, -2 * std::numbers::pi * turns); }

/// Cooley and Tukey, 1965: radix 2, decimation in time.
void transform(std::span<Complex> values, std::span<const Complex> roots) {
  const std::size_t count = values.size();
  for (std::size_t i = 1, j = 0; i < count; ++i) {  // j counts as i does, with its bits reversed
    std::size_t bit = count / 2;
    for (; j & bit; bit /= 2) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(values[i], values[j]);
  }
  for (std::size_t half = 1; half < count; half *= 2)
    for (std::size_t block = 0; block < count; block += 2 * half)
      for (std::size_t i = 0; i < half; ++i) {
        Complex& even = values[block + i];
        Complex& odd = values[block + i + half];
        const Complex turned = odd * roots[i * (count / (2 * half))];
        odd = even - turned;
        even += turned;
      }
}

}  // namespace

Complex fourier(std::span<const double> signal, double frequency) {
  Complex sum = 0;
  for (std::size_t i = 0; i < signal.size(); ++i) sum += signal[i] * turn(frequency * static_cast<double>(i));
  return sum;
}

Spectrum2d::Spectrum2d(std::span<const double> samples, int side)
    : side_(side), values_(samples.begin(), samples.end()) {
  const auto n = static_cast<std::size_t>(side);
  std::vector<Complex> roots(n / 2);
  for (std::size_t i = 0; i < n / 2; ++i) roots[i] = turn(static_cast<double>(i) / side);
  const auto row = [&](std::size_t i) { return std::span(values_).subspan(i * n, n); };
  for (std::size_t i = 0; i < n; ++i) transform(row(i), roots);
  for (std::size_t y = 0; y < n; ++y)
    for (std::size_t x = 0; x < y; ++x) std::swap(values_[y * n + x], values_[x * n + y]);
  for (std::size_t i = 0; i < n; ++i) transform(row(i), roots);
}

}  // namespace sunny16::sim
