#include "sim/metrics/region.h"

#include <doctest/doctest.h>

namespace sunny16::sim {
namespace {

/// Each sample says where it is.
isp::Image<float> places(int width, int height) {
  isp::Image<float> image(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) image.row(y)[x] = static_cast<float>(100 * y + x);
  return image;
}

TEST_CASE("A lattice's plane holds every sample of its colour") {
  const auto mosaic = places(7, 5);
  for (const Lattice lattice : {Lattice{0, 0, 2}, Lattice{1, 0, 2}, Lattice{2, 1, 3}, Lattice{}}) {
    const auto plane = lattice_plane(mosaic.view(), lattice);
    const auto count = [&](int length, int start) { return (length - start + lattice.step - 1) / lattice.step; };
    REQUIRE(plane.width() == count(7, lattice.x0));
    REQUIRE(plane.height() == count(5, lattice.y0));
    for (int y = 0; y < plane.height(); ++y)
      for (int x = 0; x < plane.width(); ++x)
        CHECK(plane.row(y)[x] == 100 * (lattice.y0 + y * lattice.step) + lattice.x0 + x * lattice.step);
  }
}

TEST_CASE("Within a region a lattice keeps its samples") {
  for (int x = 0; x < 6; ++x) {
    const Lattice inside = within({x, 3, 10, 10}, {1, 0, 2});
    CHECK((x + inside.x0) % 2 == 1);
    CHECK((3 + inside.y0) % 2 == 0);
    CHECK(inside.x0 < 2);
  }
  CHECK(within({10, 10, 5, 5}, {20, 21, 3}).x0 == 1);
}

TEST_CASE("Bad regions and lattices are refused in one line") {
  const auto image = places(7, 5);
  CHECK(region(image.view(), {1, 2, 6, 3}, 6, 3).row(0)[0] == 201);
  CHECK_THROWS_WITH_AS(region(image.view(), {1, 2, 7, 3}, 1, 1), "region: found 7 x 3 at 1, 2, allowed inside 7 x 5",
                       MetricError);
  CHECK_THROWS_WITH_AS(region(image.view(), {1, 2, 6, 3}, 6, 4), "region: found 6 x 3 at 1, 2, allowed 6 x 4 or more",
                       MetricError);
  CHECK_THROWS_AS(region(image.view(), {0, 0, -1, 3}, 1, 1), MetricError);
  CHECK_THROWS_AS(within({}, {0, 0, 0}), MetricError);
  CHECK_THROWS_AS(lattice_plane(image.view(), {8, 0, 9}), MetricError);
}

}  // namespace
}  // namespace sunny16::sim
