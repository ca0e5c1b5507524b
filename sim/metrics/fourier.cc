#include "sim/metrics/fourier.h"

#include <cmath>
#include <numbers>
#include <utility>

namespace sunny16::sim {
namespace {

using Complex = std::complex<double>;

Complex turn(double turns) { return std::polar(1.0, -2 * std::numbers::pi * turns); }

/// Cooley and Tukey, 1965: radix 2, decimation in time; `count` numbers that lie `stride` apart.
void transform(Complex* values, std::size_t count, std::size_t stride, std::span<const Complex> roots) {
  for (std::size_t i = 1, j = 0; i < count; ++i) {  // j counts as i does, with its bits reversed
    std::size_t bit = count / 2;
    for (; j & bit; bit /= 2) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(values[i * stride], values[j * stride]);
  }
  for (std::size_t half = 1; half < count; half *= 2)
    for (std::size_t block = 0; block < count; block += 2 * half)
      for (std::size_t i = 0; i < half; ++i) {
        Complex& even = values[(block + i) * stride];
        Complex& odd = values[(block + i + half) * stride];
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
  for (std::size_t i = 0; i < n; ++i) transform(&values_[i * n], n, 1, roots);
  for (std::size_t i = 0; i < n; ++i) transform(&values_[i], n, n, roots);
}

}  // namespace sunny16::sim
