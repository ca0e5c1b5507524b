#include "sim/light/colour_temperature.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace sunny16::sim {
namespace {

TEST_CASE("Black bodies obey Wien: the wavelength of their peak times their temperature is 2898 um K") {
  for (const double kelvin : {4500.0, 5500.0, 6500.0}) {
    const Spectrum s = black_body(kelvin);
    const auto peak = static_cast<std::size_t>(std::ranges::max_element(s.values) - s.values.begin());
    CHECK(std::abs(Spectrum::wavelength(peak) - 2.8978e6 / kelvin) <= Spectrum::kStep);
  }
}

TEST_CASE("Black bodies have the published chromaticities") {
  const auto at = [](double kelvin) { return chromaticity(xyz(black_body(kelvin))); };
  // G. Wyszecki, W. Stiles, "Color Science", 1982, table 1(3.11); its radiation constant is 1.4388e-2 m K.
  CHECK(at(2000).x == doctest::Approx(0.5267).epsilon(2e-4));
  CHECK(at(2000).y == doctest::Approx(0.4133).epsilon(2e-4));
  CHECK(at(3000).x == doctest::Approx(0.4369).epsilon(2e-4));
  CHECK(at(3000).y == doctest::Approx(0.4041).epsilon(2e-4));
  CHECK(at(6500).x == doctest::Approx(0.3135).epsilon(4e-4));
  CHECK(at(6500).y == doctest::Approx(0.3237).epsilon(4e-4));
}

TEST_CASE("Daylight has the chromaticity that CIE gives for its temperature") {
  // CIE 15:2018: x of the daylight locus at 5000 K and 10000 K, from its two cubics, and y from x.
  for (const auto& [kelvin, x] : {std::pair{5000.0, 0.345741}, {10000.0, 0.2787996}}) {
    const Chromaticity c = chromaticity(xyz(daylight(kelvin)));
    CAPTURE(kelvin);
    CHECK(std::abs(c.x - x) < 3e-4);
    CHECK(std::abs(c.y - (-3 * x * x + 2.87 * x - 0.275)) < 3e-4);
  }
}

TEST_CASE("A black body has its own temperature, and lies on the locus") {
  for (const double kelvin : {1000.0, 1667.0, 2856.0, 4000.0, 6500.0, 12000.0, 25000.0, 90000.0}) {
    const auto found = correlated_temperature(xyz(black_body(kelvin)));
    CHECK(found.kelvin == doctest::Approx(kelvin).epsilon(1e-5));
    CHECK(std::abs(found.duv) < 1e-7);
  }
}

TEST_CASE("A point between two isotherms has the temperature and the distance that Ohno's tables give") {
  const double u = 0.1978, v = 0.3122;  // summed every 1 nm: 6507.4 K and 0.00322; every 5 nm moves the locus slightly
  const Tristimulus colour{1.5 * u / v, 1, (4 - u - 10 * v) / (2 * v)};
  const auto found = correlated_temperature(colour);
  CHECK(found.kelvin == doctest::Approx(6507.4).epsilon(4e-4));
  CHECK(found.duv == doctest::Approx(0.00322).epsilon(3e-3));
}

TEST_CASE("Duv is positive towards green, negative towards magenta, and does not depend on the brightness") {
  Tristimulus colour = xyz(black_body(5000));
  colour.Y *= 1.05;
  CHECK(correlated_temperature(colour).duv > 0.005);
  CHECK(correlated_temperature({3 * colour.X, 3 * colour.Y, 3 * colour.Z}).duv ==
        doctest::Approx(correlated_temperature(colour).duv).epsilon(1e-6));
  colour.Y *= 0.9;
  CHECK(correlated_temperature(colour).duv < -0.005);
}

TEST_CASE("Cooler lights are redder, without a step from daylight's first cubic to its second") {
  double last = 1e9;
  for (double kelvin = 4000; kelvin <= 25000; kelvin += 100) {
    const Tristimulus c = xyz(daylight(kelvin));
    CHECK(c.X / c.Z < last);
    last = c.X / c.Z;
  }
  CHECK(chromaticity(xyz(daylight(7000))).x == doctest::Approx(chromaticity(xyz(daylight(7001))).x).epsilon(1e-3));
}

}  // namespace
}  // namespace sunny16::sim
