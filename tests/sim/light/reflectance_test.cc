#include "sim/light/reflectance.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "sim/light/illuminant.h"
#include "sim/light/lab.h"
#include "sim/light/simulation_error.h"

namespace sunny16::sim {
namespace {

/// Sum of squared steps of log(r / (1 - r)), which a reconstruction minimises.
double roughness(const Spectrum& reflectance) {
  double sum = 0;
  for (std::size_t i = 1; i < Spectrum::kCount; ++i) {
    const auto curve = [&](std::size_t k) { return std::log(reflectance[k] / (1 - reflectance[k])); };
    sum += (curve(i) - curve(i - 1)) * (curve(i) - curve(i - 1));
  }
  return sum;
}

void check_physical(const Spectrum& reflectance) {
  CHECK(*std::ranges::min_element(reflectance.values) > 0);
  CHECK(*std::ranges::max_element(reflectance.values) < 1);
}

void check_same_colour(const Tristimulus& a, const Tristimulus& b, double error) {
  CHECK(std::abs(a.X - b.X) < error);
  CHECK(std::abs(a.Y - b.Y) < error);
  CHECK(std::abs(a.Z - b.Z) < error);
}

TEST_CASE("Greys are flat under any light") {
  for (const char* name : {"D50", "A", "F11", "LED"})
    for (const double grey : {0.001, 0.18, 0.5, 0.995}) {
      const Spectrum light = parse_illuminant(name).spectrum;
      for (const double v : reflectance_of_xyz(xyz(light * grey), light).values)
        CHECK(v == doctest::Approx(grey).epsilon(1e-8));
    }
}

TEST_CASE("Colours all over sRGB become surfaces of exactly that colour, whatever the light") {
  for (const char* name : {"D65", "A", "F11", "LED-B3"}) {
    const Spectrum light = parse_illuminant(name).spectrum * 500;
    const isp::Matrix3 to_xyz = srgb_to_xyz(xyz(light));
    for (const double r : {0.003, 0.2, 0.97})
      for (const double g : {0.003, 0.2, 0.97})
        for (const double b : {0.003, 0.2, 0.97}) {
          const Tristimulus colour = to_xyz * Tristimulus{r, g, b};
          const Spectrum reflectance = reflectance_of_xyz(colour, light);
          check_physical(reflectance);
          check_same_colour(xyz(light * reflectance), colour, 500 * 1e-11);
        }
  }
}

TEST_CASE("The reconstruction is the smoothest: smoother than the surface whose colour it has") {
  const Spectrum light = parse_illuminant("D50").spectrum;
  for (const double edge : {450.0, 500.0, 550.0, 600.0, 650.0})
    for (const double width : {5.0, 15.0, 40.0}) {
      const Spectrum surface =
          Spectrum::of([&](double nm) { return 0.05 + 0.85 / (1 + std::exp((edge - nm) / width)); });
      const Spectrum smoothest = reflectance_of_xyz(xyz(light * surface), light);
      check_same_colour(xyz(light * smoothest), xyz(light * surface), 1e-11);
      CHECK(roughness(smoothest) < roughness(surface));
    }
}

TEST_CASE("Mixing in what the eye does not see makes it rougher") {
  const Spectrum light = parse_illuminant("D65").spectrum;
  const Spectrum smoothest = reflectance_of_xyz({0.2, 0.15, 0.1}, light);
  for (const double centre : {430.0, 520.0, 610.0, 700.0}) {
    // A bump less the smooth change that has its colour: a metameric black.
    const Spectrum bumped =
        smoothest + Spectrum::of([&](double nm) { return 0.002 * std::exp(-(nm - centre) * (nm - centre) / 800); });
    const Spectrum alike = reflectance_of_xyz(xyz(light * bumped), light);
    CHECK(roughness(smoothest + bumped + alike * -1) > roughness(smoothest));
  }
}

TEST_CASE("Impossible colours are refused with the colour and what is allowed") {
  const Spectrum light = parse_illuminant("D65").spectrum;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Tristimulus colour :
       {xyz(light), xyz(light * 1.2), Tristimulus{0.2, 0.9, 0.1}, Tristimulus{-0.1, 0.5, 0.5},
        Tristimulus{nan, 0.5, 0.5}, Tristimulus{1e300, 1e300, 1e300}, Tristimulus{0.1, -0.1, 0.1}})
    CHECK_THROWS_AS(reflectance_of_xyz(colour, light), SimulationError);
  CHECK_THROWS_WITH(
      reflectance_of_xyz({0.25, 0.75, 0.125}, light),
      "reflectance: found X 0.25, Y 0.75, Z 0.125 where the light has Y 1, allowed the colours of surfaces "
      "between black and white under it");
}

TEST_CASE("The RGB basis shares the light among three surfaces") {
  const auto& [red, green, blue] = rgb_basis();
  for (std::size_t i = 0; i < Spectrum::kCount; ++i) {
    CHECK(std::abs(red[i] + green[i] + blue[i] - 1) < 1e-15);
    for (const double v : {red[i], green[i], blue[i]}) {
      CHECK(v > 0);
      CHECK(v < 1);
    }
  }
}

TEST_CASE("Mixtures of the RGB basis have exactly their sRGB colour under D65") {
  const Spectrum d65 = parse_illuminant("D65").spectrum;
  const auto& basis = rgb_basis();
  for (const double r : {0.0, 0.3, 1.0})
    for (const double g : {0.0, 0.3, 1.0})
      for (const double b : {0.0, 0.3, 1.0}) {
        const Tristimulus seen = xyz(d65 * (basis[0] * r + basis[1] * g + basis[2] * b));
        check_same_colour(xyz_to_srgb(xyz(d65)) * seen, {r, g, b}, 1e-11);
      }
}

TEST_CASE("Each of the basis reflects its own third of the spectrum most, without steps") {
  const auto& basis = rgb_basis();
  const auto at = [&](std::size_t i, double nm) {
    return basis[i][static_cast<std::size_t>((nm - Spectrum::kFrom) / Spectrum::kStep)];
  };
  CHECK(at(0, 650) > 0.9);
  CHECK(at(1, 540) > 0.9);
  CHECK(at(2, 440) > 0.9);
  for (const Spectrum& s : basis)
    for (std::size_t i = 1; i < Spectrum::kCount; ++i) CHECK(std::abs(s[i] - s[i - 1]) < 0.3);
}

}  // namespace
}  // namespace sunny16::sim
