#include "sim/metrics/photon_transfer.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "sim/metrics/metric_error.h"
#include "tests/sim/metrics/simulated_sensor.h"

namespace sunny16::sim {
namespace {

using test::SimulatedSensor;

PhotonTransferPoint point(const SimulatedSensor& sensor, double electrons, std::uint64_t index) {
  const auto a = sensor.expose(electrons, index), b = sensor.expose(electrons, index + 1);
  return photon_transfer_point(a.view(), b.view(), {10, 5, 180, 140}, electrons);
}

PhotonTransfer sweep(const SimulatedSensor& sensor, const PhotonTransferOptions& options = {}, double to = 1.25) {
  const double capacity = std::min(sensor.full_well_e, (sensor.white_dn() - sensor.black_dn) / sensor.gain_dn_per_e);
  std::vector<PhotonTransferPoint> light;
  for (int i = 1; i <= 15; ++i)
    light.push_back(point(sensor, to * capacity * i / 15, 10 + 2 * static_cast<unsigned>(i)));
  return photon_transfer(light, point(sensor, 0, 0), options);
}

TEST_CASE("Gain within 2 %, read noise within 5 % and saturation capacity within 2 %, whatever the sensor") {
  const SimulatedSensor sensors[]{
      {.gain_dn_per_e = 0.5, .read_noise_e = 3, .black_dn = 64, .bits = 10},
      {.gain_dn_per_e = 0.048, .read_noise_e = 18, .black_dn = 16, .bits = 8, .prnu_percent = 1},
      {.gain_dn_per_e = 0.46, .read_noise_e = 2.6, .black_dn = 256, .bits = 12, .prnu_percent = 1, .dsnu_e = 2},
      {.gain_dn_per_e = 7.4, .read_noise_e = 1.6, .black_dn = 256, .bits = 12, .prnu_percent = 0.8, .dsnu_row_e = 0.5},
      {.gain_dn_per_e = 0.2, .read_noise_e = 6, .black_dn = 64, .bits = 10, .full_well_e = 3000, .prnu_percent = 1},
      {.gain_dn_per_e = 1.6, .read_noise_e = 4, .black_dn = 16, .bits = 8, .prnu_column_percent = 0.5},
  };
  for (SimulatedSensor sensor : sensors)
    for (const std::uint64_t seed : {1, 77, 20240229}) {
      sensor.seed = seed;
      const PhotonTransfer found = sweep(sensor);
      const double capacity =
          std::min(sensor.full_well_e, (sensor.white_dn() - sensor.black_dn) / sensor.gain_dn_per_e);
      CAPTURE(sensor.bits);
      CAPTURE(sensor.gain_dn_per_e);
      CAPTURE(seed);
      CHECK(found.system_gain_dn_per_e == doctest::Approx(sensor.gain_dn_per_e).epsilon(0.02));
      CHECK(found.read_noise_e == doctest::Approx(sensor.read_noise_e).epsilon(0.05));
      CHECK(found.saturation_capacity_e == doctest::Approx(capacity).epsilon(0.02));
      CHECK(found.dark_level_dn == doctest::Approx(sensor.black_dn).epsilon(0.01));
      CHECK(found.linearity_error_percent < 0.5);

      const double dark_e = std::hypot(sensor.read_noise_e, std::sqrt(1.0 / 12) / sensor.gain_dn_per_e);
      CHECK(found.dark_noise_dn == doctest::Approx(dark_e * sensor.gain_dn_per_e).epsilon(0.03));
      CHECK(found.sensitivity_threshold_e == doctest::Approx(dark_e + 0.5).epsilon(0.04));
      CHECK(std::fabs(found.snr_max_db - 10 * std::log10(capacity)) < 0.1);
      CHECK(std::fabs(found.dynamic_range_db - 20 * std::log10(capacity / (dark_e + 0.5))) < 0.4);
    }
}

TEST_CASE("With the white level known, a sweep need not saturate") {
  const SimulatedSensor sensor{.gain_dn_per_e = 0.5, .read_noise_e = 3};
  CHECK_THROWS_AS(sweep(sensor, {}, 0.8), MetricError);
  const PhotonTransfer found = sweep(sensor, {.white_dn = 1023}, 0.8);
  CHECK(found.saturation_capacity_e == doctest::Approx(2 * (1023 - 64)).epsilon(0.02));
}

TEST_CASE("The linearity error is that of the line with the least relative deviations") {
  // Through three evenly spaced points the residuals of the line are as y1^2 : -2 y2^2 : y3^2, and their second
  // difference is that of the levels.
  const double y1 = 200, y2 = 420, y3 = 600, e = (y1 - 2 * y2 + y3) / (y1 * y1 + 4 * y2 * y2 + y3 * y3);
  const double d1 = e * y1 * y1 / (y1 - e * y1 * y1), d2 = -2 * e * y2 * y2 / (y2 + 2 * e * y2 * y2),
               d3 = e * y3 * y3 / (y3 - e * y3 * y3);
  std::vector<PhotonTransferPoint> light{{1, y1, 2 + y1}, {2, y2, 2 + y2}, {3, y3, 2 + y3}, {5, 990, 2}};
  const PhotonTransferPoint dark{0, 0, 2};
  const PhotonTransfer found = photon_transfer(light, dark, {.white_dn = 1000});
  CHECK(found.system_gain_dn_per_e == doctest::Approx(1));
  CHECK(found.linearity_error_max_percent == doctest::Approx(100 * d2));
  CHECK(found.linearity_error_min_percent == doctest::Approx(100 * std::min(d1, d3)));
  CHECK(found.linearity_error_percent == doctest::Approx(100 * (d2 - d1 - d3) / 3));
}

TEST_CASE("Where quantisation hides the dark noise, the bound is EMVA's: 0.24 DN squared") {
  const SimulatedSensor sensor{.gain_dn_per_e = 0.05, .read_noise_e = 2, .black_dn = 16, .bits = 8};
  const PhotonTransfer found = sweep(sensor);
  CHECK(found.read_noise_e == doctest::Approx(std::sqrt(0.24 - 1.0 / 12) / 0.05).epsilon(0.03));
}

TEST_CASE("What is no photon transfer is refused") {
  const PhotonTransferPoint dark{0, 64, 4};
  CHECK_THROWS_AS(photon_transfer(std::vector<PhotonTransferPoint>{{1, 100, 22}}, dark), MetricError);
  std::vector<PhotonTransferPoint> constant;
  for (int i = 1; i < 9; ++i) constant.push_back({1.0 * i, 64 + 50.0 * i, 4});
  CHECK_THROWS_AS(photon_transfer(constant, dark, {.white_dn = 1023}), MetricError);
  const isp::Image<float> a(20, 20), small(10, 10);
  CHECK_THROWS_AS(photon_transfer_point(a.view(), small.view(), {0, 0, 20, 20}, 1), MetricError);
}

}  // namespace
}  // namespace sunny16::sim
