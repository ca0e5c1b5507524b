#include "isp/core/exact_math.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace sunny16::isp {
namespace {

double relative_error(double value, double truth) { return truth == 0 ? std::abs(value) : std::abs(value / truth - 1); }

TEST_CASE("exact functions agree with the C library to 1e-13") {
  for (double v = 1e-12; v < 1e12; v *= 1.0137) {
    CHECK(relative_error(exact::sqrt(v), std::sqrt(v)) < 1e-13);
    CHECK(std::abs(exact::log2(v) - std::log2(v)) < 1e-13 * std::max(1.0, std::abs(std::log2(v))));
  }
  for (double v = -300; v < 300; v += 0.377) CHECK(relative_error(exact::exp2(v), std::exp2(v)) < 1e-13);
  for (double base = 0.001; base < 4; base += 0.0317)
    for (double power : {-2.0, -0.5, 1 / 2.4, 1.0, 2.4})
      CHECK(relative_error(exact::pow(base, power), std::pow(base, power)) < 1e-13);
}

TEST_CASE("exact functions at the ends of their ranges") {
  CHECK(exact::sqrt(0) == 0);
  CHECK(exact::sqrt(-1) == 0);
  CHECK(exact::pow(0, 2.4) == 0);
  CHECK(exact::exp2(0) == 1);
  CHECK(exact::exp2(5000) == std::exp2(1023));
  CHECK(exact::log2(1) == 0);
  CHECK(exact::floor(-1.5) == -2);
  CHECK(exact::floor(-2) == -2);
  CHECK(exact::floor(1.9) == 1);
}

}  // namespace
}  // namespace sunny16::isp
