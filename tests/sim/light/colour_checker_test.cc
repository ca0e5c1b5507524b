#include "sim/light/colour_checker.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>

#include "sim/light/illuminant.h"
#include "tests/data_dir.h"

namespace sunny16::sim {
namespace {

TEST_CASE("The reconstructed patches have the published colours, and reflect part of the light") {
  const Spectrum d50 = parse_illuminant("D50").spectrum;
  for (std::size_t i = 0; i < 24; ++i) {
    const Spectrum& reflectance = colour_checker_reflectances()[i];
    const Lab lab = lab_of_xyz(xyz(d50 * reflectance), xyz(d50)), published = kColourCheckerPatches[i].lab;
    CAPTURE(kColourCheckerPatches[i].name);
    CHECK(std::abs(lab.l - published.l) < 1e-6);
    CHECK(std::abs(lab.a - published.a) < 1e-6);
    CHECK(std::abs(lab.b - published.b) < 1e-6);
    CHECK(*std::ranges::min_element(reflectance.values) > 0);
    CHECK(*std::ranges::max_element(reflectance.values) < 1);
  }
}

TEST_CASE("The grey row is nearly flat and darkens step by step") {
  for (std::size_t i = 18; i < 24; ++i) {
    const auto [least, most] = std::ranges::minmax(colour_checker_reflectances()[i].values);
    CHECK(most - least < 0.07 * most);
    if (i > 18) CHECK(most < std::ranges::min(colour_checker_reflectances()[i - 1].values));
  }
}

TEST_CASE("Reconstructed patches are near the measured ones") {
  const auto data = data_dir();
  if (!data) {
    MESSAGE("SKIPPED: no shared data");
    return;
  }
  std::ifstream in(*data / "color_ref/cc24_reflectance_babelcolor.csv");  // the mean of 30 charts, every 10 nm
  std::string line;
  std::getline(in, line), std::getline(in, line);
  std::array<double, 24> squares{};
  int count = 0;
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    double nm = 0, measured = 0;
    char comma = 0;
    cells >> nm;
    if (nm < 400 || nm > 700) continue;  // beyond, colours say nothing
    ++count;
    for (std::size_t i = 0; i < 24; ++i) {
      cells >> comma >> measured;
      REQUIRE_FALSE(cells.fail());
      const auto at = static_cast<std::size_t>((nm - Spectrum::kFrom) / Spectrum::kStep);
      const double d = colour_checker_reflectances()[i][at] - measured;
      squares[i] += d * d;
    }
  }
  REQUIRE(count == 31);
  double mean = 0, worst = 0;
  for (const double sum : squares) {
    const double rms = std::sqrt(sum / count);
    mean += rms / 24, worst = std::max(worst, rms);
  }
  MESSAGE("rms difference from 400 to 700 nm: mean " << mean << ", worst patch " << worst);
  CHECK(mean < 0.045);
  CHECK(worst < 0.1);
}

}  // namespace
}  // namespace sunny16::sim
