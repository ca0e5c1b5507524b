#include "sim/metrics/texture.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/metrics/mtf_curve.h"
#include "sim/sensor/random.h"

namespace sunny16::sim {
namespace {

constexpr int kSide = 320;

/// Discs of random place, radius and grey over each other; how often a radius occurs falls with its cube.
isp::Image<float> dead_leaves(std::uint64_t seed) {
  isp::Image<float> image(kSide, kSide);
  for (int i = 0; i < 12000; ++i) {
    const auto place = pixel_uniforms(seed, 0, i, 0), shape = pixel_uniforms(seed, 0, i, 1);
    constexpr double kLeast = 1.5, kMost = 80;
    const double radius = 1 / std::sqrt(shape[0] * (1 / (kLeast * kLeast) - 1 / (kMost * kMost)) + 1 / (kMost * kMost));
    const double x = place[0] * (kSide + 160) - 80, y = place[1] * (kSide + 160) - 80;
    const auto grey = static_cast<float>(0.2 + 0.5 * shape[1]);
    for (int row = std::max(0, static_cast<int>(std::ceil(y - radius))); row < std::min<double>(kSide, y + radius);
         ++row)
      for (int column = std::max(0, static_cast<int>(std::ceil(x - radius)));
           column < std::min<double>(kSide, x + radius); ++column)
        if (std::hypot(column - x, row - y) < radius) image.row(row)[column] = grey;
  }
  return image;
}

/// Blurred by a Gaussian in both directions; ends are repeated. From a deviation of 0.9 on, the samples of its weights
/// have the transform of the Gaussian itself up to 0.5 cy/px.
isp::Image<float> blurred(const isp::Image<float>& image, double sigma) {
  const int reach = static_cast<int>(6 * sigma);
  std::vector<double> weights;
  for (int i = -reach; i <= reach; ++i)
    weights.push_back(std::exp(-i * i / (2 * sigma * sigma)) / (sigma * std::sqrt(2 * std::numbers::pi)));
  const auto pass = [&](const isp::Image<float>& in, bool across) {
    isp::Image<float> out(kSide, kSide);
    for (int y = 0; y < kSide; ++y)
      for (int x = 0; x < kSide; ++x) {
        double sum = 0;
        for (int i = -reach; i <= reach; ++i)
          sum += weights[static_cast<std::size_t>(i + reach)] *
                 (across ? in.row(y)[std::clamp(x + i, 0, kSide - 1)] : in.row(std::clamp(y + i, 0, kSide - 1))[x]);
        out.row(y)[x] = static_cast<float>(sum);
      }
    return out;
  };
  return pass(pass(image, true), false);
}

void add_noise(isp::Image<float>& image, double deviation, std::uint64_t seed) {
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x)
      image.row(y)[x] += static_cast<float>(deviation * normal_quantile(pixel_uniforms(seed, 0, x, y)[0]));
}

isp::Image<float> flat(double level) {
  isp::Image<float> image(kSide, kSide);
  for (int y = 0; y < kSide; ++y) std::fill_n(image.row(y), kSide, static_cast<float>(level));
  return image;
}

double mean(const isp::Image<float>& image) {
  double sum = 0;
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) sum += image.row(y)[x];
  return sum / kSide / kSide;
}

constexpr isp::Rect kInside{20, 20, 280, 280};

double gaussian_mtf(double f, double sigma) { return std::exp(-2 * std::pow(std::numbers::pi * sigma * f, 2)); }

TEST_CASE("The power of white noise is its variance at every frequency") {
  auto image = flat(0.5);
  add_noise(image, 0.05, 3);
  const PowerSpectrum found = measure_power_spectrum(image.view(), whole(image.view()));
  double sum = 0;
  for (const double p : found.power) sum += p / static_cast<double>(found.power.size());
  CHECK(sum == doctest::Approx(0.01).epsilon(0.03));
  CHECK(*std::ranges::max_element(found.power) < 0.02);
  CHECK(found.frequency_cy_px.back() == 0.5);
}

TEST_CASE("Both methods find the response of a blur, and its acutance") {
  const auto chart = dead_leaves(1);
  for (const double sigma : {0.9, 1.2, 1.6}) {
    CAPTURE(sigma);
    const auto picture = blurred(chart, sigma);
    const Texture cross = measure_texture(picture.view(), chart.view(), kInside);
    const Texture direct =
        measure_texture(measure_power_spectrum(picture.view(), kInside), measure_power_spectrum(chart.view(), kInside));
    const double mtf50 = std::sqrt(std::numbers::ln2 / 2) / (std::numbers::pi * sigma);
    std::vector<double> expected;
    for (const double f : listed_frequencies_cy_px()) expected.push_back(gaussian_mtf(f, sigma));
    for (const Texture& found : {cross, direct}) {
      CHECK(found.mtf50_cy_px == doctest::Approx(mtf50).epsilon(0.03));
      for (std::size_t i = 0; i < found.mtf.size(); ++i)
        CHECK(std::abs(found.mtf[i] - gaussian_mtf(found.frequency_cy_px[i], sigma)) < 0.03);
      CHECK(found.acutance == doctest::Approx(acutance(listed_frequencies_cy_px(), expected, {})).epsilon(0.02));
    }
  }
}

TEST_CASE("Noise is taken from the direct method if it is known, and hardly seen by the cross method") {
  constexpr double kSigma = 1, kNoise = 0.05;
  const auto chart = dead_leaves(1);
  auto picture = blurred(chart, kSigma), grey = flat(mean(chart));
  add_noise(picture, kNoise, 5);
  add_noise(grey, kNoise, 6);
  const auto spectrum = measure_power_spectrum(picture.view(), kInside);
  const auto ideal = measure_power_spectrum(chart.view(), kInside);
  const Texture naive = measure_texture(spectrum, ideal);
  const Texture direct = measure_texture(spectrum, ideal, measure_power_spectrum(grey.view(), kInside));
  const Texture cross = measure_texture(picture.view(), chart.view(), kInside);
  const double mtf50 = std::sqrt(std::numbers::ln2 / 2) / (std::numbers::pi * kSigma);
  CHECK(naive.mtf50_cy_px > 1.1 * mtf50);
  CHECK(direct.mtf50_cy_px == doctest::Approx(mtf50).epsilon(0.05));
  CHECK(cross.mtf50_cy_px == doctest::Approx(mtf50).epsilon(0.05));
  CHECK(naive.mtf.back() > 0.5);
  CHECK(cross.mtf.back() < 0.1);
}

TEST_CASE("Texture that was invented, not rendered, is no response of the cross method") {
  const auto chart = dead_leaves(1), other = dead_leaves(2);
  const Texture direct =
      measure_texture(measure_power_spectrum(other.view(), kInside), measure_power_spectrum(chart.view(), kInside));
  const Texture cross = measure_texture(other.view(), chart.view(), kInside);
  CHECK(direct.acutance == doctest::Approx(1).epsilon(0.15));
  CHECK(cross.acutance < 0.2);
}

TEST_CASE("Without texture or light there is nothing to measure") {
  const auto chart = dead_leaves(1), grey = flat(0.5), black = flat(0);
  CHECK_THROWS_AS(measure_texture(chart.view(), grey.view(), kInside), MetricError);
  CHECK_THROWS_AS(measure_texture(chart.view(), black.view(), kInside), MetricError);
  CHECK_THROWS_AS(measure_power_spectrum(chart.view(), {0, 0, 127, 200}), MetricError);
  CHECK_THROWS_AS(measure_texture(chart.view(), chart.view().crop({0, 0, 300, 300}), kInside), MetricError);
  CHECK_THROWS_AS(
      measure_texture(measure_power_spectrum(chart.view(), kInside), measure_power_spectrum(grey.view(), kInside)),
      MetricError);
}

}  // namespace
}  // namespace sunny16::sim
