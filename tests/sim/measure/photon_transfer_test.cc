// Photon transfer of simulated raw files against the figures of the sensor's file.
#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "sim/metrics/metric_error.h"
#include "tests/sim/measure/shots.h"

namespace sunny16::sim::test {
namespace {

/// Stacks of a flat field at parts of saturation, and a dark one.
std::vector<Subject> stacks(const Shots& shots, const std::string& sensor, double gain, int frames) {
  ShotSettings settings = bright("flat-field", {512, 512}, sensor);
  settings.gain = gain;
  std::vector<Subject> subjects;
  double white_us = 0;
  const auto take = [&](double lux, std::initializer_list<double> parts) {
    settings.lux = lux;
    const Bench bench = set_up(settings);
    if (lux > 0) white_us = 1e6 * bench.exposure_for(1, gain);
    const isp::Image<float> light = bench.electrons(bench.timing(0, 0.01), 2);
    for (const double part : parts) {
      settings.shutter_us = white_us * part;
      for (settings.frame = 0; settings.frame < frames; ++settings.frame)
        subjects.push_back(
            shots.take(settings, bench, light, std::to_string(lux * part) + "-" + std::to_string(settings.frame)));
    }
  };
  take(2000, {0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8});
  take(0, {0.5});
  return subjects;
}

TEST_CASE("ptc: gain within 2 %, read noise within 5 %, saturation within 2 % of the sensor's file, in every colour") {
  // The imx708's usual mode averages four pixels: 32,000 e- in all at unit gain.
  for (const auto& each : {std::pair<std::string, double>{"imx477", 1}, {"imx477", 8}, {"imx708", 16}}) {
    const auto& sensor = each.first;
    const auto& gain = each.second;
    CAPTURE(sensor);
    CAPTURE(gain);
    const Shots shots;
    const Measurement ptc = measure_photon_transfer(stacks(shots, sensor, gain, 2), {});
    const auto& model = ptc.values["model"];
    for (const std::string colour : {"red", "green_r", "green_b", "blue"}) {
      CAPTURE(colour);
      const auto& found = ptc.values[colour];
      const auto ratio = [&](const char* key) { return found[key].get<double>() / model[key].get<double>(); };
      MESSAGE(sensor << " at gain " << gain << ", " << colour << ": gain " << ratio("system_gain_dn_per_e")
                     << ", read noise " << ratio("read_noise_e") << ", saturation " << ratio("saturation_capacity_e")
                     << " of the model's");
      CHECK(std::abs(ratio("system_gain_dn_per_e") - 1) < 0.02);
      CHECK(std::abs(ratio("read_noise_e") - 1) < 0.05);
      CHECK(std::abs(ratio("saturation_capacity_e") - 1) < 0.02);
    }
  }
}

TEST_CASE("ptc: what the model tells are the figures of the sensor's file") {
  const Shots shots;
  const Measurement ptc = measure_photon_transfer(stacks(shots, "imx477", 4, 2), {});
  const double gain = ptc.values["analogue_gain"];
  CHECK(gain == doctest::Approx(4).scale(0));
  const auto& model = ptc.values["model"];
  CHECK(model["saturation_capacity_e"].get<double>() == doctest::Approx(8180 / gain).scale(0));
  CHECK(model["system_gain_dn_per_e"].get<double>() == doctest::Approx((4095 - 256) * gain / 8180).scale(0));
  CHECK(model["read_noise_e"].get<double>() == doctest::Approx(std::hypot(1.49, 2.6 / gain, 0.3)).scale(0));
  CHECK(ptc.values["full_scale_e"]["measured"].get<double>() == doctest::Approx(8180).scale(0).epsilon(0.02));
}

TEST_CASE("ptc: fixed patterns of stacks are the sensor's PRNU and DSNU") {
  const Shots shots;
  const std::string sensor = shots.module("imx477", [](CameraModule& module) {
    sharp_and_even(module);
    SensorModel& s = module.sensor;
    s.prnu_percent = 2, s.dsnu_e = 6, s.row_noise_e = s.column_noise_e = 0;
    s.hot_ppm = s.dead_ppm = s.stuck_ppm = 0;
  });
  const Measurement ptc = measure_photon_transfer(stacks(shots, sensor, 1, 4), {});
  for (const std::string colour : {"red", "green_r", "green_b", "blue"}) {
    CAPTURE(colour);
    CHECK(ptc.values[colour]["prnu_pixel_percent"].get<double>() == doctest::Approx(2).scale(0).epsilon(0.05));
    CHECK(ptc.values[colour]["dsnu_pixel_e"].get<double>() == doctest::Approx(6).scale(0).epsilon(0.05));
  }
}

TEST_CASE("ptc: files that tell too little are refused") {
  const Shots shots;
  ShotSettings settings = bright("flat-field", {64, 64});
  settings.shutter_us = 1000;
  std::vector<Subject> light;
  light.push_back(shots.take(settings, "a"));
  CHECK_THROWS_WITH_AS(measure_photon_transfer(light, {}),
                       "photon transfer: found 0 dark frames, allowed 2 or more of one exposure (simulate --lux 0)",
                       MetricError);
  CHECK_THROWS_WITH_AS(measure_photon_transfer({}, {}), "photon transfer: found no file, allowed pairs of raw frames",
                       MetricError);
  settings.gain = 2;
  light.push_back(shots.take(settings, "b"));
  CHECK_THROWS_AS(measure_photon_transfer(light, {}), MetricError);
}

}  // namespace
}  // namespace sunny16::sim::test
