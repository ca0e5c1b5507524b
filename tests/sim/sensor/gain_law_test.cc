// Gains of the shipped sensors against the formulas that libcamera publishes for them (src/ipa/libipa/
// camera_sensor_helper.cpp and src/ipa/rpi/cam_helper).
#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <string>

#include "sim/sensor/expose.h"
#include "sim/sensor/module_file.h"

namespace sunny16::sim {
namespace {

using Formula = double (*)(double code);

const std::map<std::string, Formula> kPublished{
    {"imx219", [](double c) { return 256 / (256 - c); }},
    {"imx296", [](double c) { return std::pow(10, c / 200); }},
    {"imx296_mono", [](double c) { return std::pow(10, c / 200); }},
    {"imx477", [](double c) { return 1024 / (1024 - c); }},
    {"imx519", [](double c) { return 1024 / (1024 - c); }},
    {"imx708", [](double c) { return 1024 / (1024 - c); }},
    {"imx708_wide", [](double c) { return 1024 / (1024 - c); }},
    {"ov5647", [](double c) { return c / 16; }},
};

TEST_CASE("Every code of the real sensors is the gain that libcamera computes") {
  for (const auto& each : kPublished) {
    const auto& name = each.first;
    const auto& formula = each.second;
    CAPTURE(name);
    const SensorModel sensor = load_module(name).sensor;
    for (int code = sensor.gain_code_min; code <= sensor.gain_code_max; ++code)
      CHECK(gain_of_code(sensor, code) == doctest::Approx(formula(code)).scale(0).epsilon(1e-9));
  }
}

TEST_CASE("The code of a gain is the nearest of all, and a code's own gain gives it back") {
  for (const std::string& name : module_names()) {
    CAPTURE(name);
    const SensorModel sensor = load_module(name).sensor;
    const int low = sensor.gain_code_min, high = sensor.gain_code_max;
    for (int code = low; code <= high; code += 13) CHECK(code_of_gain(sensor, gain_of_code(sensor, code)) == code);
    for (double gain = 0.5; gain < 100; gain *= 1.37) {
      CAPTURE(gain);
      const int found = code_of_gain(sensor, gain);
      REQUIRE(found >= low);
      REQUIRE(found <= high);
      const double distance = std::abs(gain_of_code(sensor, found) - gain);
      if (found > low) CHECK(distance <= std::abs(gain_of_code(sensor, found - 1) - gain));
      if (found < high) CHECK(distance <= std::abs(gain_of_code(sensor, found + 1) - gain));
    }
  }
}

}  // namespace
}  // namespace sunny16::sim
