#include "sim/metrics/least_squares.h"

#include <doctest/doctest.h>

#include <array>

namespace sunny16::sim {
namespace {

TEST_CASE("Coefficients of exact observations are found") {
  LeastSquares fit(3);
  for (double x = -2; x <= 2; x += 0.5) fit.add(std::array{1.0, x, x * x}, 4 - 3 * x + 0.5 * x * x);
  const auto c = fit.solve();
  REQUIRE(c.has_value());
  CHECK((*c)[0] == doctest::Approx(4));
  CHECK((*c)[1] == doctest::Approx(-3));
  CHECK((*c)[2] == doctest::Approx(0.5));
}

TEST_CASE("Between observations that disagree, weights decide") {
  LeastSquares fit(1);
  fit.add(std::array{1.0}, 0, 3);
  fit.add(std::array{1.0}, 4, 1);
  CHECK(fit.solve().value()[0] == doctest::Approx(1));
}

TEST_CASE("Observations that leave something open have no solution") {
  LeastSquares fit(2);
  CHECK_FALSE(fit.solve().has_value());
  for (double x = 1; x <= 5; ++x) fit.add(std::array{x, 3 * x}, x);
  CHECK_FALSE(fit.solve().has_value());
}

}  // namespace
}  // namespace sunny16::sim
