// The light of made-up statistics.
#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "firmware/control/white_balance_estimate.h"
#include "isp/core/layout.h"

namespace sunny16::firmware {
namespace {

AwbTuning with_curve() {
  AwbTuning tuning;
  tuning.ct_curve = {
      {2400, 0.95, 0.30}, {3000, 0.75, 0.40}, {4000, 0.60, 0.52}, {5500, 0.48, 0.63}, {7500, 0.40, 0.72}};
  return tuning;
}

/// Surfaces of many colours whose mean is not grey, under one light. A zone in four is grey, and zones differ in
/// brightness.
isp::Statistics scene(const Vector3& light, double brightness = 0.3) {
  isp::Statistics statistics;
  unsigned i = 0;
  for (auto& row : statistics.white_balance)
    for (auto& zone : row) {
      Vector3 surface{1, 1, 1};
      switch (i % 8) {
        case 1:
          surface = {0.9, 0.5, 0.3};
          break;
        case 3:
          surface = {0.3, 0.5, 0.2};
          break;
        case 4:
          surface = {0.4, 0.6, 0.9};
          break;
        case 5:
          surface = {0.7, 0.2, 0.2};
          break;
        case 6:
          surface = {0.8, 0.7, 0.3};
          break;
        case 7:
          surface = {0.6, 0.55, 0.5};
          break;
        default:
          break;
      }
      const double level = brightness * (0.1 + 0.9 * (i * 37 % 101) / 100) * isp::domain::LinearRaw::range;
      zone.count = 100 + i % 7;
      const auto sum = [&](std::size_t colour) {
        return static_cast<std::uint64_t>(level * surface[colour] * light[colour] * static_cast<double>(zone.count));
      };
      zone.red = sum(0), zone.green = 2 * sum(1), zone.blue = sum(2);
      ++i;
    }
  return statistics;
}

double angle(const Vector3& a, const Vector3& b) {
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < 3; ++i) ab += a[i] * b[i], aa += a[i] * a[i], bb += b[i] * b[i];
  return std::acos(std::min(1.0, ab / std::sqrt(aa * bb))) * 180 / std::numbers::pi;
}

TEST_CASE("lights on the curve are found, with their temperature") {
  const AwbTuning tuning = with_curve();
  for (const double temperature : {2600.0, 3400.0, 4700.0, 6500.0}) {
    CAPTURE(temperature);
    const GreyPoint grey = tuning.grey_at(temperature);
    const WhiteBalanceEstimate estimate = estimate_white_balance(scene({grey.r, 1, grey.b}), tuning, {});
    CHECK(angle(estimate.neutral, {grey.r, 1, grey.b}) < 1.5);
    CHECK(estimate.temperature.value() == doctest::Approx(temperature).epsilon(0.08));
  }
}

TEST_CASE("a sensor more sensitive to red than the calibrated one") {
  AwbTuning tuning = with_curve();
  tuning.sensitivity_r = 1.1;
  const GreyPoint grey = tuning.grey_at(4000);
  const WhiteBalanceEstimate estimate = estimate_white_balance(scene({1.1 * grey.r, 1, grey.b}), tuning, {});
  CHECK(angle(estimate.neutral, {1.1 * grey.r, 1, grey.b}) < 1.5);
  CHECK(estimate.temperature.value() == doctest::Approx(4000).epsilon(0.08));
}

TEST_CASE("what is likely at this brightness decides where the picture does not") {
  const AwbTuning tuning = with_curve();
  // Half the zones are grey under one light, half under another.
  isp::Statistics statistics;
  unsigned i = 0;
  for (auto& row : statistics.white_balance)
    for (auto& zone : row) {
      const GreyPoint grey = tuning.grey_at(i++ % 2 ? 2600 : 6500);
      zone = {static_cast<std::uint64_t>(4e5 * grey.r), 800000, static_cast<std::uint64_t>(4e5 * grey.b), 100};
    }
  CHECK(estimate_white_balance(statistics, tuning, 20).temperature.value() < 3500);
  CHECK(estimate_white_balance(statistics, tuning, 5000).temperature.value() > 5000);
}

TEST_CASE("without a curve, the light of an unknown sensor") {
  for (const Vector3& light : {Vector3{0.735, 1, 0.35}, {0.5, 1, 0.55}, {0.4, 1, 0.66}}) {
    CAPTURE(light[0]);
    const WhiteBalanceEstimate estimate = estimate_white_balance(scene(light), {}, {});
    CHECK(angle(estimate.neutral, light) < 3);
    CHECK(!estimate.temperature);
  }
}

TEST_CASE("brightness does not change the estimate, and nearly clipped zones have no say") {
  const Vector3 light{0.5, 1, 0.6};
  for (const AwbTuning& tuning : {AwbTuning{}, with_curve()}) {
    const WhiteBalanceEstimate estimate = estimate_white_balance(scene(light), tuning, {});
    CHECK(angle(estimate_white_balance(scene(light, 0.15), tuning, {}).neutral, estimate.neutral) < 0.2);
    isp::Statistics with_lamp = scene(light);
    for (auto& zone : with_lamp.white_balance[3]) zone = {300000, 1, 1, 20};  // few quads within limits
    isp::Statistics without = scene(light);
    without.white_balance[3] = {};
    CHECK(estimate_white_balance(with_lamp, tuning, {}).neutral == estimate_white_balance(without, tuning, {}).neutral);
  }
}

TEST_CASE("a black picture gets daylight, or nothing") {
  const AwbTuning tuning = with_curve();
  const WhiteBalanceEstimate daylight = estimate_white_balance({}, tuning, {});
  CHECK(daylight.temperature == 5000.0);
  CHECK(daylight.neutral == Vector3{tuning.grey_at(5000).r, 1, tuning.grey_at(5000).b});
  CHECK(estimate_white_balance({}, {}, {}).neutral == Vector3{1, 1, 1});
}

TEST_CASE("the temperature of a grey") {
  const AwbTuning tuning = with_curve();
  for (const GreyPoint& point : tuning.ct_curve)
    CHECK(temperature_of_neutral(tuning, {point.r, 1, point.b}) == doctest::Approx(point.temperature).epsilon(0.02));
}

}  // namespace
}  // namespace sunny16::firmware
