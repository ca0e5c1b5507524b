#include "sim/camera/sensor_control.h"

#include <doctest/doctest.h>

#include <limits>

#include "sim/sensor/module_file.h"

namespace sunny16::sim {
namespace {

SensorControl control_of(std::string_view name) {
  const CameraModule module = load_module(name);
  return {module.sensor, module.sensor.modes.front(), module.lens};
}

TEST_CASE("Exposure is whole lines, gain the nearest that the sensor's law has") {
  SensorControl control = control_of("imx219");
  const double line = load_module("imx219").sensor.modes.front().line_time_us;
  control.command({.exposure_us = 100.4 * line, .analogue_gain = 2.3});
  const SensorRegisters r = control.settle();
  CHECK(r.exposure_lines == 100);
  CHECK(control.exposure_us(r) == doctest::Approx(100 * line));
  CHECK(r.gain_code == 145);  // 256 / (256 - 145) = 2.306; 144 is 2.286
  CHECK(control.analogue_gain(r) == doctest::Approx(256.0 / 111));
}

TEST_CASE("What the sensor cannot do becomes the nearest that it can; no number says nothing") {
  constexpr double kInfinite = std::numeric_limits<double>::infinity(), kNan = std::numeric_limits<double>::quiet_NaN();
  SensorControl control = control_of("imx708");
  const SensorModel sensor = load_module("imx708").sensor;
  control.command(
      {.exposure_us = -5, .analogue_gain = 0, .frame_duration_us = hal::Range{-1, -1}, .lens_position = -3});
  const SensorRegisters least = control.settle();
  CHECK(least.exposure_lines == sensor.exposure_min_lines);
  CHECK(least.gain_code == sensor.gain_code_min);
  CHECK(least.frame_lines == sensor.modes.front().frame_lines);
  CHECK(control.lens_position(least) == control.limits().lens_position->minimum);

  control.command({.exposure_us = kInfinite,
                   .analogue_gain = 1e9,
                   .frame_duration_us = hal::Range{kInfinite, kInfinite},
                   .lens_position = kInfinite});
  const SensorRegisters most = control.settle();
  CHECK(most.exposure_lines == sensor.frame_lines_max - sensor.exposure_margin_lines);
  CHECK(most.gain_code == sensor.gain_code_max);
  CHECK(most.frame_lines == sensor.frame_lines_max);
  CHECK(control.lens_position(most) == control.limits().lens_position->maximum);

  control.command({.exposure_us = kNan, .analogue_gain = kNan, .lens_position = kNan});
  CHECK(control.settle() == most);
  control.command({.exposure_us = 1e4, .frame_duration_us = hal::Range{kNan, kNan}});
  CHECK(control.settle().frame_lines == most.frame_lines);
}

TEST_CASE("A lens without a motor stays where it is") {
  SensorControl control = control_of("imx219");
  REQUIRE_FALSE(control.focuses());
  CHECK_FALSE(control.limits().lens_position.has_value());
  const SensorRegisters before = control.settle();
  control.command({.lens_position = 5});
  CHECK(control.settle() == before);
}

TEST_CASE("A sequence of commands arrives in order, each at its own time") {
  SensorControl control = control_of("imx219");  // exposure after 2 frames, gain after 1
  control.command({.exposure_us = 1000, .analogue_gain = 1});
  control.settle();
  std::vector<int> exposures, gains;
  for (int i = 1; i <= 6; ++i) {
    control.command({.exposure_us = 1000.0 + 1000 * i, .analogue_gain = 1.0 + i});
    const SensorRegisters r = control.next_frame();
    exposures.push_back(static_cast<int>(control.exposure_us(r) / 1000 + 0.5));
    gains.push_back(static_cast<int>(control.analogue_gain(r) + 0.5));
  }
  CHECK(exposures == std::vector{1, 2, 3, 4, 5, 6});
  CHECK(gains == std::vector{2, 3, 4, 5, 6, 7});
}

}  // namespace
}  // namespace sunny16::sim
