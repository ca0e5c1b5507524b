#include "sim/metrics/fidelity.h"

#include <doctest/doctest.h>

#include <cmath>

#include "sim/sensor/random.h"

namespace sunny16::sim {
namespace {

template <class F>
isp::Image<float> picture(F&& f, int width = 40, int height = 30) {
  isp::Image<float> image(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) image.row(y)[x] = static_cast<float>(f(x, y));
  return image;
}

Fidelity compare(const isp::Image<float>& a, const isp::Image<float>& b) {
  const Plane picture = a.view(), truth = b.view();
  return measure_fidelity({&picture, 1}, {&truth, 1}, whole(picture));
}

double noise(int x, int y) { return pixel_uniforms(7, 0, x, y)[0]; }
double checks(int x, int y) { return (x + y) % 2 ? 1 : -1; }

TEST_CASE("A picture equals itself") {
  const auto image = picture(noise);
  const Fidelity found = compare(image, image);
  CHECK(found.psnr_db[0] == kMaxPsnrDb);
  CHECK(found.cpsnr_db == kMaxPsnrDb);
  CHECK(found.mean_ssim == doctest::Approx(1));
  CHECK(found.mean_difference == 0);
}

TEST_CASE("Between even planes PSNR is that of their difference, SSIM its luminance term alone") {
  const Fidelity found = compare(picture([](int, int) { return 0.5; }), picture([](int, int) { return 0.4; }));
  CHECK(found.psnr_db[0] == doctest::Approx(20).epsilon(1e-6));
  CHECK(found.ssim[0] == doctest::Approx((2 * 0.2 + 1e-4) / (0.25 + 0.16 + 1e-4)).epsilon(1e-6));
  CHECK(found.mean_difference == doctest::Approx(0.1));
  CHECK(found.worst_difference == doctest::Approx(0.1));
}

TEST_CASE("SSIM of a pattern of other contrast is its contrast term; of the opposite pattern, negative") {
  constexpr double kAmplitude = 0.1;
  const auto truth = picture([](int x, int y) { return 0.5 + kAmplitude * checks(x, y); });
  for (const double gain : {0.0, 0.3, 2.0, -1.0}) {
    const auto other = picture([gain](int x, int y) { return 0.5 + gain * kAmplitude * checks(x, y); });
    const double variance = kAmplitude * kAmplitude, c2 = 0.0009;
    const double expected = (2 * gain * variance + c2) / ((1 + gain * gain) * variance + c2);
    CHECK(compare(other, truth).ssim[0] == doctest::Approx(expected).epsilon(1e-3));
  }
}

TEST_CASE("CPSNR is of the mean square over planes, of different strength here") {
  const auto truth = picture([](int, int) { return 0.5; }), near = picture([](int, int) { return 0.51; }),
             far = picture([](int, int) { return 0.6; });
  const Plane pictures[]{truth.view(), near.view(), far.view()}, truths[]{truth.view(), truth.view(), truth.view()};
  const Fidelity found = measure_fidelity(pictures, truths, whole(pictures[0]));
  CHECK(found.psnr_db[1] == doctest::Approx(40).epsilon(1e-5));
  CHECK(found.cpsnr_db == doctest::Approx(-10 * std::log10((0.0001 + 0.01) / 3)).epsilon(1e-5));
  CHECK(found.mean_ssim == doctest::Approx((found.ssim[0] + found.ssim[1] + found.ssim[2]) / 3));
}

TEST_CASE("The worst place is where the difference is, in the picture's coordinates") {
  const auto truth = picture([](int x, int y) { return 0.5 + 0.01 * noise(x, y); });
  const auto spoilt = picture([](int x, int y) {
    return 0.5 + 0.01 * noise(x, y) + (std::abs(x - 23) <= 1 && std::abs(y - 14) <= 1 ? 0.3 : 0);
  });
  const Plane a = spoilt.view(), b = truth.view();
  const Fidelity found = measure_fidelity({&a, 1}, {&b, 1}, {5, 3, 30, 25});
  CHECK(found.worst_x == 23);
  CHECK(found.worst_y == 14);
}

TEST_CASE("Planes that do not match are refused") {
  const auto image = picture(noise), small = picture(noise, 39, 30), tiny = picture(noise, 10, 10);
  CHECK_THROWS_AS(compare(image, small), MetricError);
  CHECK_THROWS_AS(compare(tiny, tiny), MetricError);
  const Plane two[]{image.view(), image.view()};
  CHECK_THROWS_AS(measure_fidelity(two, {two, 1}, whole(two[0])), MetricError);
}

}  // namespace
}  // namespace sunny16::sim
