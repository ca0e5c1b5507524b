#include "sim/metrics/least_squares.h"

namespace sunny16::sim {

void LeastSquares::add(std::span<const double> terms, double value, double weight) {
  for (std::size_t i = 0; i < matrix_.size(); ++i) {
    for (std::size_t j = 0; j < matrix_.size(); ++j) matrix_[i][j] += weight * terms[i] * terms[j];
    matrix_[i].back() += weight * terms[i] * value;
  }
}

std::optional<std::vector<double>> LeastSquares::solve() const {
  constexpr double kSingular = 1e-12;  // a pivot this small against its diagonal is rounding, not information
  auto m = matrix_;
  const std::size_t n = m.size();
  for (std::size_t i = 0; i < n; ++i) {  // Gauss and Jordan; a Gram matrix needs no pivoting
    if (!(m[i][i] > kSingular * matrix_[i][i])) return std::nullopt;
    for (std::size_t row = 0; row < n; ++row) {
      if (row == i) continue;
      const double factor = m[row][i] / m[i][i];
      for (std::size_t column = i; column <= n; ++column) m[row][column] -= factor * m[i][column];
    }
  }
  std::vector<double> solution(n);
  for (std::size_t i = 0; i < n; ++i) solution[i] = m[i][n] / m[i][i];
  return solution;
}

}  // namespace sunny16::sim
