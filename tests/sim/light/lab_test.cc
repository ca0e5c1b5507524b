#include "sim/light/lab.h"

#include <doctest/doctest.h>

#include <cmath>

#include "sim/light/colour_checker.h"

namespace sunny16::sim {
namespace {

void check_near(const isp::Matrix3& found, const isp::Matrix3& published, double error) {
  for (std::size_t i = 0; i < 9; ++i) CHECK(std::abs(found[i] - published[i]) < error);
}

TEST_CASE("sRGB is the matrix of IEC 61966-2-1") {
  check_near(srgb_to_xyz(), {0.4124, 0.3576, 0.1805, 0.2126, 0.7152, 0.0722, 0.0193, 0.1192, 0.9505}, 6e-5);
  check_near(xyz_to_srgb(), {3.2406, -1.5372, -0.4986, -0.9689, 1.8758, 0.0415, 0.0557, -0.2040, 1.0570}, 4e-4);
}

TEST_CASE("Adaptation is as published") {
  // B. Lindbloom's table of Bradford matrices, D65 to D50.
  check_near(bradford({0.95047, 1, 1.08883}, {0.96422, 1, 0.82521}),
             {1.0478112, 0.0228866, -0.0501270, 0.0295424, 0.9904844, -0.0170491, -0.0092345, 0.0150436, 0.7521316},
             1e-6);
  // The example of colour-science, A to D65.
  check_near(cat02({1.09846607, 1, 0.35582280}, {0.95042855, 1, 1.08890037}),
             {0.8687653, -0.1416539, 0.3871961, -0.1030072, 1.0584014, 0.1538646, 0.0078167, 0.0267875, 2.9608177},
             1e-6);
}

TEST_CASE("Adaptation takes white to white, at any brightness, and sRGB's white is what the eye adapted to") {
  const Tristimulus tungsten{219.6, 200, 71.2}, daylight{0.9504, 1, 1.0888};
  for (const auto adapt : {bradford, cat02}) {
    const Tristimulus white = adapt(tungsten, daylight) * tungsten;
    CHECK(white.X == doctest::Approx(daylight.X).epsilon(1e-12));
    CHECK(white.Y == doctest::Approx(daylight.Y).epsilon(1e-12));
    CHECK(white.Z == doctest::Approx(daylight.Z).epsilon(1e-12));
  }
  const Tristimulus rgb = xyz_to_srgb(tungsten) * tungsten;
  CHECK(rgb.X == doctest::Approx(1).epsilon(1e-12));
  CHECK(rgb.Y == doctest::Approx(1).epsilon(1e-12));
  CHECK(rgb.Z == doctest::Approx(1).epsilon(1e-12));
}

TEST_CASE("Lab has the published XYZ of the ColorChecker's colours") {
  const double white_x = 0.345703, white_y = 0.358539;  // D50 as colour-science publishes the chart with it
  const Tristimulus white{white_x / white_y, 1, (1 - white_x - white_y) / white_y};
  const struct {
    std::size_t patch;
    double x, y, Y;
  } published[]{{0, 0.437484, 0.378523, 0.098324},  {11, 0.493576, 0.444283, 0.429338},
                {12, 0.205221, 0.168665, 0.055962}, {17, 0.209129, 0.302658, 0.180610},
                {18, 0.348914, 0.364213, 0.880690}, {23, 0.343767, 0.356058, 0.031513}};
  for (const auto& [patch, x, y, Y] : published) {
    const Tristimulus colour = xyz_of_lab(kColourCheckerPatches[patch].lab, white);
    CAPTURE(patch);
    CHECK(std::abs(chromaticity(colour).x - x) < 2e-6);
    CHECK(std::abs(chromaticity(colour).y - y) < 2e-6);
    CHECK(std::abs(colour.Y - Y) < 1e-6);
  }
}

TEST_CASE("Lab there and back, through the straight line near black too") {
  const Tristimulus white{0.9642, 1, 0.8249};
  CHECK(lab_of_xyz(white, white).l == doctest::Approx(100));
  CHECK(lab_of_xyz({}, white).l == doctest::Approx(0));
  CHECK(lab_of_xyz({0.00964, 0.01, 0.00825}, white).l ==
        doctest::Approx(8.9914).epsilon(1e-4));  // 116 * 0.01^(1/3) - 16
  for (const Lab lab : {Lab{0.5, 0.1, -0.2}, Lab{5, -3, 2}, Lab{50, 60, -70}, Lab{97, -20, 90}, Lab{7.9996, 0, 0}}) {
    const Lab back = lab_of_xyz(xyz_of_lab(lab, white), white);
    CHECK(back.l == doctest::Approx(lab.l).epsilon(1e-11));
    CHECK(std::abs(back.a - lab.a) < 1e-9);
    CHECK(std::abs(back.b - lab.b) < 1e-9);
  }
}

}  // namespace
}  // namespace sunny16::sim
