#include "sim/light/smoothest.h"

#include <algorithm>
#include <vector>

#include "isp/core/exact_math.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;

/// Newton's method for a stationary point of the Lagrangian.
///
/// Unknowns in this order: the curves, wavelength by wavelength, then the multipliers, three a material. Only curves of
/// the same and of neighbouring wavelengths meet in an equation, so the matrix is a band with a border. The last
/// wavelength belongs to the border: without it the band is regular even where the multipliers are still zero.
template <std::size_t M>
class Search {
 public:
  Search(const std::array<Spectrum, 3>& observer, const std::array<std::array<double, 3>, M>& colours)
      : observer_(observer), colours_(colours) {}

  const std::array<Spectrum, M>& parts() const { return parts_; }

  /// Sets up Newton's equations at the present curves; returns the sum of what is left of them.
  double linearise();
  /// Solves them and takes the step, shortened so that no curve moves by more than `longest`; false if they have no
  /// solution.
  bool step(double longest);

 private:
  static constexpr std::size_t kWaves = Spectrum::kCount, kCurves = M * kWaves, kUnknowns = kCurves + 3 * M;
  static constexpr std::size_t kBand = kCurves - M, kReach = 2 * M - 1;

  double& equation(std::size_t row, std::size_t column) { return system_[row * (kUnknowns + 1) + column]; }
  double& right_side(std::size_t row) { return equation(row, kUnknowns); }
  /// row -= factor * pivot row, in the columns behind the pivot that are not zero there.
  void eliminate(std::size_t pivot, std::size_t row);
  std::size_t band_end(std::size_t pivot) const { return std::min(pivot + kReach + 1, kBand); }

  std::array<Spectrum, 3> observer_;
  std::array<std::array<double, 3>, M> colours_;
  std::array<double, kUnknowns> unknowns_{};
  std::array<Spectrum, M> parts_;
  std::vector<double> system_ = std::vector<double>(kUnknowns * (kUnknowns + 1));
};

template <std::size_t M>
double Search<M>::linearise() {
  std::ranges::fill(system_, 0.0);
  const double* multiplier = &unknowns_[kCurves];
  for (std::size_t m = 0; m < M; ++m)
    for (std::size_t j = 0; j < 3; ++j) right_side(kCurves + 3 * m + j) = colours_[m][j];

  for (std::size_t i = 0; i < kWaves; ++i) {
    const std::size_t first = i * M;
    const double* z = &unknowns_[first];
    std::array<double, M> p;
    const double top = std::max(0.0, *std::max_element(z, z + M));  // so that no power overflows
    double sum = exact::exp(-top);
    for (std::size_t m = 0; m < M; ++m) sum += p[m] = exact::exp(z[m] - top);

    // What a part of each material costs by the multipliers, and their mean.
    std::array<double, M> cost{};
    double mean_cost = 0;
    for (std::size_t m = 0; m < M; ++m) {
      p[m] /= sum;
      parts_[m][i] = p[m];
      for (std::size_t j = 0; j < 3; ++j) cost[m] += multiplier[3 * m + j] * observer_[j][i] * Spectrum::kStep;
      mean_cost += p[m] * cost[m];
    }

    for (std::size_t m = 0; m < M; ++m) {
      const std::size_t row = first + m;
      right_side(row) = -p[m] * (cost[m] - mean_cost);
      for (std::size_t n = 0; n < M; ++n) {
        const double slope = (m == n) - 1.0 / (M + 1);  // the quadratic form of slopes less their mean
        equation(row, first + n) =
            (m == n ? p[m] * (cost[m] - mean_cost) : 0) - p[m] * p[n] * (cost[m] + cost[n] - 2 * mean_cost);
        for (const bool after : {false, true}) {
          if (i == (after ? kWaves - 1 : 0)) continue;
          const std::size_t neighbour = after ? first + M + n : first - M + n;
          equation(row, first + n) += slope;
          equation(row, neighbour) -= slope;
          right_side(row) -= slope * (z[n] - unknowns_[neighbour]);
        }
        const double change = p[n] * ((m == n) - p[m]);  // of part n with curve m
        for (std::size_t j = 0; j < 3; ++j)
          equation(row, kCurves + 3 * n + j) = equation(kCurves + 3 * n + j, row) =
              observer_[j][i] * Spectrum::kStep * change;
      }
      for (std::size_t j = 0; j < 3; ++j) right_side(kCurves + 3 * m + j) -= observer_[j][i] * Spectrum::kStep * p[m];
    }
  }
  double residual = 0;
  for (std::size_t row = 0; row < kUnknowns; ++row) residual += exact::abs(right_side(row));
  return residual;
}

template <std::size_t M>
void Search<M>::eliminate(std::size_t pivot, std::size_t row) {
  const double factor = equation(row, pivot) / equation(pivot, pivot);
  if (factor == 0) return;
  const auto subtract = [&](std::size_t from, std::size_t end) {
    for (std::size_t c = from; c < end; ++c) equation(row, c) -= factor * equation(pivot, c);
  };
  subtract(pivot + 1, band_end(pivot));
  subtract(std::max(pivot + 1, kBand), kUnknowns + 1);
}

template <std::size_t M>
bool Search<M>::step(double longest) {
  for (std::size_t pivot = 0; pivot < kBand; ++pivot) {
    for (std::size_t row = pivot + 1; row < band_end(pivot); ++row) eliminate(pivot, row);
    for (std::size_t row = kBand; row < kUnknowns; ++row) eliminate(pivot, row);
  }
  for (std::size_t pivot = kBand; pivot < kUnknowns; ++pivot) {
    std::size_t best = pivot;
    for (std::size_t row = pivot + 1; row < kUnknowns; ++row)
      if (exact::abs(equation(row, pivot)) > exact::abs(equation(best, pivot))) best = row;
    for (std::size_t c = kBand; c <= kUnknowns; ++c) std::swap(equation(pivot, c), equation(best, c));
    for (std::size_t row = pivot + 1; row < kUnknowns; ++row) eliminate(pivot, row);
  }

  double largest = 0;
  bool finite = true;
  for (std::size_t row = kUnknowns; row-- > 0;) {
    double rest = right_side(row);
    const auto subtract = [&](std::size_t from, std::size_t end) {
      for (std::size_t c = from; c < end; ++c) rest -= equation(row, c) * right_side(c);
    };
    subtract(row + 1, band_end(row));
    subtract(std::max(row + 1, kBand), kUnknowns);
    right_side(row) = rest / equation(row, row);
    finite = finite && right_side(row) - right_side(row) == 0;
    if (row < kCurves) largest = exact::max(largest, exact::abs(right_side(row)));
  }
  const double part = largest > longest ? longest / largest : 1;
  for (std::size_t row = 0; row < kUnknowns; ++row) unknowns_[row] += part * right_side(row);
  return finite;
}

}  // namespace

template <std::size_t M>
std::optional<std::array<Spectrum, M>> smoothest_parts(const std::array<Spectrum, 3>& observer,
                                                       const std::array<std::array<double, 3>, M>& colours) {
  constexpr int kSteps = 100;
  constexpr double kExact = 1e-12, kLongest = 4;
  Search<M> search(observer, colours);
  for (int i = 0; i < kSteps; ++i) {
    if (search.linearise() < kExact) return search.parts();
    if (!search.step(kLongest)) break;
  }
  return std::nullopt;
}

template std::optional<std::array<Spectrum, 1>> smoothest_parts(const std::array<Spectrum, 3>&,
                                                                const std::array<std::array<double, 3>, 1>&);
template std::optional<std::array<Spectrum, 2>> smoothest_parts(const std::array<Spectrum, 3>&,
                                                                const std::array<std::array<double, 3>, 2>&);

}  // namespace sunny16::sim
