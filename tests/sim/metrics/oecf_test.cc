#include "sim/metrics/oecf.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "sim/metrics/metric_error.h"
#include "tests/sim/metrics/grey_scale.h"

namespace sunny16::sim {
namespace {

using test::grey_scale;
using test::picture_of;
using test::stops;

Oecf oecf_of(const std::vector<double>& luminances, double (*level)(double), const OecfOptions& options = {}) {
  const auto image = picture_of(luminances, [&](double l, int, int) { return level(l); });
  return measure_oecf(image.view(), grey_scale(luminances), options);
}

TEST_CASE("Gamma, black level and scale are those of the curve") {
  const Oecf linear = oecf_of(stops(12, 0.5), [](double l) { return 0.0625 + 0.8 * l; });
  CHECK(linear.gamma == doctest::Approx(1).epsilon(1e-3));
  CHECK(linear.black_level == doctest::Approx(0.0625).epsilon(1e-3));
  CHECK(linear.scale == doctest::Approx(0.8).epsilon(1e-3));
  for (const OecfPoint& p : linear.points) CHECK(p.incremental_gain == doctest::Approx(0.8).epsilon(1e-3));

  const Oecf display = oecf_of(stops(14, 1.0 / 3), [](double l) { return 0.9 * std::pow(l, 1 / 2.2); });
  CHECK(display.gamma == doctest::Approx(1 / 2.2).epsilon(1e-3));
  CHECK(display.black_level == doctest::Approx(0).epsilon(1e-3));
  CHECK(display.white_level == doctest::Approx(0.9));
  CHECK(display.fit_error_rms < 1e-5);
  // A parabola through steps of a third of a stop follows the slope of the curve within 2 %.
  for (std::size_t i = 1; i + 1 < display.points.size(); ++i) {
    const OecfPoint& p = display.points[i];
    CHECK(p.incremental_gain == doctest::Approx(p.level / 2.2 / p.luminance).epsilon(0.02));
  }
}

TEST_CASE("Clipped steps are not fitted, and the curve is followed to where they begin") {
  const auto level = [](double l) { return std::min(1.0, 0.05 + 1.9 * l); };
  const Oecf found = oecf_of(stops(16, 0.25), level);
  CHECK(found.gamma == doctest::Approx(1).epsilon(1e-3));
  CHECK(found.scale == doctest::Approx(1.9).epsilon(1e-3));
  CHECK(found.points.back().clipped);
  CHECK(found.points.back().incremental_gain == 0);
  CHECK(found.luminance_at(1) == doctest::Approx(0.5).epsilon(1e-4));
  CHECK(found.luminance_at(0.5) == doctest::Approx(0.45 / 1.9).epsilon(1e-4));
}

TEST_CASE("The rendered range ends where steps become one") {
  // Black up to luminance 1/16, white from 1/2 on: steps of one stop differ from 1/16 to 1/2.
  const auto level = [](double l) { return std::clamp((std::log2(l) + 4) / 3, 0.0, 1.0); };
  CHECK(oecf_of(stops(9, 1), level, {.clipped_share = 2}).rendered_range_ev == doctest::Approx(3));
  CHECK(oecf_of(stops(9, 1), [](double l) { return 0.9 * l; }).rendered_range_ev == doctest::Approx(7));
}

TEST_CASE("Densities are logarithms of base ten") {
  CHECK(luminance_of_density(0) == 1);
  CHECK(luminance_of_density(1.5) == doctest::Approx(0.0316228));
}

TEST_CASE("Scales that cannot be measured are refused") {
  CHECK_THROWS_AS(oecf_of(stops(3, 1), [](double l) { return l / 2; }), MetricError);
  CHECK_THROWS_AS(oecf_of(stops(9, 1), [](double) { return 1.0; }), MetricError);
  CHECK_THROWS_AS(oecf_of(stops(9, 1), [](double l) { return 0.9 - 0.5 * l; }), MetricError);
  CHECK_THROWS_AS(oecf_of({0.1, 0.1, 0.2, 0.3, 0.4}, [](double l) { return l; }), MetricError);
  const auto image = picture_of(stops(4, 1), [](double l, int, int) { return l / 2; });
  auto outside = grey_scale(stops(4, 1));
  outside[3].region.x += 1;
  CHECK_THROWS_AS(measure_oecf(image.view(), outside), MetricError);
}

}  // namespace
}  // namespace sunny16::sim
