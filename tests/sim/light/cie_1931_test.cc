#include "sim/light/cie_1931.h"

#include <doctest/doctest.h>

namespace sunny16::sim {
namespace {

TEST_CASE("The equal-energy light is white, and its luminance the published area under the y function") {
  const Tristimulus equal = xyz(Spectrum::constant(1));
  CHECK(chromaticity(equal).x == doctest::Approx(1.0 / 3).epsilon(1e-5));
  CHECK(chromaticity(equal).y == doctest::Approx(1.0 / 3).epsilon(1e-5));
  CHECK(equal.Y / 683 == doctest::Approx(106.857).epsilon(1e-5));  // 5 nm * 21.3714 (CIE 15:2018)
}

TEST_CASE("One watt at 555 nm is 683 lumens") {
  const Spectrum line = Spectrum::of([](double nm) { return nm == 555 ? 1.0 / Spectrum::kStep : 0; });
  CHECK(xyz(line).Y == doctest::Approx(683));
}

TEST_CASE("Single wavelengths have the chromaticities of the spectral locus") {
  const auto at = [](double wavelength) {
    return chromaticity(xyz(Spectrum::of([=](double nm) { return nm == wavelength ? 1 : 0; })));
  };
  CHECK(at(460).x == doctest::Approx(0.1440).epsilon(1e-3));
  CHECK(at(460).y == doctest::Approx(0.0297).epsilon(2e-3));
  CHECK(at(520).x == doctest::Approx(0.0743).epsilon(1e-3));
  CHECK(at(520).y == doctest::Approx(0.8338).epsilon(1e-4));
  CHECK(at(700).x == doctest::Approx(0.7347).epsilon(1e-4));
  CHECK(at(700).y == doctest::Approx(0.2653).epsilon(1e-4));
}

TEST_CASE("A light is scaled to its lux, whatever it was") {
  const Spectrum light = Spectrum::of([](double nm) { return nm * nm; });
  CHECK(xyz(scaled_to_lux(light, 320)).Y == doctest::Approx(320).epsilon(1e-14));
  CHECK(scaled_to_lux(light, 2)[7] / scaled_to_lux(light, 1)[7] == doctest::Approx(2));
}

}  // namespace
}  // namespace sunny16::sim
