// Discrete Fourier transforms: at any frequency of a short signal, and of squares whose side is a power of two.
#pragma once

#include <complex>
#include <span>
#include <vector>

namespace sunny16::sim {

/// Sum of signal[i] * exp(-2 pi j * frequency * i); the frequency is in cycles per sample.
std::complex<double> fourier(std::span<const double> signal, double frequency);

/// The transform of a square of samples in both directions. The frequency of column u is u / side cycles per
/// sample for u up to side / 2, and u / side - 1 beyond; rows likewise.
class Spectrum2d {
 public:
  /// `samples` holds side * side numbers, row by row; `side` is a power of two.
  Spectrum2d(std::span<const double> samples, int side);

  std::complex<double> at(int u, int v) const {
    return values_[static_cast<std::size_t>(u) * static_cast<std::size_t>(side_) + static_cast<std::size_t>(v)];
  }
  int side() const { return side_; }

 private:
  int side_;
  std::vector<std::complex<double>> values_;  // column by column: the second direction was transformed as rows
};

}  // namespace sunny16::sim
