#include "sim/metrics/noise.h"

#include <doctest/doctest.h>

#include <cmath>

#include "sim/metrics/metric_error.h"
#include "tests/sim/metrics/grey_scale.h"

namespace sunny16::sim {
namespace {

using test::grey_scale;
using test::normal;
using test::picture_of;
using test::stops;

constexpr double kTemporal = 0.004, kFixed = 0.002;

isp::Image<float> frame(const std::vector<double>& luminances, std::uint64_t index) {
  return picture_of(luminances, [&](double l, int x, int y) {
    return 0.0625 + 0.5 * l + kFixed * normal(1000, x, y) + kTemporal * normal(index, x, y);
  });
}

TEST_CASE("Noise splits into what changes from frame to frame and what stays") {
  const auto scale = stops(10, 1);
  std::vector<isp::Image<float>> images;
  std::vector<Plane> frames;
  for (std::uint64_t i = 0; i < 8; ++i) images.push_back(frame(scale, i));
  for (const auto& image : images) frames.push_back(image.view());
  const NoiseMeasurement found = measure_noise(frames, grey_scale(scale));
  CHECK(found.frames == 8);
  for (const NoiseStep& step : found.steps) {
    CHECK(step.temporal_noise == doctest::Approx(kTemporal).epsilon(0.02));
    CHECK(step.fixed_noise == doctest::Approx(kFixed).epsilon(0.1));
    CHECK(step.total_noise == doctest::Approx(std::hypot(kTemporal, kFixed)).epsilon(0.03));
    CHECK(step.level == doctest::Approx(0.0625 + 0.5 * step.luminance).epsilon(0.01));
  }
  const NoiseStep& white = found.steps.back();
  CHECK(std::fabs(white.snr_db - 20 * std::log10(0.5 / std::hypot(kTemporal, kFixed))) < 0.4);
  // Levels rise by 0.5 a unit of luminance: temporal noise is worth 0.008, and saturation lies at 0.9375 / 0.5.
  CHECK(found.saturation_luminance == doctest::Approx(0.9375 / 0.5).epsilon(0.01));
  CHECK(found.threshold_luminance == doctest::Approx(0.008).epsilon(0.05));
  CHECK(found.dynamic_range_ev == doctest::Approx(std::log2(1.875 / 0.008)).epsilon(0.02));
  CHECK(found.dynamic_range_db == doctest::Approx(20 * std::log10(1.875 / 0.008)).epsilon(0.02));
}

TEST_CASE("One frame has one noise, and a scale that ends above the threshold is continued to it") {
  const auto scale = stops(6, 1);  // 1/32 is the darkest: SNR 3.5
  const auto image = frame(scale, 3);
  const Plane plane = image.view();
  const NoiseMeasurement found = measure_noise(std::span(&plane, 1), grey_scale(scale));
  CHECK(found.steps[0].temporal_noise == 0);
  CHECK(found.steps[0].total_noise == doctest::Approx(std::hypot(kTemporal, kFixed)).epsilon(0.03));
  CHECK(found.threshold_luminance == doctest::Approx(2 * std::hypot(kTemporal, kFixed)).epsilon(0.06));
}

TEST_CASE("In a code the noise is referred to luminance: a gamma changes neither SNR nor dynamic range") {
  const auto scale = stops(24, 0.25);
  const auto linear = picture_of(scale, [&](double l, int x, int y) { return 0.9 * l * (1 + 0.02 * normal(5, x, y)); });
  const auto code = picture_of(
      scale, [&](double l, int x, int y) { return std::pow(0.9 * l * (1 + 0.02 * normal(5, x, y)), 1 / 2.2); });
  const Plane planes[]{linear.view(), code.view()};
  const auto in_light = measure_noise({&planes[0], 1}, grey_scale(scale));
  const auto in_code = measure_noise({&planes[1], 1}, grey_scale(scale));
  for (std::size_t i = 1; i + 1 < scale.size(); ++i) {
    CHECK(std::fabs(in_light.steps[i].snr_db - 20 * std::log10(50)) < 0.6);
    CHECK(std::fabs(in_code.steps[i].snr_db - in_light.steps[i].snr_db) < 0.3);
  }
  CHECK(in_light.saturation_luminance == doctest::Approx(1 / 0.9).epsilon(0.01));
  CHECK(in_code.saturation_luminance == doctest::Approx(1 / 0.9).epsilon(0.01));
}

TEST_CASE("Noise without frames, and a signal that never rises above it, are refused") {
  CHECK_THROWS_AS(measure_noise({}, grey_scale(stops(6, 1))), MetricError);
  const auto scale = stops(5, 0.1);
  const auto image = picture_of(scale, [&](double l, int x, int y) { return 0.3 + 0.1 * l + 0.15 * normal(7, x, y); });
  const Plane plane = image.view();
  CHECK_THROWS_AS(measure_noise(std::span(&plane, 1), grey_scale(scale)), MetricError);
}

}  // namespace
}  // namespace sunny16::sim
