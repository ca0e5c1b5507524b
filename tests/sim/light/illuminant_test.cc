#include "sim/light/illuminant.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "sim/light/cie_1931.h"
#include "sim/light/colour_temperature.h"
#include "sim/light/simulation_error.h"
#include "tests/data_dir.h"

namespace sunny16::sim {
namespace {

struct Published {
  std::string name;
  double x, y, kelvin;
};

const std::vector<Published> kPublished{
    {"A", 0.44757, 0.40745, 2856},    {"D50", 0.34567, 0.35851, 5003},    {"D55", 0.33243, 0.34744, 5503},
    {"D65", 0.31272, 0.32903, 6504},  {"D75", 0.29903, 0.31488, 7504},    {"E", 0.33333, 0.33333, 5455},
    {"F2", 0.3721, 0.3751, 4230},     {"F11", 0.3805, 0.3769, 4000},      {"LED-B1", 0.4560, 0.4078, 2733},
    {"LED-B2", 0.4357, 0.4012, 2998}, {"LED-B3", 0.3756, 0.3723, 4103},   {"LED-B4", 0.3422, 0.3502, 5109},
    {"LED-B5", 0.3118, 0.3236, 6598}, {"LED-RGB1", 0.4557, 0.4211, 2840}, {"HP1", 0.5330, 0.4150, 1959},
};

TEST_CASE("Standard illuminants have the chromaticities and temperatures of CIE 15:2018") {
  for (const auto& [name, x, y, kelvin] : kPublished) {
    const Tristimulus white = xyz(parse_illuminant(name).spectrum);
    CAPTURE(name);
    CHECK(std::abs(chromaticity(white).x - x) < 6e-5);
    CHECK(std::abs(chromaticity(white).y - y) < 6e-5);
    CHECK(correlated_temperature(white).kelvin == doctest::Approx(kelvin).epsilon(2e-3));
  }
}

TEST_CASE("D65 and A are the tables of CIE 15:2018, though computed") {
  const auto relative = [](const char* name, double nm) {
    const Spectrum s = parse_illuminant(name).spectrum;
    const auto at = [&](double wavelength) {
      return s[static_cast<std::size_t>((wavelength - Spectrum::kFrom) / Spectrum::kStep)];
    };
    return 100 * at(nm) / at(560);
  };
  CHECK(relative("D65", 380) == doctest::Approx(49.9755).epsilon(1e-5));
  CHECK(relative("D65", 400) == doctest::Approx(82.7549).epsilon(1e-5));
  CHECK(relative("D65", 405) == doctest::Approx(87.1204).epsilon(1e-5));
  CHECK(relative("D65", 450) == doctest::Approx(117.008).epsilon(1e-5));
  CHECK(relative("D65", 600) == doctest::Approx(90.0062).epsilon(1e-5));
  CHECK(relative("D65", 700) == doctest::Approx(71.6091).epsilon(1e-5));
  CHECK(relative("D65", 780) == doctest::Approx(63.3828).epsilon(1e-5));
  CHECK(relative("A", 380) == doctest::Approx(9.7951).epsilon(1e-5));
  CHECK(relative("A", 780) == doctest::Approx(241.675).epsilon(1e-5));
}

TEST_CASE("Every illuminant equals the published table, wavelength by wavelength") {
  const auto data = data_dir();
  if (!data) {
    MESSAGE("SKIPPED: no shared data");
    return;
  }
  std::ifstream in(*data / "color_ref/illuminants_5nm.csv");
  const auto cells = [&] {
    std::string line, cell;
    std::vector<std::string> row;
    do std::getline(in, line);
    while (line.starts_with('#'));
    for (std::istringstream text(line); std::getline(text, cell, ',');) row.push_back(cell);
    return row;
  };
  const auto header = cells();
  std::vector<std::vector<std::string>> rows(Spectrum::kCount);
  for (auto& row : rows) row = cells();

  for (const Published& published : kPublished) {
    const std::string& name = published.name;
    const auto column = std::ranges::find(header, name.starts_with('F') ? "FL" + name.substr(1) : name);
    REQUIRE(column != header.end());
    Spectrum table;
    for (std::size_t i = 0; i < Spectrum::kCount; ++i)
      table[i] = std::stod(rows[i].at(static_cast<std::size_t>(column - header.begin())));
    table = scaled_to_lux(table, 1);
    const Spectrum ours = parse_illuminant(name).spectrum;
    const double peak = *std::ranges::max_element(table.values);
    CAPTURE(name);
    for (std::size_t i = 0; i < Spectrum::kCount; ++i) CHECK(std::abs(ours[i] - table[i]) < 1e-5 * peak);
  }
}

TEST_CASE("Every illuminant is one lux of light without negative power") {
  for (const char* name : {"A", "D50", "F11", "LED", "LED-RGB1", "HP1", "1000K", "3999.5K", "4000K", "25000K", "A+E"}) {
    const Spectrum s = parse_illuminant(name).spectrum;
    CAPTURE(name);
    CHECK(xyz(s).Y == doctest::Approx(1).epsilon(1e-14));
    CHECK(*std::ranges::min_element(s.values) >= 0);
  }
}

TEST_CASE("Names have the lights that they stand for") {
  CHECK(parse_illuminant("LED").spectrum == parse_illuminant("LED-B3").spectrum);
  CHECK(parse_illuminant("3200K").name == "3200K");
  CHECK(correlated_temperature(xyz(parse_illuminant("3200K").spectrum)).kelvin == doctest::Approx(3200).epsilon(1e-5));
  CHECK(correlated_temperature(xyz(parse_illuminant("3200K").spectrum)).duv == doctest::Approx(0).epsilon(1e-6));
  CHECK(correlated_temperature(xyz(parse_illuminant("6504K").spectrum)).duv == doctest::Approx(0.0032).epsilon(0.02));
}

TEST_CASE("A mixture is the sum of its lights by illuminance") {
  const Spectrum a = parse_illuminant("A").spectrum, d = parse_illuminant("D65").spectrum;
  const auto same = [](const Spectrum& x, const Spectrum& y) {
    for (std::size_t i = 0; i < Spectrum::kCount; ++i) CHECK(x[i] == doctest::Approx(y[i]).epsilon(1e-13));
  };
  same(parse_illuminant("A:0.3+D65:0.7").spectrum, a * 0.3 + d * 0.7);
  same(parse_illuminant("A:3+D65:7").spectrum, a * 0.3 + d * 0.7);
  same(parse_illuminant("A+D65").spectrum, a * 0.5 + d * 0.5);
  same(parse_illuminant("A+D65:3").spectrum, a * 0.25 + d * 0.75);
  same(parse_illuminant("A:9").spectrum, a);
  same(parse_illuminant("A+A+D65+D65").spectrum, a * 0.5 + d * 0.5);
}

TEST_CASE("What is no illuminant is refused in one line that says what was found and what exists") {
  const auto refusal = [](const std::string& text) -> std::string {
    try {
      parse_illuminant(text);
    } catch (const SimulationError& error) {
      return error.what();
    }
    return "accepted";
  };
  CHECK(refusal("C65") ==
        "illuminant: found \"C65\", allowed A D50 D55 D65 D75 E F2 F11 LED LED-B1 LED-B2 LED-B3 LED-B4 LED-B5 LED-RGB1 "
        "HP1, a temperature from 1000K to 25000K as in 3200K, or a mixture of them with weights above 0 as in "
        "A:0.3+D65:0.7");
  const auto names = [&](const std::string& text, const std::string& found) {
    CAPTURE(text);
    CHECK(refusal(text).starts_with("illuminant: found \"" + found + "\", allowed A D50"));
  };
  for (const std::string text : {"", " ", "d65", "D65 ", "K", "3200", "3200k", "999.9K", "25000.1K", "-3200K", "nanK",
                                 "infK", "1e9K", "3200KK", "0x1000K"})
    names(text, text);
  names("A+", "");
  names("+A", "");
  names("A++E", "");
  names("A+sun:2", "sun");
  for (const std::string part : {"A:", "A:0", "A:-1", "A:nan", "A:inf", "A:1e300", "A:1:2", "A:x", "A: 1", ":1"})
    names("D65+" + part, part == ":1" ? "" : part);
  names(std::string(1000, 'A'), std::string(40, 'A') + "...");
  names("A\n\x1b[31m", "A??[31m");
  std::string long_mixture = "A";
  for (int i = 0; i < 5000; ++i) long_mixture += "+A";
  CHECK(refusal(long_mixture).size() < 400);
}

}  // namespace
}  // namespace sunny16::sim
