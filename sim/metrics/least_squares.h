// Small linear least-squares problems, by their normal equations.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace sunny16::sim {

/// Finds the c for which the sum of weight * (value - sum of c[i] * terms[i])^2 over all observations is least.
class LeastSquares {
 public:
  explicit LeastSquares(std::size_t unknowns) : matrix_(unknowns, std::vector<double>(unknowns + 1)) {}

  void add(std::span<const double> terms, double value, double weight = 1);

  /// Nothing if the observations do not determine all unknowns.
  std::optional<std::vector<double>> solve() const;

 private:
  std::vector<std::vector<double>> matrix_;  // symmetric, with the right side as its last column
};

}  // namespace sunny16::sim
