#include "sim/scene/pattern.h"

#include <doctest/doctest.h>
#include <array>

#include <algorithm>
#include <cmath>

namespace sunny16::sim {
namespace {

TEST_CASE("Sines are right anywhere") {
  for (double turns = -3; turns < 3; turns += 0.0137)
    CHECK(std::abs(sine(turns) - std::sin(turns * 2 * 3.14159265358979323846)) < 1e-9);
}

TEST_CASE("A smooth step is level at both ends and runs either way") {
  CHECK(smooth_step(1, 3, 0.9) == 0);
  CHECK(smooth_step(1, 3, 2) == 0.5);
  CHECK(smooth_step(1, 3, 3.1) == 1);
  CHECK(smooth_step(3, 1, 0.9) == 1);
  CHECK(smooth_step(0, 1, 0.01) < 0.001);
}

TEST_CASE("Noise stays within its range, is continuous, and has its mean in the middle") {
  double low = 1, high = 0, sum = 0, steepest = 0, previous = 0;
  int count = 0;
  for (double y = -9; y < 9; y += 0.61)
    for (double x = -20; x < 20; x += 0.01, ++count) {
      const double v = value_noise({x, y});
      low = std::min(low, v), high = std::max(high, v), sum += v;
      if (x > -20) steepest = std::max(steepest, std::abs(v - previous));
      previous = v;
      const double f = fractal_noise({x, y}), fine = fine_noise({x, y});
      CHECK(std::abs(f) <= 0.5);
      CHECK(std::abs(fine) <= 0.5);
    }
  CHECK(low >= 0);
  CHECK(low < 0.05);
  CHECK(high <= 1);
  CHECK(high > 0.95);
  CHECK(sum / count == doctest::Approx(0.5).epsilon(0.05));
  CHECK(steepest < 0.016);  // a smooth step from 0 to 1 is nowhere steeper than 3/2
}

TEST_CASE("Each cell's number is its own, evenly spread") {
  std::array<int, 10> counts{};
  for (int y = -50; y < 50; ++y)
    for (int x = -50; x < 50; ++x) ++counts[static_cast<std::size_t>(cell_noise(x, y) * 10)];
  for (const int count : counts) CHECK(std::abs(count - 1000) < 5 * 30);  // five times the deviation of a fair draw
  CHECK(cell_noise(3, 4) != cell_noise(4, 3));
}

}  // namespace
}  // namespace sunny16::sim
