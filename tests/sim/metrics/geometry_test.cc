#include "sim/metrics/geometry.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "sim/sensor/random.h"

namespace sunny16::sim {
namespace {

constexpr int kWidth = 4000, kHeight = 3000;
constexpr double kCentreX = (kWidth - 1) / 2.0, kCentreY = (kHeight - 1) / 2.0;

double half_diagonal() { return std::hypot(kCentreX, kCentreY); }

/// A grid printed in millimetres, turned by a degree and a little off the centre, through a lens.
std::vector<Mark> grid(double k1, double k2, double noise_px = 0) {
  std::vector<Mark> marks;
  for (int row = 0; row < 13; ++row)
    for (int column = 0; column < 17; ++column) {
      const Place printed{20.0 + 10 * column, -7.0 + 10 * row};
      const double x = 23 * (printed.x - 99.7), y = 23 * (printed.y - 53.4), turn = 0.0175;
      const double u = x * std::cos(turn) - y * std::sin(turn), v = x * std::sin(turn) + y * std::cos(turn);
      const double r2 = (u * u + v * v) / (half_diagonal() * half_diagonal()), factor = 1 + k1 * r2 + k2 * r2 * r2;
      const auto noise = pixel_uniforms(1, 0, column, row);
      marks.push_back({printed,
                       {kCentreX + u * factor + noise_px * normal_quantile(noise[0]),
                        kCentreY + v * factor + noise_px * normal_quantile(noise[1])}});
    }
  return marks;
}

TEST_CASE("Distortion of barrel, pincushion and moustache is found, however the chart lies") {
  const double coefficients[][2]{{0, 0}, {-0.08, 0}, {0.05, 0.01}, {-0.12, 0.09}, {-0.3, 0.08}};
  for (const auto& k : coefficients) {
    const double k1 = k[0], k2 = k[1];
    const Distortion found = measure_distortion(grid(k1, k2), kWidth, kHeight);
    CAPTURE(k1);
    CHECK(found.k1 == doctest::Approx(k1).epsilon(1e-6));
    CHECK(found.k2 == doctest::Approx(k2).epsilon(1e-6));
    CHECK(found.corner_percent == doctest::Approx(100 * (k1 + k2)).epsilon(1e-5));
    CHECK(found.rms_residual_px < 1e-5);
    const double r2 = std::pow(kCentreY / half_diagonal(), 2);
    CHECK(found.tv_percent == doctest::Approx(100 * ((1 + k1 + k2) / (1 + k1 * r2 + k2 * r2 * r2) - 1)).epsilon(1e-5));
  }
}

TEST_CASE("Marks found within half a pixel are good enough, and the residual says how well they were found") {
  const Distortion found = measure_distortion(grid(-0.08, 0.02, 0.5), kWidth, kHeight);
  CHECK(std::abs(found.corner_percent + 6) < 0.1);
  CHECK(found.rms_residual_px == doctest::Approx(0.5 * std::sqrt(2)).epsilon(0.1));
}

TEST_CASE("Marks that do not determine the lens are refused") {
  auto marks = grid(0, 0);
  CHECK_THROWS_AS(measure_distortion({marks.data(), 5}, kWidth, kHeight), MetricError);
  const std::vector<Mark> same(20, marks[0]);
  CHECK_THROWS_AS(measure_distortion(same, kWidth, kHeight), MetricError);
  marks[3].found.x = NAN;
  CHECK_THROWS_AS(measure_distortion(marks, kWidth, kHeight), MetricError);
}

TEST_CASE("Lateral colour is the colours' scale against green") {
  std::vector<ColourMark> marks{{{kCentreX, kCentreY}, {kCentreX, kCentreY}, {kCentreX, kCentreY}}};
  for (const Place at : {Place{0, 0}, Place{3999, 0}, Place{100, 2999}, Place{2500, 1200}}) {
    const auto scaled = [&](double s) {
      return Place{kCentreX + s * (at.x - kCentreX), kCentreY + s * (at.y - kCentreY)};
    };
    marks.push_back({scaled(1.0005), at, scaled(0.9992)});
  }
  const LateralColour found = measure_lateral_colour(marks, {kCentreX, kCentreY});
  CHECK(found.red.scale_percent == doctest::Approx(0.05));
  CHECK(found.blue.scale_percent == doctest::Approx(-0.08));
  CHECK(found.red.max_px == doctest::Approx(0.0005 * half_diagonal()));
  CHECK(found.blue.max_px == doctest::Approx(-0.0008 * half_diagonal()));
  CHECK(found.red.rms_px < found.red.max_px);
  CHECK(found.red.rms_px > 0.7 * found.red.max_px);
  CHECK_THROWS_AS(measure_lateral_colour({marks.data(), 1}, {kCentreX, kCentreY}), MetricError);
}

/// A dark Gaussian spot.
isp::Image<float> spot(Place at, double noise = 0, double depth = 0.5) {
  isp::Image<float> image(60, 50);
  for (int y = 0; y < 50; ++y)
    for (int x = 0; x < 60; ++x)
      image.row(y)[x] = static_cast<float>(
          0.7 - depth * std::exp(-(std::pow(x - at.x, 2) + std::pow(y - at.y, 2)) / (2 * 3.0 * 3.0)) +
          noise * normal_quantile(pixel_uniforms(2, 0, x, y)[0]));
  return image;
}

TEST_CASE("A dot's centre is found to a hundredth of a pixel, in one colour of a mosaic to a few, dark or light") {
  for (const Place at : {Place{30, 24}, Place{31.37, 23.81}, Place{28.5, 25.5}})
    for (const double depth : {0.5, -0.3}) {
      const auto image = spot(at, 0, depth);
      const Place found = dot_centre(image.view(), {10, 5, 40, 40});
      CHECK(std::abs(found.x - at.x) < 0.01);
      CHECK(std::abs(found.y - at.y) < 0.01);
      for (const Lattice lattice : {Lattice{0, 0, 2}, Lattice{1, 0, 2}, Lattice{1, 1, 2}}) {
        const Place colour = dot_centre(image.view(), {11, 4, 40, 41}, lattice);
        CHECK(std::abs(colour.x - at.x) < 0.03);
        CHECK(std::abs(colour.y - at.y) < 0.03);
      }
    }
  const Place noisy = dot_centre(spot({31.37, 23.81}, 0.01).view(), {10, 5, 40, 40});
  CHECK(std::abs(noisy.x - 31.37) < 0.1);
  CHECK(std::abs(noisy.y - 23.81) < 0.1);
}

TEST_CASE("An even region has no dot") {
  CHECK_THROWS_AS(dot_centre(spot({30, 24}, 0, 0).view(), {10, 5, 40, 40}), MetricError);
  CHECK_THROWS_AS(dot_centre(spot({30, 24}, 0.01, 0).view(), {10, 5, 20, 20}), MetricError);
  CHECK_THROWS_AS(dot_centre(spot({30, 24}).view(), {10, 5, 4, 4}), MetricError);
}

}  // namespace
}  // namespace sunny16::sim
