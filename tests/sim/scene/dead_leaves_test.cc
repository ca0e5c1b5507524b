#include "sim/scene/dead_leaves.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "tests/sim/scene/eye.h"

namespace sunny16::sim {
namespace {

TEST_CASE("Radii have the density r^-3: twice the radius, a quarter as many discs reach it") {
  // P(R > r) = (r^-2 - L^-2) / (s^-2 - L^-2)
  constexpr double kS = DeadLeaves::kSmallest, kL = DeadLeaves::kLargest;
  constexpr int kDraws = 100000;
  std::vector<double> radii;
  for (int i = 0; i < kDraws; ++i) radii.push_back(DeadLeaves::radius((i + 0.5) / kDraws));
  CHECK(radii.front() == doctest::Approx(kS).epsilon(1e-4));
  CHECK(radii.back() < kL);
  for (const double r : {0.004, 0.008, 0.016, 0.05}) {
    const auto larger = std::ranges::count_if(radii, [&](double v) { return v > r; });
    const double expected = (1 / (r * r) - 1 / (kL * kL)) / (1 / (kS * kS) - 1 / (kL * kL));
    CHECK(static_cast<double>(larger) / kDraws == doctest::Approx(expected).epsilon(0.02));
  }
}

TEST_CASE("Discs cover the field; their greys are uniform") {
  const DeadLeaves scene(false);
  const Seen seen(scene);
  const auto field = scene.targets().front().corners;
  std::array<int, 5> shades{};
  double sum = 0;
  int count = 0, mean_exactly = 0;
  for (double y = 0.001; y < 1; y += 0.004)
    for (double x = 0.001; x < 1; x += 0.004, ++count) {
      const double v = seen.luminance(between(field, x, y));
      CHECK(v >= DeadLeaves::kDarkest - 1e-9);
      CHECK(v <= DeadLeaves::kLightest + 1e-9);
      mean_exactly += std::abs(v - DeadLeaves::kMean) < 1e-12;
      ++shades[static_cast<std::size_t>(std::clamp((v - 0.25) * 10, 0.0, 4.0))];
      sum += v;
    }
  CHECK(mean_exactly == 0);  // nothing is left uncovered
  CHECK(sum / count == doctest::Approx(DeadLeaves::kMean).epsilon(0.03));
  for (const int shade : shades) CHECK(shade > count / 10);
}

TEST_CASE("What is seen is the nearest of all discs, also after looking it up by cells") {
  const Box field{{-1, -1}, {1, 1}};
  Leaves leaves(field, 0.1);
  std::vector<Leaf> all;
  for (int i = 0; i < 300; ++i) {
    const double a = 0.7 * i, size = 0.02 + 0.0007 * i;
    all.push_back({.centre = {0.9 * std::cos(a * 1.7), 0.9 * std::sin(a)},
                   .axis = {std::cos(a), std::sin(a)},
                   .longer = size,
                   .shorter = 0.4 * size,
                   .paint = grey(i)});
    leaves.add(all.back());
  }
  int seen = 0;
  for (double y = -0.99; y < 1; y += 0.013)
    for (double x = -0.99; x < 1; x += 0.013) {
      const auto nearest = std::ranges::find_if(all, [&](const Leaf& leaf) {
        const Point d = Point{x, y} - leaf.centre;
        const double u = dot(d, leaf.axis) / leaf.longer, v = dot(d, Point{-leaf.axis.y, leaf.axis.x}) / leaf.shorter;
        return u * u + v * v < 1;
      });
      const Leaf* found = leaves.at({x, y});
      REQUIRE((found != nullptr) == (nearest != all.end()));
      if (!found) continue;
      CHECK(found->paint.r == nearest->paint.r);
      ++seen;
    }
  CHECK(seen > 3000);
  CHECK(leaves.at({1.5, 0}) == nullptr);
}

TEST_CASE("The coloured chart's three channels are independent") {
  const DeadLeaves scene(true);
  const Seen seen(scene, srgb_observer());
  const auto field = scene.targets().front().corners;
  double rg = 0, rr = 0, gg = 0;
  for (double y = 0.001; y < 1; y += 0.007)
    for (double x = 0.001; x < 1; x += 0.007) {
      const Colour c = seen.at(between(field, x, y)) + grey(-DeadLeaves::kMean);
      rg += c.r * c.g, rr += c.r * c.r, gg += c.g * c.g;
    }
  CHECK(std::abs(rg / std::sqrt(rr * gg)) < 0.15);
}

}  // namespace
}  // namespace sunny16::sim
