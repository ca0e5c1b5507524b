#include "firmware/control/luma_histogram.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/firmware/control/light_meter.h"

namespace sunny16::firmware {
namespace {

LumaHistogram meter(const std::vector<double>& luminance, double exposure = 1) {
  return LumaHistogram(test::Patches{luminance}.expose(test::applied(exposure, 1)));
}

bool near(double a, double b, double tolerance) { return std::abs(a - b) <= tolerance; }

TEST_CASE("Quantiles and the means between them") {
  const LumaHistogram histogram = meter({0.1, 0.2, 0.3, 0.4});
  CHECK(near(histogram.mean(1), 0.25, 0.001));
  CHECK(near(histogram.quantile(0.6), 0.3, 0.001));
  CHECK(near(histogram.inter_quantile_mean(0, 0.5), 0.15, 0.001));
  CHECK(near(histogram.inter_quantile_mean(0.75, 1), 0.4, 0.001));
  CHECK(near(histogram.inter_quantile_mean(0.98, 1), 0.4, 0.001));
  CHECK(histogram.clipped() == 0);
}

TEST_CASE("The gain to a target is what the next exposure measures, clipping included") {
  const std::vector<double> scene{0.01, 0.02, 0.05, 0.05, 0.1, 0.3, 0.6};
  for (const double target : {0.1, 0.25, 0.5}) {
    const double gain = meter(scene).gain_to(target);
    CHECK(near(meter(scene, gain).mean(1), target, 0.003));
  }
}

TEST_CASE("The more is clipped, the darker the next exposure") {
  double last = 1;
  for (const int clipped : {1, 3, 6, 9, 10}) {
    std::vector<double> scene(10, 0.2);
    std::fill_n(scene.begin(), clipped, 5.0);
    const double gain = meter(scene).gain_to(0.16);
    CHECK(gain < last);
    last = gain;
  }
  CHECK(last < 0.06);
}

TEST_CASE("Without weights it is empty") { CHECK(LumaHistogram(isp::Statistics{}).empty()); }

}  // namespace
}  // namespace sunny16::firmware
