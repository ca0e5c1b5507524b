#include "sim/sensor/response.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "firmware/control/colour.h"
#include "sim/light/cie_1931.h"
#include "sim/light/colour_checker.h"
#include "sim/light/illuminant.h"
#include "sim/sensor/module_file.h"

namespace sunny16::sim {
namespace {

/// Every photon in 400 .. 700 nm becomes an electron; a pixel of 1 um behind a lens of f/1 without loss.
SensorModel ideal_sensor() {
  SensorModel sensor;
  sensor.pixel_pitch_um = 1;
  sensor.wavelength_nm = {300, 1000};
  sensor.qe_red = sensor.qe_green = sensor.qe_blue = {1, 1};
  return sensor;
}
LensModel ideal_lens() {
  LensModel lens;
  lens.f_number = 1, lens.transmission = 1;
  return lens;
}
constexpr double kHc = 6.62607015e-34 * 299792458;  // J m

/// 1 lx of one wavelength, W/m^2/nm over the one step that the grid has of it.
Spectrum line(double nm, double luminous_efficiency) {
  const double watts = 1 / (683.002 * luminous_efficiency);
  return Spectrum::of([=](double l) { return std::abs(l - nm) < 0.1 ? watts / Spectrum::kStep : 0; });
}

TEST_CASE("A lux-second of 555 nm gives as many electrons as the photons that 1/683 W has") {
  const LensModel lens = ideal_lens();
  const double photons_m2 = 1 / 683.002 / (kHc / 555e-9);  // 4.09e15
  CHECK(photons_m2 == doctest::Approx(4.0907e15).scale(0).epsilon(1e-3));
  const Observer electrons = photoelectrons(ideal_sensor(), lens);
  for (const Spectrum& channel : electrons)
    CHECK(integral(channel * line(555, 1)) == doctest::Approx(photons_m2 * 1e-12 / 4).scale(0).epsilon(1e-4));
  // Two stops of aperture, half the glass, a pixel of twice the side, red light whose efficiency is 0.107 (CIE 1931).
  SensorModel sensor = ideal_sensor();
  sensor.pixel_pitch_um = 2;
  LensModel slower = ideal_lens();
  slower.f_number = 2, slower.transmission = 0.5;
  const Observer others = photoelectrons(sensor, slower);
  CHECK(integral(others[0] * line(650, 0.107)) ==
        doctest::Approx(1 / (683.002 * 0.107) / (kHc / 650e-9) * 4e-12 * 0.5 / 16).scale(0).epsilon(1e-4));
}

TEST_CASE("Quantum efficiencies are interpolated between their wavelengths, and go on beyond them") {
  SensorModel sensor = ideal_sensor();
  sensor.wavelength_nm = {500, 600, 650};
  sensor.qe_red = {0.2, 0.6, 0.1};
  const LensModel lens = ideal_lens();
  const Observer found = photoelectrons(sensor, lens), all = photoelectrons(ideal_sensor(), lens);
  for (const auto& each :
       {std::pair{400.0, 0.2}, {500.0, 0.2}, {525.0, 0.3}, {600.0, 0.6}, {620.0, 0.4}, {700.0, 0.1}}) {
    const auto& nm = each.first;
    const auto& qe = each.second;
    CAPTURE(nm);
    const auto i = static_cast<std::size_t>((nm - Spectrum::kFrom) / Spectrum::kStep);
    CHECK(found[0][i] / all[0][i] == doctest::Approx(qe).scale(0));
  }
}

TEST_CASE("The wavelength of a channel is the mean of what it sees") {
  SensorModel sensor = ideal_sensor();
  const Spectrum photons = Spectrum::of([](double) { return 1.0; });
  const auto even = mean_wavelengths({photons, photons, photons}, Spectrum::constant(1));
  CHECK(even[0] == doctest::Approx(580).scale(0));  // the middle of 380 .. 780
  const auto red = mean_wavelengths(photoelectrons(sensor, {}), line(650, 1) + line(550, 1) * (650.0 / 550));
  CHECK(red[1] == doctest::Approx(600).scale(0));  // as many photons of the one as of the other
}

TEST_CASE("Crosstalk is taken out of the quantum efficiencies just as exposing puts it in") {
  for (const char* name : {"imx477", "imx708", "phone200", "imx296_mono"}) {
    CAPTURE(name);
    const CameraModule module = load_module(name);
    const Observer measured = photoelectrons(module.sensor, module.lens),
                   own = without_crosstalk(measured, module.sensor);
    const double q = 0.01 * module.sensor.crosstalk_percent / module.sensor.cell;  // crosses the rim of a cell
    // A red or blue cell has four green neighbours, a green one two of each.
    const Observer even{own[0] * (1 - q) + own[1] * q, own[1] * (1 - q) + (own[0] + own[2]) * (q / 2),
                        own[2] * (1 - q) + own[1] * q};
    for (std::size_t c = 0; c < 3; ++c) {
      const double most = *std::ranges::max_element(measured[c].values);
      double worst = 0;
      for (std::size_t i = 0; i < Spectrum::kCount; ++i) worst = std::max(worst, std::abs(even[c][i] - measured[c][i]));
      CHECK(worst < 1e-12 * most);
    }
  }
}

TEST_CASE("White is redder in warmer light, for every sensor with colours; a monochrome one sees no colour") {
  for (const std::string& name : module_names()) {
    CAPTURE(name);
    const CameraModule module = load_module(name);
    const Observer observer = photoelectrons(module.sensor, module.lens);
    double last = 0;
    for (const char* light : {"2300K", "A", "4000K", "D50", "D65", "10000K"}) {
      const auto n = neutral(observer, parse_illuminant(light).spectrum);
      CHECK(n[1] == 1);
      if (module.sensor.filter == ColourFilter::monochrome) {
        CHECK(n[0] == doctest::Approx(1).scale(0));
        CHECK(n[2] == doctest::Approx(1).scale(0));
      } else {
        CHECK(n[2] / n[0] > last);
        last = n[2] / n[0];
      }
    }
  }
}

TEST_CASE("A calibration keeps white: ColorMatrix takes the light to its neutral, ForwardMatrix a neutral to D50") {
  for (const std::string& name : module_names()) {
    const CameraModule module = load_module(name);
    if (module.sensor.filter == ColourFilter::monochrome) continue;
    CAPTURE(name);
    const Observer observer = photoelectrons(module.sensor, module.lens);
    const auto calibrations = calibrate(observer);
    REQUIRE(calibrations.size() == 2);
    CHECK(calibrations[0].illuminant_temperature == 2856);
    CHECK(calibrations[1].illuminant_temperature == 6504);
    for (std::size_t i = 0; i < 2; ++i) {
      const Spectrum light = parse_illuminant(i == 0 ? "A" : "D65").spectrum;
      const Tristimulus white = xyz(light);
      const auto expected = neutral(observer, light);
      const auto found =
          firmware::multiply(calibrations[i].xyz_to_camera, firmware::Vector3{white.X / white.Y, 1, white.Z / white.Y});
      for (std::size_t c = 0; c < 3; ++c) CHECK(found[c] == doctest::Approx(expected[c]).scale(0));
      REQUIRE(calibrations[i].camera_to_xyz_d50.has_value());
      const auto d50 = firmware::multiply(*calibrations[i].camera_to_xyz_d50, firmware::Vector3{1, 1, 1});
      CHECK(d50[0] == doctest::Approx(0.9642).scale(0));
      CHECK(d50[1] == doctest::Approx(1).scale(0));
      CHECK(d50[2] == doctest::Approx(0.8249).scale(0));
    }
  }
}

TEST_CASE("An eye is calibrated to itself: a sensor that sees as CIE 1931 does has exact matrices") {
  // Any regular mixture of the observer's curves; greens below zero do not matter here.
  const isp::Matrix3 mixture{1.2, 0.1, 0.05, 0.3, 0.9, 0.1, 0.02, 0.1, 0.8};
  Observer camera;
  for (std::size_t row = 0; row < 3; ++row)
    for (std::size_t k = 0; k < 3; ++k) camera[row] = camera[row] + kCie1931[k] * mixture[3 * row + k];
  for (const auto& calibration : calibrate(camera)) {
    // Up to the scale of the camera's white.
    const double scale = calibration.xyz_to_camera[0] / mixture[0];
    for (std::size_t i = 0; i < 9; ++i)
      CHECK(calibration.xyz_to_camera[i] / scale == doctest::Approx(mixture[i]).scale(0).epsilon(1e-4));
  }
}

}  // namespace
}  // namespace sunny16::sim
