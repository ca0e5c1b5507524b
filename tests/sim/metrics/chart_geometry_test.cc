#include "sim/metrics/chart_geometry.h"

#include <doctest/doctest.h>

#include <limits>

#include "sim/metrics/metric_error.h"

namespace sunny16::sim {
namespace {

Position centre(const Quadrilateral& q) {
  Position sum;
  for (const Position& p : q.corners) sum.x += p.x / 4, sum.y += p.y / 4;
  return sum;
}

/// A camera that looks at the plane z = 0 from a side: a pinhole, so that lines stay lines.
Position seen(double x, double y) {
  const double depth = 1 + 0.12 * x - 0.09 * y;
  return {300 + (200 * x - 40 * y) / depth, 250 + (55 * x + 190 * y) / depth};
}

TEST_CASE("A homography takes the unit square's corners where they were said to be, and keeps cross ratios") {
  const std::array<Position, 4> corners{seen(0, 0), seen(1, 0), seen(1, 1), seen(0, 1)};
  const Homography map(corners);
  for (const double x : {0.0, 0.25, 0.5, 1.0, 1.5})
    for (const double y : {0.0, 0.3, 1.0, -0.5}) {
      CHECK(map({x, y}).x == doctest::Approx(seen(x, y).x).epsilon(1e-9));
      CHECK(map({x, y}).y == doctest::Approx(seen(x, y).y).epsilon(1e-9));
    }
}

TEST_CASE("Patches lie where a chart in perspective has them, from their centres or from the outer corners") {
  const double half = kColourCheckerLayout.patch_share / 2;
  const auto by_centres = chart_patches({seen(0, 0), seen(5, 0), seen(5, 3), seen(0, 3)}, Corners::centres);
  const auto by_corners = chart_patches(
      {seen(-half, -half), seen(5 + half, -half), seen(5 + half, 3 + half), seen(-half, 3 + half)}, Corners::outer);
  REQUIRE(by_centres.size() == 24);
  REQUIRE(by_corners.size() == 24);
  const double sampled = half * kColourCheckerLayout.sampled_share;
  for (int i = 0; i < 24; ++i) {
    const Position truth = seen(i % 6 - sampled, i / 6 + sampled);  // the fourth corner of each region
    for (const auto& patches : {by_centres, by_corners}) {
      const Position found = patches[static_cast<std::size_t>(i)].corners[3];
      CHECK(found.x == doctest::Approx(truth.x).epsilon(1e-9));
      CHECK(found.y == doctest::Approx(truth.y).epsilon(1e-9));
    }
  }
}

TEST_CASE("The order of the corners tells how the chart is turned, and whether it is mirrored") {
  const std::array<Position, 4> upright{{{100, 100}, {600, 100}, {600, 400}, {100, 400}}};
  const auto with = [&](std::array<std::size_t, 4> order) {
    return chart_patches({upright[order[0]], upright[order[1]], upright[order[2]], upright[order[3]]},
                         Corners::centres);
  };
  CHECK(centre(with({0, 1, 2, 3})[1]).x == doctest::Approx(200));
  CHECK(centre(with({2, 3, 0, 1})[1]).x == doctest::Approx(500));  // upside down
  CHECK(centre(with({2, 3, 0, 1})[1]).y == doctest::Approx(400));
  CHECK(centre(with({1, 0, 3, 2})[1]).x == doctest::Approx(500));  // mirrored
  CHECK(centre(with({1, 0, 3, 2})[1]).y == doctest::Approx(100));
  CHECK(centre(with({3, 0, 1, 2})[1]).x == doctest::Approx(100));  // on its side
  CHECK(centre(with({3, 0, 1, 2})[1]).y == doctest::Approx(340));
}

TEST_CASE("A quadrilateral holds the pixels whose centres lie inside it") {
  int count = 0;
  for_each_pixel(Quadrilateral::of({3, 4, 5, 6}), [&](int x, int y) {
    CHECK((x >= 3 && x < 8 && y >= 4 && y < 10));
    ++count;
  });
  CHECK(count == 30);
  // A square on its tip with diagonals of 20.2: a diamond of radius 10 holds 1 + 2 * 10 * 11 pixels.
  count = 0;
  for_each_pixel({{{{0, -10.1}, {10.1, 0}, {0, 10.1}, {-10.1, 0}}}}, [&](int, int) { ++count; });
  CHECK(count == 221);
}

TEST_CASE("Corners that span no chart are refused") {
  const auto patches = [](std::array<Position, 4> corners) { return chart_patches(corners, Corners::outer); };
  CHECK_THROWS_AS(patches({{{0, 0}, {10, 10}, {10, 0}, {0, 10}}}), MetricError);  // crossed
  CHECK_THROWS_AS(patches({{{0, 0}, {10, 0}, {20, 0}, {30, 0}}}), MetricError);   // on a line
  CHECK_THROWS_AS(patches({{{5, 5}, {5, 5}, {5, 5}, {5, 5}}}), MetricError);
  CHECK_THROWS_AS(patches({{{0, 0}, {100, 0}, {20, 20}, {0, 100}}}), MetricError);  // dented
  CHECK_THROWS_AS(patches({{{0, 0}, {std::numeric_limits<double>::quiet_NaN(), 0}, {9, 9}, {0, 9}}}), MetricError);
}

}  // namespace
}  // namespace sunny16::sim
