#include "sim/metrics/minimum.h"

#include <doctest/doctest.h>

#include <cmath>

namespace sunny16::sim {
namespace {

TEST_CASE("The lowest of several minima is found, also at an end") {
  CHECK(minimum_at(-4, 4, 16, [](double x) { return (x - 1.234) * (x - 1.234); }) == doctest::Approx(1.234));
  const auto wavy = [](double x) { return std::cos(6 * x) + 0.1 * (x - 2) * (x - 2); };
  // Minima lie near (2 k + 1) pi / 6; the one next to 2 is at 1.5708 or 2.618, and the first is nearer.
  CHECK(minimum_at(-4, 4, 80, wavy) == doctest::Approx(1.5708).epsilon(0.005));
  CHECK(minimum_at(0, 1, 8, [](double x) { return x; }) == doctest::Approx(0).epsilon(1e-5));
  CHECK(minimum_at(0, 1, 8, [](double x) { return -x; }) == doctest::Approx(1).epsilon(1e-5));
}

}  // namespace
}  // namespace sunny16::sim
