#include "sim/metrics/colour.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "sim/metrics/chart_geometry.h"
#include "sim/metrics/metric_error.h"

namespace sunny16::sim {
namespace {

/// Seven hues of any chroma at three lightnesses and a ramp of greys: not a chart on sale, but of its form.
std::vector<Lab> chart() {
  std::vector<Lab> colours;
  for (int i = 0; i < 18; ++i) {
    const double hue = i * 40 * std::numbers::pi / 180, c = 12 + 1.5 * i;
    colours.push_back({45.0 + i % 3 * 12, c * std::cos(hue), c * std::sin(hue)});
  }
  for (int i = 0; i < 6; ++i) colours.push_back({95.0 - 15 * i, 0, 0});
  return colours;
}

/// The inverse of CIE's formulas, and of sRGB's primaries as Lindbloom lists it for D50 (Bradford).
Rgb linear_of(const Lab& lab) {
  const auto cube = [](double f) { return f > 6.0 / 29 ? f * f * f : (116 * f - 16) * 27 / 24389; };
  const double fy = (lab.l + 16) / 116;
  const double x = 0.96422 * cube(fy + lab.a / 500), y = cube(fy), z = 0.82521 * cube(fy - lab.b / 200);
  return {3.1338561 * x - 1.6168667 * y - 0.4906146 * z, -0.9787684 * x + 1.9161415 * y + 0.0334540 * z,
          0.0719453 * x - 0.2289914 * y + 1.4052427 * z};
}

std::vector<Rgb> linear_of(const std::vector<Lab>& colours, Rgb gains = {1, 1, 1}) {
  std::vector<Rgb> all;
  for (const Lab& lab : colours) {
    const Rgb rgb = linear_of(lab);
    all.push_back({gains[0] * rgb[0], gains[1] * rgb[1], gains[2] * rgb[2]});
  }
  return all;
}

TEST_CASE("A picture of the chart's own colours has no error, at any exposure") {
  for (const double exposure : {0.02, 0.37, 1.0, 5.0}) {
    const ColourMeasurement found = measure_colours(linear_of(chart(), {exposure, exposure, exposure}), chart());
    CHECK(found.exposure_scale == doctest::Approx(1 / exposure).epsilon(1e-3));
    CHECK(found.delta_e2000_max < 0.02);
    CHECK(found.delta_c2000_max < 0.02);
    CHECK(found.white_balance_error_deg < 0.001);
    CHECK(found.grey_chroma_mean < 0.01);
    CHECK(found.saturation_percent == doctest::Approx(100).epsilon(1e-3));
  }
}

TEST_CASE("Judged with its exposure, half the light of a white is L* 76") {
  const ColourMeasurement found =
      measure_colours(linear_of(chart(), {0.5, 0.5, 0.5}), chart(), {.fit_exposure = false});
  CHECK(found.exposure_scale == 1);
  const double y = std::pow((95.0 + 16) / 116, 3) / 2;
  CHECK(found.patches[18].lab.l == doctest::Approx(116 * std::cbrt(y) - 16).epsilon(1e-4));
  CHECK(found.patches[18].delta_l == doctest::Approx(found.patches[18].lab.l - 95));
  CHECK(found.patches[18].delta_c2000 < 0.01);
  CHECK(found.patches[18].delta_e2000 > 10);
}

TEST_CASE("White balance is judged by the angle between greys and neutral") {
  const Rgb gains{1.2, 1, 0.9};
  const double cosine = 3.1 / std::sqrt(3 * (1.44 + 1 + 0.81));
  CHECK(measure_colours(linear_of(chart(), gains), chart()).white_balance_error_deg ==
        doctest::Approx(std::acos(cosine) * 180 / std::numbers::pi).epsilon(1e-3));
  CHECK(measure_colours(linear_of(chart(), gains), chart(), {.neutral = gains}).white_balance_error_deg < 0.001);
  CHECK(angle_deg({1, 0, 0}, {0, 2, 0}) == doctest::Approx(90));
  CHECK(angle_deg({1, 2, 3}, {2, 4, 6}) == doctest::Approx(0));
}

TEST_CASE("Chroma of 60 % is a saturation of 60 %, and greys stay out of it") {
  std::vector<Lab> pale = chart();
  for (Lab& lab : pale) lab.a *= 0.6, lab.b *= 0.6;
  pale[20].a = 7;
  const ColourMeasurement found = measure_colours(linear_of(pale), chart(), {.fit_exposure = false});
  CHECK(found.saturation_percent == doctest::Approx(60).epsilon(1e-3));
  CHECK(found.grey_chroma_mean == doctest::Approx(7.0 / 4).epsilon(0.01));
  CHECK(found.delta_e2000_max == doctest::Approx(delta_e00({65, 7, 0}, {65, 0, 0})).epsilon(0.01));
}

TEST_CASE("Patches of a picture are averaged as light, whatever its code") {
  constexpr int kCell = 24;
  std::vector<isp::Image<float>> linear, code;
  const std::vector<Rgb> colours = linear_of(chart());
  for (std::size_t c = 0; c < 3; ++c) {
    isp::Image<float> light(6 * kCell, 4 * kCell), srgb(6 * kCell, 4 * kCell);
    for (int y = 0; y < 4 * kCell; ++y)
      for (int x = 0; x < 6 * kCell; ++x) {
        const double ripple = (x + y) % 2 ? 1.5 : 0.5;  // whose mean is 1 in light, and is not in a code
        const double v = ripple * colours[static_cast<std::size_t>(y / kCell * 6 + x / kCell)][c];
        light.row(y)[x] = static_cast<float>(v);
        srgb.row(y)[x] = static_cast<float>(v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055);
      }
    linear.push_back(std::move(light));
    code.push_back(std::move(srgb));
  }
  const auto planes = [](const auto& images) {
    return RgbPlanes{images[0].view(), images[1].view(), images[2].view()};
  };
  const double edge = kCell / 2 - 0.5;
  const auto patches = chart_patches(
      {{{edge, edge}, {5 * kCell + edge, edge}, {5 * kCell + edge, 3 * kCell + edge}, {edge, 3 * kCell + edge}}},
      Corners::centres);
  CHECK(measure_colours(planes(linear), patches, chart(), {.fit_exposure = false}).delta_e2000_max < 0.05);
  CHECK(measure_colours(planes(code), patches, chart(), {.transfer = Transfer::srgb, .fit_exposure = false})
            .delta_e2000_max < 0.05);
  CHECK(measure_colours(planes(code), patches, chart(), {.fit_exposure = false}).delta_e2000_mean > 5);

  linear[1].row(10)[10] = std::numeric_limits<float>::quiet_NaN();
  CHECK_THROWS_AS(mean_colours(planes(linear), patches, Transfer::linear), MetricError);
  const Quadrilateral outside = Quadrilateral::of({6 * kCell - 3, 0, 5, 5});
  CHECK_THROWS_AS(mean_colours(planes(code), std::span(&outside, 1), Transfer::linear), MetricError);
}

TEST_CASE("Too few patches, and patches without light, are refused") {
  const std::vector<Lab> colours = chart();
  CHECK_THROWS_AS(measure_colours(std::vector<Rgb>(23, Rgb{1, 1, 1}), colours), MetricError);
  CHECK_THROWS_AS(measure_colours(std::vector<Rgb>(3, Rgb{1, 1, 1}), std::span(colours).first(3)), MetricError);
  CHECK_THROWS_AS(measure_colours(std::vector<Rgb>(24, Rgb{}), colours), MetricError);
}

TEST_CASE("Percentiles lie between neighbours in order") {
  CHECK(percentile({3, 1, 2}, 0.5) == 2);
  CHECK(percentile({0, 10}, 0.9) == doctest::Approx(9));
  CHECK(percentile({4}, 0.9) == 4);
}

}  // namespace
}  // namespace sunny16::sim
