#include "sim/metrics/visual_noise.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "sim/metrics/metric_error.h"
#include "tests/sim/metrics/grey_scale.h"

namespace sunny16::sim {
namespace {

constexpr int kSide = 64;

/// A picture whose linear RGB is rgb(x, y).
template <class F>
VisualNoise visual_noise_of(F&& rgb, const Viewing& viewing = {}, int width = kSide, int height = kSide) {
  std::vector<isp::Image<float>> images;
  for (std::size_t c = 0; c < 3; ++c) {
    images.emplace_back(width, height);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) images[c].row(y)[x] = static_cast<float>(rgb(x, y)[c]);
  }
  return measure_visual_noise({images[0].view(), images[1].view(), images[2].view()}, {0, 0, width, height},
                              Transfer::linear, viewing);
}

double wave(int x, int cycles) { return std::sin(2 * std::numbers::pi * cycles * x / kSide); }

TEST_CASE("Contrast sensitivity peaks at 4 cycles per degree in luminance and is low-pass in colour") {
  CHECK(visual_noise_weights(4)[0] == doctest::Approx(3.0).epsilon(0.001));
  CHECK(visual_noise_weights(0)[0] == 0);
  for (const std::size_t c : {1, 2}) {
    CHECK(visual_noise_weights(0)[c] == doctest::Approx(1));
    CHECK(visual_noise_weights(20)[c] < 0.1);
  }
  CHECK(visual_noise_weights(8)[1] > visual_noise_weights(8)[2]);  // blue-yellow is seen least
}

TEST_CASE("A degree is a tangent of the distance") {
  CHECK(Viewing{.distance_mm = 1000, .pixel_pitch_mm = 0.5}.pixels_per_degree() ==
        doctest::Approx(34.91).epsilon(1e-3));
}

TEST_CASE("A grey wave is weighted by the sensitivity at its frequency, in L* alone") {
  constexpr double kMean = 0.2, kContrast = 0.01;
  for (const double distance : {300.0, 900.0})
    for (const int cycles : {2, 5, 11}) {
      const Viewing viewing{.distance_mm = distance};
      const auto found = visual_noise_of(
          [&](int x, int) {
            const double v = kMean * (1 + kContrast * wave(x, cycles));
            return Rgb{v, v, v};
          },
          viewing);
      const double weight = visual_noise_weights(cycles * viewing.pixels_per_degree() / kSide)[0];
      const double slope = 116.0 / 3 * std::cbrt(kMean);  // of L* over relative luminance
      CHECK(found.sigma_l == doctest::Approx(slope * kContrast * weight / std::numbers::sqrt2).epsilon(0.01));
      CHECK(found.sigma_u < 1e-3);
      CHECK(found.sigma_v < 1e-3);
      CHECK(found.visual_noise == doctest::Approx(found.sigma_l).epsilon(1e-3));
      CHECK(found.l_mean == doctest::Approx(116 * std::cbrt(kMean) - 16).epsilon(1e-3));
    }
}

TEST_CASE("A wave of red against green at constant luminance is weighted by the sensitivity of C1, in u* alone") {
  // XYZ under E with X alone modulated, back in linear sRGB: the column of (E to D65, then XYZ to sRGB) for X.
  constexpr Rgb kX{3.14625, -0.99554, 0.06360};
  const double du = [&] {  // u* of 1 % more X on grey 0.2, by its definition
    const auto u = [](double x, double y, double z) { return 4 * x / (x + 15 * y + 3 * z); };
    const double l = 116 * std::cbrt(0.2) - 16, d = 0.002;
    const double x = 0.2 * 0.95047 + 0.9531874 * d, y = 0.2 - 0.0382467 * d, z = 0.2 * 1.08883 + 0.0026068 * d;
    return 13 * l * (u(x, y, z) - u(0.95047, 1, 1.08883));
  }();
  for (const int cycles : {1, 4}) {
    const Viewing viewing{.distance_mm = 400};
    const auto found = visual_noise_of(
        [&](int, int y) {
          const double d = 0.002 * wave(y, cycles);
          return Rgb{0.2 + kX[0] * d, 0.2 + kX[1] * d, 0.2 + kX[2] * d};
        },
        viewing);
    const double weight = visual_noise_weights(cycles * viewing.pixels_per_degree() / kSide)[1];
    CHECK(found.sigma_u == doctest::Approx(du * weight / std::numbers::sqrt2).epsilon(0.02));
    CHECK(found.sigma_l < found.sigma_u / 20);
  }
}

TEST_CASE("White noise is weighted by the mean square of the sensitivity over all frequencies") {
  constexpr int kWide = 160, kHigh = 120;
  constexpr double kMean = 0.3, kSigma = 0.004;
  const Viewing viewing;
  double square = 0;
  for (int v = 0; v < kHigh; ++v)
    for (int u = 0; u < kWide; ++u) {
      const double fx = std::min(u, kWide - u) / double{kWide}, fy = std::min(v, kHigh - v) / double{kHigh};
      const double weight = visual_noise_weights(std::hypot(fx, fy) * viewing.pixels_per_degree())[0];
      square += weight * weight / (kWide * kHigh);
    }
  const auto found = visual_noise_of(
      [&](int x, int y) {
        const double v = kMean + kSigma * test::normal(2, x, y);
        return Rgb{v, v, v};
      },
      viewing, kWide, kHigh);
  CHECK(found.sigma_l ==
        doctest::Approx(116.0 / 3 * std::pow(kMean, -2.0 / 3) * kSigma * std::sqrt(square)).epsilon(0.03));
}

TEST_CASE("From further away the same noise is seen less") {
  const auto noise = [](int x, int y) {
    return Rgb{0.3 + 0.02 * test::normal(1, x, y), 0.3 + 0.02 * test::normal(2, x, y),
               0.3 + 0.02 * test::normal(3, x, y)};
  };
  const VisualNoise near = visual_noise_of(noise, {.distance_mm = 400}),
                    far = visual_noise_of(noise, {.distance_mm = 1600});
  CHECK(near.visual_noise > 1.5 * far.visual_noise);
  CHECK(near.visual_noise == doctest::Approx(near.sigma_l + 0.852 * near.sigma_u + 0.323 * near.sigma_v));
}

TEST_CASE("Regions that are too small, too large or outside are refused") {
  const isp::Image<float> image(300, 40);
  const RgbPlanes planes{image.view(), image.view(), image.view()};
  for (const isp::Rect region : {isp::Rect{0, 0, 15, 40}, isp::Rect{0, 0, 257, 40}, isp::Rect{290, 0, 20, 20}})
    CHECK_THROWS_AS(measure_visual_noise(planes, region), MetricError);
  CHECK(measure_visual_noise(planes, {0, 0, 32, 32}).visual_noise == 0);  // black
}

}  // namespace
}  // namespace sunny16::sim
