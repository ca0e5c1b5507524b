#include "sim/compare/picture_difference.h"

#include <doctest/doctest.h>

#include <cmath>

namespace sunny16::sim {
namespace {

/// A grey picture; value(x, y).
template <class F>
Picture grey(Transfer transfer, int width, int height, F&& value) {
  Picture picture{.rgb = {3 * width, height}, .transfer = transfer};
  for (int y = 0; y < height; ++y)
    for (int i = 0; i < 3 * width; ++i) picture.rgb.row(y)[i] = static_cast<float>(value(i / 3, y));
  return picture;
}

TEST_CASE("Equal pictures do not differ") {
  const auto wave = [](int x, int y) { return 0.5 + 0.4 * std::sin(x * 0.3 + y); };
  const auto found = compare_pictures(grey(Transfer::srgb, 40, 30, wave), grey(Transfer::srgb, 40, 30, wave), 2);
  CHECK(found.difference.psnr_db == kMaxPsnrDb);
  CHECK(found.difference.ssim == doctest::Approx(1));
  CHECK(found.difference.delta_e2000_max == 0);
  CHECK(found.difference.luminance_ev == 0);
}

TEST_CASE("A stop more light is one EV; greys differ by L* alone") {
  const auto a = grey(Transfer::linear, 20, 20, [](int, int) { return 0.18; });
  const auto b = grey(Transfer::linear, 20, 20, [](int, int) { return 0.36; });
  const PictureDifference d = compare_pictures(a, b, 1).difference;
  const auto lightness = [](double y) { return 116 * std::cbrt(y) - 16; };
  const double l1 = lightness(0.18), l2 = lightness(0.36), middle = (l1 + l2) / 2 - 50;
  CHECK(d.luminance_ev == doctest::Approx(1).epsilon(1e-5));
  CHECK(d.delta_l_mean == doctest::Approx(l2 - l1).epsilon(1e-4));
  CHECK(std::abs(d.delta_a_mean) < 0.01);
  CHECK(std::abs(d.delta_b_mean) < 0.01);
  const double expected = (l2 - l1) / (1 + 0.015 * middle * middle / std::sqrt(20 + middle * middle));
  CHECK(d.delta_e2000_mean == doctest::Approx(expected).epsilon(1e-3));
  CHECK(d.delta_e2000_p95 == doctest::Approx(expected).epsilon(1e-3));
  CHECK(compare_pictures(b, a, 1).difference.luminance_ev == doctest::Approx(-1).epsilon(1e-5));
}

TEST_CASE("The largest difference is where it is, for any number of threads; PSNR as by its formula") {
  const auto a = grey(Transfer::srgb, 50, 40, [](int, int) { return 0.5; });
  const auto b = grey(Transfer::srgb, 50, 40, [](int x, int y) { return x == 33 && y == 7 ? 0.9 : 0.5; });
  for (const int threads : {1, 4}) {
    const auto found = compare_pictures(a, b, threads);
    CHECK(found.difference.delta_e2000_max_x == 33);
    CHECK(found.difference.delta_e2000_max_y == 7);
    CHECK(found.difference.psnr_db == doctest::Approx(-10 * std::log10(0.16 / 2000)).epsilon(1e-4));
    CHECK(found.difference.delta_e2000_p95 == 0);
    CHECK(double{found.delta_e2000.row(7)[33]} == doctest::Approx(found.difference.delta_e2000_max));
    CHECK(found.difference.delta_e2000_mean * 2000 == doctest::Approx(found.difference.delta_e2000_max));
  }
}

TEST_CASE("Codes and light are compared as what they stand for") {
  const auto code = grey(Transfer::srgb, 16, 16, [](int, int) { return 0.735357; });  // of half the light
  const auto light = grey(Transfer::linear, 16, 16, [](int, int) { return 0.5; });
  CHECK(compare_pictures(code, light, 1).difference.delta_e2000_max < 0.001);
}

TEST_CASE("Pictures of different sizes, or too small ones, cannot be compared; black ones can") {
  const auto black = [](int w, int h) { return grey(Transfer::srgb, w, h, [](int, int) { return 0; }); };
  CHECK_THROWS_AS(compare_pictures(black(20, 20), black(20, 21), 1), MetricError);
  CHECK_THROWS_AS(compare_pictures(black(10, 20), black(10, 20), 1), MetricError);
  const auto white = grey(Transfer::srgb, 20, 20, [](int, int) { return 1; });
  CHECK(std::isfinite(compare_pictures(black(20, 20), white, 1).difference.luminance_ev));
}

}  // namespace
}  // namespace sunny16::sim
