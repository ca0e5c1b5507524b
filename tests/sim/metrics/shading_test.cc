#include "sim/metrics/shading.h"

#include <doctest/doctest.h>

#include <cmath>

namespace sunny16::sim {
namespace {

constexpr int kWidth = 170, kHeight = 130;
constexpr double kRadius2 = 85.0 * 85 + 65.0 * 65;

/// Light that falls off with the square of the distance from the centre, by `loss` at the corner.
isp::Image<float> field(double level, double loss) {
  isp::Image<float> image(kWidth, kHeight);
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x) {
      const double u = x - (kWidth - 1) / 2.0, v = y - (kHeight - 1) / 2.0;
      image.row(y)[x] = static_cast<float>(level * (1 - loss * (u * u + v * v) / kRadius2));
    }
  return image;
}

/// The mean of that over a cell of 10 x 10 pixels about u, v: 10 whole numbers have the variance 99 / 12.
double cell(double u, double v, double loss) { return 1 - loss * (u * u + v * v + 2 * 99 / 12.0) / kRadius2; }

TEST_CASE("Fall-off and colour shading are those of the field") {
  const double losses[]{0.5, 0.4, 0.3};
  const isp::Image<float> images[]{field(0.3, losses[0]), field(0.7, losses[1]), field(0.5, losses[2])};
  const Plane planes[]{images[0].view(), images[1].view(), images[2].view()};
  const Shading found = measure_shading(planes, whole(planes[0]));
  REQUIRE(found.planes.size() == 3);
  double corners[3];
  for (std::size_t i = 0; i < 3; ++i) {
    corners[i] = cell(80, 60, losses[i]) / cell(0, 0, losses[i]);
    const PlaneShading& plane = found.planes[i];
    for (const double corner : plane.corner_percent) CHECK(corner == doctest::Approx(100 * corners[i]).epsilon(1e-6));
    CHECK(plane.fall_off_percent == doctest::Approx(100 * (1 - corners[i])).epsilon(1e-5));
    CHECK(plane.fall_off_ev == doctest::Approx(std::log2(1 / corners[i])).epsilon(1e-5));
    CHECK(plane.uniformity_percent == doctest::Approx(100 * corners[i]).epsilon(1e-5));
    CHECK(plane.relative[17 * 6 + 12] == doctest::Approx(cell(40, 0, losses[i]) / cell(0, 0, losses[i])).epsilon(1e-5));
  }
  CHECK(found.red_green_deviation_percent == doctest::Approx(100 * (1 - corners[0] / corners[1])).epsilon(1e-4));
  CHECK(found.blue_green_deviation_percent == doctest::Approx(100 * (corners[2] / corners[1] - 1)).epsilon(1e-4));
}

TEST_CASE("A tilt keeps the mean of the corners and shows in each") {
  isp::Image<float> image(100, 60);
  for (int y = 0; y < 60; ++y)
    for (int x = 0; x < 100; ++x) image.row(y)[x] = static_cast<float>(0.5 + 0.002 * (x - 49.5));
  const Plane plane = image.view();
  for (const int columns : {10, 20}) {
    const PlaneShading found = measure_shading({&plane, 1}, whole(plane), {.columns = columns, .rows = 6}).planes[0];
    const double reach = 50 - 50.0 / columns;  // of the outermost cells' centres
    CHECK(found.corner_percent[0] == doctest::Approx(100 - 0.4 * reach));
    CHECK(found.corner_percent[1] == doctest::Approx(100 + 0.4 * reach));
    CHECK(found.corner_percent[2] == found.corner_percent[0]);
    CHECK(std::abs(found.fall_off_percent) < 1e-4);
  }
}

TEST_CASE("What is no flat field is refused") {
  const auto image = field(0.5, 0);
  const auto dark = field(0, 0);
  const Plane plane = image.view(), black = dark.view();
  const Plane two[]{plane, plane};
  CHECK_THROWS_AS(measure_shading(two, whole(plane)), MetricError);
  CHECK_THROWS_AS(measure_shading({&black, 1}, whole(plane)), MetricError);
  CHECK_THROWS_AS(measure_shading({&plane, 1}, {0, 0, 16, 13}), MetricError);
  CHECK_THROWS_AS(measure_shading({&plane, 1}, whole(plane), {.columns = 1, .rows = 5}), MetricError);
}

}  // namespace
}  // namespace sunny16::sim
