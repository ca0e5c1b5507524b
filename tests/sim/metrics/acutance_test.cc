#include "sim/metrics/acutance.h"

#include <doctest/doctest.h>

#include <cmath>

#include "sim/metrics/mtf_curve.h"

namespace sunny16::sim {
namespace {

TEST_CASE("Contrast sensitivity is best, and 1, at 4 cycles per degree") {
  CHECK(contrast_sensitivity(4) == doctest::Approx(1));
  CHECK(contrast_sensitivity(3.9) < 1);
  CHECK(contrast_sensitivity(4.1) < 1);
  CHECK(contrast_sensitivity(0) == 0);
  // 75 f^0.8 exp(-0.2 f) / 34.05 as published, up to its own constant.
  const auto published = [](double f) { return 75 * std::pow(f, 0.8) * std::exp(-0.2 * f) / 34.05; };
  CHECK(contrast_sensitivity(12) == doctest::Approx(published(12) / published(4)));
}

TEST_CASE("A monitor of 100 pixels an inch from 86 cm has 59 pixels in a degree") {
  CHECK(ViewingConditions{}.pixels_per_degree() == doctest::Approx(59.09).epsilon(1e-3));
}

TEST_CASE("A response that decays exponentially has the acutance of two gamma integrals") {
  // Integrals of f^0.8 exp(-b f) are Gamma(1.8) / b^1.8; fine pixels push the Nyquist frequency beyond what eyes see.
  const ViewingConditions fine{.pixel_pitch_mm = 0.05, .distance_mm = 860};
  const double degree = fine.pixels_per_degree();
  std::vector<double> frequency, mtf;
  for (double decay : {0.0, 0.1, 0.4}) {
    frequency.clear(), mtf.clear();
    for (int i = 0; i <= 5000; ++i) frequency.push_back(i * 1e-4), mtf.push_back(std::exp(-decay * degree * i * 1e-4));
    CHECK(acutance(frequency, mtf, fine) == doctest::Approx(std::pow(0.2 / (0.2 + decay), 1.8)).epsilon(1e-3));
  }
}

TEST_CASE("What lies beyond the picture's pixels is lost") {
  const std::vector<double> frequency{0, 0.5}, perfect{1, 1};
  const double monitor = acutance(frequency, perfect, {}), coarse = acutance(frequency, perfect, {.pixel_pitch_mm = 2});
  CHECK(monitor > 0.95);
  CHECK(monitor < 1);
  CHECK(coarse < 0.5);
}

}  // namespace
}  // namespace sunny16::sim
