#include "sim/metrics/banding.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "sim/sensor/random.h"

namespace sunny16::sim {
namespace {

struct Field {
  double mean = 0.4, amplitude_percent = 0, period_px = 50, noise_percent = 0, row_noise_percent = 0, shading = 0;
  bool columns = false;
  int width = 300, height = 240;

  isp::Image<float> picture(std::uint64_t seed = 1) const {
    isp::Image<float> image(width, height);
    const auto normal = [seed](int frame, int x, int y) {
      return normal_quantile(pixel_uniforms(seed, static_cast<std::uint64_t>(frame), x, y)[0]);
    };
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        const int line = columns ? x : y;
        const double u = 2.0 * x / width - 1, v = 2.0 * y / height - 1;
        const double percent = amplitude_percent * std::sin(2 * std::numbers::pi * (line / period_px + 0.123)) +
                               noise_percent * normal(0, x, y) + row_noise_percent * normal(1, line, 0);
        image.row(y)[x] = static_cast<float>(mean * (1 + percent / 100 - shading * (u * u + 0.5 * v * v + 0.2 * v)));
      }
    return image;
  }
};

Banding measure(const Field& field, std::uint64_t seed = 1) {
  const auto picture = field.picture(seed);
  return measure_banding(picture.view(), whole(picture.view()));
}

TEST_CASE("Amplitude and period of flicker are found, in noise and shading, in rows and columns") {
  for (const bool columns : {false, true})
    for (const double period : {2.5, 7.3, 20.0, 51.7, 90.0})
      for (const double amplitude : {0.5, 3.0, 20.0}) {
        const Field field{.amplitude_percent = amplitude,
                          .period_px = period,
                          .noise_percent = 2,
                          .shading = 0.1,
                          .columns = columns};
        CAPTURE(columns);
        CAPTURE(period);
        CAPTURE(amplitude);
        const Banding found = measure(field);
        const Stripes &wave = columns ? found.columns : found.rows, &other = columns ? found.rows : found.columns;
        CHECK(wave.amplitude_percent ==
              doctest::Approx(amplitude * field.mean / (field.mean * (1 - 0.05))).epsilon(0.06));
        CHECK(wave.period_px == doctest::Approx(period).epsilon(0.03));
        CHECK(other.amplitude_percent < 0.1);
      }
}

TEST_CASE("Noise alone is no banding") {
  int alarms = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Banding found = measure({.noise_percent = 5, .row_noise_percent = 0.5, .width = 64, .height = 96}, seed);
    alarms += (found.rows.amplitude_percent > 0) + (found.columns.amplitude_percent > 0);
  }
  CHECK(alarms <= 12);  // of 400
}

TEST_CASE("The rms of rows is that of their noise, not of the pixels'") {
  double squares = 0;
  constexpr int kShots = 10;
  for (std::uint64_t seed = 0; seed < kShots; ++seed) {
    const Banding found = measure({.noise_percent = 4, .row_noise_percent = 0.5}, seed);
    squares += std::pow(found.rows.rms_percent, 2) / kShots;
    CHECK(found.columns.rms_percent < 0.15);
  }
  CHECK(std::sqrt(squares) == doctest::Approx(0.5).epsilon(0.05));
}

TEST_CASE("The rms of a sine wave is its amplitude by the root of two") {
  CHECK(measure({.amplitude_percent = 4, .period_px = 20}).rows.rms_percent ==
        doctest::Approx(4 / std::sqrt(2)).epsilon(0.01));
}

TEST_CASE("A flat field has nothing; darkness and small regions are refused") {
  const Banding flat = measure({});
  CHECK(flat.rows.amplitude_percent < 1e-4);
  CHECK(flat.columns.rms_percent < 1e-4);
  CHECK_THROWS_AS(measure({.mean = 0}), MetricError);
  CHECK_THROWS_AS(measure({.height = 31}), MetricError);
}

}  // namespace
}  // namespace sunny16::sim
