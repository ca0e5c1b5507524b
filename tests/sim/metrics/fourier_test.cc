#include "sim/metrics/fourier.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "sim/sensor/random.h"

namespace sunny16::sim {
namespace {

TEST_CASE("A wave has its amplitude at its frequency, whole or not") {
  std::vector<double> wave;
  for (int i = 0; i < 200; ++i) wave.push_back(3 * std::cos(2 * std::numbers::pi * 0.1234 * i));
  CHECK(std::abs(fourier(wave, 0.1234)) == doctest::Approx(3 * 100).epsilon(0.01));
  CHECK(std::abs(fourier(wave, 0.3)) < 10);
}

TEST_CASE("The transform of a square is the sum that defines it") {
  for (const int side : {1, 2, 8, 16}) {
    std::vector<double> samples;
    for (int i = 0; i < side * side; ++i) samples.push_back(pixel_uniforms(1, 0, i, side)[0]);
    const Spectrum2d spectrum(samples, side);
    for (int v = 0; v < side; ++v)
      for (int u = 0; u < side; ++u) {
        std::complex<double> sum = 0;
        for (int y = 0; y < side; ++y)
          for (int x = 0; x < side; ++x)
            sum += samples[static_cast<std::size_t>(y * side + x)] *
                   std::polar(1.0, -2 * std::numbers::pi * (u * x + v * y) / side);
        CHECK(std::abs(spectrum.at(u, v) - sum) < 1e-10);
      }
  }
}

}  // namespace
}  // namespace sunny16::sim
