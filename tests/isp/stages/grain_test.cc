#include "isp/stages/grain.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/isp/stage_harness.h"

namespace sunny16::isp {
namespace {

using Display = test::Samples<domain::DisplayRgb>;
constexpr int kMax = domain::DisplayRgb::max, kSide = 256;

/// What is added to an even grey.
std::vector<double> grain(const GrainTuning& tuning, int level) {
  const auto in = Display(kSide, kSide).fill([level](int, int, int) { return level; });
  const Display out = test::run_stage<Grain>(Grain::derive(tuning, {}), in);
  std::vector<double> difference;
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) {
      CHECK_UNARY(out.at(0, x, y) == out.at(1, x, y) && out.at(2, x, y) == out.at(1, x, y));
      difference.push_back(out.at(1, x, y) - level);
    }
  return difference;
}

/// Mean product of values (dx, dy) apart.
double covariance(const std::vector<double>& values, int dx, int dy) {
  double sum = 0;
  int count = 0;
  for (int y = std::max(0, -dy); y < kSide - std::max(0, dy); ++y)
    for (int x = std::max(0, -dx); x < kSide - std::max(0, dx); ++x, ++count)
      sum +=
          values[static_cast<std::size_t>(y * kSide + x)] * values[static_cast<std::size_t>((y + dy) * kSide + x + dx)];
  return sum / count;
}
double deviation(const std::vector<double>& values) { return std::sqrt(covariance(values, 0, 0)); }

TEST_CASE("grain: its deviation is what strength says, whatever the size, about a mean of nothing") {
  for (const double size : {1.0, 1.5, 2.0, 3.0}) {
    CAPTURE(size);
    const auto values = grain({.strength = 0.5, .size = size}, kMax / 2);
    double mean = 0;
    for (const double v : values) mean += v / static_cast<double>(values.size());
    CHECK(std::abs(mean) < 12);
    CHECK(deviation(values) == doctest::Approx(0.03 * kMax).epsilon(0.04));
  }
}

TEST_CASE("grain: it is strongest in mid-tones; black and white stay clean") {
  const auto at = [](double part) { return deviation(grain({.strength = 0.5}, static_cast<int>(part * kMax))); };
  const double middle = at(0.5);
  CHECK(at(0.1) < 0.5 * middle);
  CHECK(at(0.9) < 0.5 * middle);
  CHECK(at(0) == 0);
  CHECK(at(1) < 1);
}

TEST_CASE("grain: pixels of size 1 have nothing to do with each other, larger grains with their neighbours only") {
  const auto fine = grain({.strength = 0.5, .size = 1}, kMax / 2),
             coarse = grain({.strength = 0.5, .size = 2.5}, kMax / 2);
  const double fine_variance = covariance(fine, 0, 0), coarse_variance = covariance(coarse, 0, 0);
  for (int dy = 0; dy < 24; ++dy)
    for (int dx = -24; dx < 24; ++dx) {
      if (dy == 0 && dx <= 0) continue;
      CAPTURE(dx);
      CAPTURE(dy);
      CHECK(std::abs(covariance(fine, dx, dy)) < 0.025 * fine_variance);  // six deviations of the estimate
      if (std::abs(dx) > 4 || dy > 4) CHECK(std::abs(covariance(coarse, dx, dy)) < 0.06 * coarse_variance);
    }
  CHECK(covariance(coarse, 1, 0) > 0.5 * coarse_variance);
  CHECK(covariance(coarse, 0, 1) > 0.5 * coarse_variance);
}

TEST_CASE("grain: a number names a pattern; another is another") {
  const auto first = grain({.strength = 0.5, .pattern = 1}, kMax / 2),
             second = grain({.strength = 0.5, .pattern = 2}, kMax / 2);
  CHECK(first == grain({.strength = 0.5, .pattern = 1}, kMax / 2));
  double product = 0;
  for (std::size_t i = 0; i < first.size(); ++i) product += first[i] * second[i] / static_cast<double>(first.size());
  CHECK(std::abs(product) < 0.025 * covariance(first, 0, 0));
}

TEST_CASE("grain: colours keep their differences, and without strength it is off") {
  const auto in = Display(64, 64).fill([](int plane, int, int) { return 4000 + 3000 * plane; });
  const Display out = test::run_stage<Grain>(Grain::derive({.strength = 0.3}, {}), in);
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 64; ++x) REQUIRE(out.at(2, x, y) - out.at(0, x, y) == 6000);
  CHECK(Grain::derive({}, {}).enabled == 0);
}

}  // namespace
}  // namespace sunny16::isp
