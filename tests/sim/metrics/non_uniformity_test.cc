#include "sim/metrics/non_uniformity.h"

#include <doctest/doctest.h>

#include <vector>

#include "sim/metrics/metric_error.h"
#include "tests/sim/metrics/simulated_sensor.h"

namespace sunny16::sim {
namespace {

using test::SimulatedSensor;

StackVariances stack(const SimulatedSensor& sensor, double electrons, std::uint64_t from, std::uint64_t frames) {
  std::vector<isp::Image<float>> images;
  std::vector<Plane> planes;
  for (std::uint64_t i = 0; i < frames; ++i) images.push_back(sensor.expose(electrons, from + i, 300, 260));
  for (const auto& image : images) planes.push_back(image.view());
  return stack_variances(planes, {0, 0, 300, 260});
}

TEST_CASE("Patterns are found below the temporal noise, each with its rows, columns and pixels") {
  for (const std::uint64_t seed : {3, 4}) {
    const SimulatedSensor sensor{.gain_dn_per_e = 0.5,
                                 .read_noise_e = 3,
                                 .black_dn = 64,
                                 .bits = 12,
                                 .prnu_percent = 1,
                                 .prnu_column_percent = 0.5,
                                 .dsnu_e = 2,
                                 .dsnu_row_e = 1,
                                 .seed = seed};
    const StackVariances dark = stack(sensor, 0, 0, 8), light = stack(sensor, 3500, 100, 8);
    CHECK(light.temporal == doctest::Approx(0.25 * (3500 + 9) + 1.0 / 12).epsilon(0.01));
    const NonUniformity found = non_uniformity(dark, light, 0.5);
    CHECK(found.dsnu_pixel_e == doctest::Approx(2).epsilon(0.02));
    CHECK(found.dsnu_row_e == doctest::Approx(1).epsilon(0.15));  // 260 rows: a deviation is known to 1/sqrt(520)
    CHECK(found.dsnu_column_e < 0.15);
    CHECK(found.dsnu_1288_e == doctest::Approx(std::sqrt(5)).epsilon(0.04));
    CHECK(found.prnu_pixel_percent == doctest::Approx(1).epsilon(0.02));
    CHECK(found.prnu_column_percent == doctest::Approx(0.5).epsilon(0.15));
    CHECK(found.prnu_row_percent < 0.1);
    CHECK(found.prnu_1288_percent == doctest::Approx(std::sqrt(1.25)).epsilon(0.04));
  }
}

TEST_CASE("The variances of a pattern without noise are those of its parts") {
  // Rows of +-3, columns of +-2, and a checkerboard of +-1, all orthogonal on even sides.
  isp::Image<float> image(40, 30);
  for (int y = 0; y < 30; ++y)
    for (int x = 0; x < 40; ++x)
      image.row(y)[x] = static_cast<float>(100 + (y % 2 ? 3 : -3) + (x % 2 ? 2 : -2) + ((x + y) % 2 ? 1 : -1));
  const std::vector<Plane> planes{image.view(), image.view()};
  const StackVariances found = stack_variances(planes, {0, 0, 40, 30});
  CHECK(found.mean == doctest::Approx(100));
  CHECK(found.temporal == 0);
  CHECK(found.total == doctest::Approx(14).epsilon(0.01));
  CHECK(found.row == doctest::Approx(9).epsilon(0.04));
  CHECK(found.column == doctest::Approx(4).epsilon(0.04));
  CHECK(found.row + found.column + found.pixel == doctest::Approx(found.total).epsilon(1e-9));
}

TEST_CASE("A single frame is no stack, and dark frames are darker than light ones") {
  const isp::Image<float> image(20, 20);
  const std::vector<Plane> one{image.view()}, two{image.view(), image.view()};
  CHECK_THROWS_AS(stack_variances(one, {0, 0, 20, 20}), MetricError);
  CHECK_THROWS_AS(stack_variances(two, {0, 0, 21, 20}), MetricError);
  CHECK_THROWS_AS(non_uniformity({.mean = 64}, {.mean = 64}, 0.5), MetricError);
}

}  // namespace
}  // namespace sunny16::sim
