#include "sim/sensor/random.h"

#include <doctest/doctest.h>

#include <cmath>

namespace sunny16::sim {
namespace {

TEST_CASE("Philox gives the numbers that its authors publish") {
  using Words = std::array<std::uint32_t, 4>;  // kat_vectors of Random123
  CHECK(philox({0, 0, 0, 0}, {0, 0}) == Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(philox({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}) == Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("Normal quantiles are the inverse of the distribution, both tails alike") {
  for (const double p : {1e-9, 1e-4, 0.02, 0.2, 0.5, 0.7, 0.99, 0.99999}) {
    const double z = normal_quantile(p);
    CHECK(0.5 * std::erfc(-z / std::sqrt(2.0)) == doctest::Approx(p).epsilon(1e-5));
    CHECK(normal_quantile(1 - p) == doctest::Approx(-z).epsilon(1e-5));
  }
}

TEST_CASE("Photon counts have the mean, the variance and the skewness of Poisson's distribution") {
  for (const double mean : {0.3, 5.0, 15.9, 16.1, 300.0}) {
    constexpr int kCount = 200000;
    double sum = 0, squares = 0, cubes = 0;
    for (int i = 0; i < kCount; ++i) {
      const double d = poisson_quantile(mean, pixel_uniforms(3, 0, i % 500, i / 500)[0]) - mean;
      sum += d, squares += d * d, cubes += d * d * d;
    }
    CAPTURE(mean);
    CHECK(std::abs(sum / kCount) < 4 * std::sqrt(mean / kCount));
    CHECK(squares / kCount == doctest::Approx(mean).epsilon(0.02));
    CHECK(cubes / kCount / std::pow(mean, 1.5) == doctest::Approx(1 / std::sqrt(mean)).epsilon(0.15));
  }
  CHECK(poisson_quantile(0, 0.9) == 0);
  CHECK(poisson_quantile(-1, 0.9) == 0);
}

TEST_CASE("Neighbouring pixels, frames and seeds are not correlated") {
  constexpr int kSide = 300;
  const auto correlation = [](auto&& other) {
    double sum = 0;
    for (int y = 0; y < kSide; ++y)
      for (int x = 0; x < kSide; ++x) sum += (pixel_uniforms(1, 1, x, y)[0] - 0.5) * (other(x, y) - 0.5);
    return std::abs(sum * 12 / (kSide * kSide));
  };
  const double limit = 4.0 / kSide;  // four standard deviations
  CHECK(correlation([](int x, int y) { return pixel_uniforms(1, 1, x + 1, y)[0]; }) < limit);
  CHECK(correlation([](int x, int y) { return pixel_uniforms(1, 1, x, y + 1)[0]; }) < limit);
  CHECK(correlation([](int x, int y) { return pixel_uniforms(1, 2, x, y)[0]; }) < limit);
  CHECK(correlation([](int x, int y) { return pixel_uniforms(2, 1, x, y)[0]; }) < limit);
  CHECK(correlation([](int x, int y) { return pixel_uniforms(1, 1, x, y)[1]; }) < limit);
}

}  // namespace
}  // namespace sunny16::sim
