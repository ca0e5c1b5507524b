#include "sim/metrics/resolution.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/sensor/random.h"

namespace sunny16::sim {
namespace {

constexpr double kPi = std::numbers::pi;

/// A sine star whose modulation falls off with its frequency as a Gaussian point spread makes it; for one that turns
/// slowly against its size this is what a lens would show.
struct BlurredStar {
  double x = 99.7, y = 101.2;
  int cycles = 72;
  double sigma_px = 0.8, modulation = 0.6, noise = 0;

  double mtf(double f) const { return std::exp(-2 * std::pow(kPi * sigma_px * f, 2)); }
  double frequency_at(double level) const { return std::sqrt(-std::log(level) / 2) / (kPi * sigma_px); }
  isp::Image<float> picture() const {
    isp::Image<float> image(200, 200);
    for (int row = 0; row < 200; ++row)
      for (int column = 0; column < 200; ++column) {
        const double u = column - x, v = row - y, frequency = cycles / (2 * kPi * std::max(1.0, std::hypot(u, v)));
        const double wave = modulation * mtf(frequency) * std::cos(cycles * std::atan2(v, u) + 1);
        image.row(row)[column] =
            static_cast<float>(0.4 * (1 + wave) + noise * normal_quantile(pixel_uniforms(3, 0, column, row)[0]));
      }
    return image;
  }
};

TEST_CASE("The response of a sine star is that of its point spread") {
  for (const int cycles : {36, 72, 144})
    for (const double sigma : {0.6, 0.8, 1.2}) {
      const BlurredStar star{.cycles = cycles, .sigma_px = sigma};
      CAPTURE(cycles);
      CAPTURE(sigma);
      const auto picture = star.picture();
      const auto found = measure_star(picture.view(), {99.7, 101.2, 95, cycles, 0.6});
      for (std::size_t i = 0; i < found.mtf.size(); ++i)
        CHECK(std::abs(found.mtf[i] - star.mtf(found.frequency_cy_px[i])) < 0.02);
      const double lowest = found.frequency_cy_px.front();
      CHECK(found.mtf50_cy_px == doctest::Approx(std::max(lowest, star.frequency_at(0.5))).epsilon(0.02));
      if (star.frequency_at(0.1) < 0.5)
        CHECK(found.mtf10_cy_px == doctest::Approx(star.frequency_at(0.1)).epsilon(0.02));
    }
}

TEST_CASE("Without the chart's modulation the outermost ring is 1") {
  const auto picture = BlurredStar{}.picture();
  const auto found = measure_star(picture.view(), {99.7, 101.2, 95, 72, 0});
  const double lowest = found.frequency_cy_px.front();
  CHECK(lowest == doctest::Approx(72 / (2 * kPi * 94)));
  CHECK(found.mtf.front() == 1);
  const std::size_t i = found.mtf.size() / 2;
  CHECK(found.mtf[i] ==
        doctest::Approx(BlurredStar{}.mtf(found.frequency_cy_px[i]) / BlurredStar{}.mtf(lowest)).epsilon(0.02));
}

TEST_CASE("A centre half a pixel off costs little, and noise adds nothing") {
  const BlurredStar star{.noise = 0.02};
  const auto picture = star.picture();
  const auto noisy = measure_star(picture.view(), {99.7, 101.2, 95, 72, 0.6});
  CHECK(noisy.mtf50_cy_px == doctest::Approx(star.frequency_at(0.5)).epsilon(0.03));
  for (std::size_t i = 0; i < noisy.mtf.size(); ++i)
    CHECK(std::abs(noisy.mtf[i] - star.mtf(noisy.frequency_cy_px[i])) < 0.06);
  const auto off = measure_star(picture.view(), {100.05, 100.85, 94, 72, 0.6});
  CHECK(off.mtf50_cy_px == doctest::Approx(star.frequency_at(0.5)).epsilon(0.06));
}

TEST_CASE("What is no star is refused") {
  const auto picture = BlurredStar{}.picture(), flat = BlurredStar{.modulation = 0}.picture();
  const auto rejects = [](const isp::Image<float>& image, const Star& star) {
    CHECK_THROWS_AS(measure_star(image.view(), star), MetricError);
  };
  rejects(flat, {99.7, 101.2, 95, 72, 0});
  rejects(picture, {99.7, 101.2, 105, 72, 0});
  rejects(picture, {99.7, 101.2, 30, 72, 0});
  rejects(picture, {99.7, 101.2, 95, 0, 0});
  rejects(picture, {99.7, 101.2, NAN, 72, 0});
  rejects(picture, {NAN, 101.2, 95, 72, 0});
  rejects(picture, {99.7, 101.2, 95, 72, 2});
}

}  // namespace
}  // namespace sunny16::sim
