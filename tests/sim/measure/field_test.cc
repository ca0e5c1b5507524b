// What changes over the field against the lens's model: shading, flicker, distortion, lateral colour.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "tests/sim/measure/shots.h"

namespace sunny16::sim::test {
namespace {

constexpr int kWidth = 1332, kHeight = 990;

TEST_CASE("shading: corners are as dark, and as coloured, as the lens's fall-off") {
  const Shots shots;
  const std::string sensor = shots.module("imx477", [](CameraModule& module) {
    module.lens.vignetting_percent = 30, module.lens.red_shading_percent = 20, module.lens.blue_shading_percent = -10;
    module.lens.veiling_glare_percent = module.sensor.crosstalk_percent = 0;
    small_array(module, kWidth, kHeight);
  });
  const ShotSettings settings = bright("flat-field", {0, 0}, sensor);
  const Bench bench = set_up(settings);
  const Subject subject = shots.take(settings);
  const Measurement shading = measured("shading", subject);

  // The flat target, which leaves out a tenth of the picture's rows, in the metric's grid of 17 x 13 cells.
  const isp::Rect roi = inside(subject.targets(TargetKind::flat).front(), 1);
  const int left = std::max(0, roi.x), right = std::min(roi.x + roi.width, subject.width());
  const double sample = bench.grid().site_um;
  const auto fall_off = [&](int channel, double column, double row) {
    double sum = 0;  // over the cell
    for (int i = 0; i < 64; ++i) {
      const double x = left + (column + (i % 8 + 0.5) / 8) * (right - left) / 17;
      const double y = roi.y + (row + (i / 8 + 0.5) / 8) * roi.height / 13;
      const SensorPlace at{(x - 0.5 * subject.width()) * sample, (y - 0.5 * subject.height()) * sample};
      sum += bench.lens().fall_off(channel, bench.lens().radius2(at)) / 64;
    }
    return sum;
  };
  for (int channel = 0; channel < 3; ++channel) {
    CAPTURE(channel);
    const auto& plane = shading.values["planes"][static_cast<std::size_t>(channel)];
    const double expected = fall_off(channel, 0, 0) / fall_off(channel, 8, 6);
    CHECK(expected < 0.9);
    for (const double corner : plane["corner_percent"])
      CHECK(corner == doctest::Approx(100 * expected).scale(0).epsilon(0.01));
    CHECK(plane["fall_off_ev"].get<double>() == doctest::Approx(-std::log2(expected)).scale(0).epsilon(0.03));
  }
}

TEST_CASE("banding: rows have the amplitude and the period of a lamp's flicker") {
  const Shots shots;
  for (const auto& each : {std::pair{"flicker-50", 100.0}, {"flicker-60", 120.0}}) {
    const auto& sequence = each.first;
    const auto& hertz = each.second;
    CAPTURE(hertz);
    ShotSettings settings = bright("flat-field", {64, 2400}, shots.module("imx477", sharp_and_even));
    settings.sequence = sequence, settings.shutter_us = 2000, settings.lux = 1000;
    const Measurement banding = measured("banding", shots.take(settings));
    constexpr double kPi = 3.14159265358979323846;
    const double turns = hertz * 0.002, expected = 50 * std::sin(kPi * turns) / (kPi * turns);
    CHECK(banding.values["rows"]["amplitude_percent"].get<double>() ==
          doctest::Approx(expected).scale(0).epsilon(0.05));  // few periods
    CHECK(banding.values["rows"]["period_px"].get<double>() ==
          doctest::Approx(1e6 / hertz / 28.571).scale(0).epsilon(0.02));
    CHECK(banding.values["columns"]["amplitude_percent"].get<double>() < 0.5);
  }
  CHECK(measured("banding", shots.take(bright("flat-field", {64, 512})))
            .values["rows"]["amplitude_percent"]
            .get<double>() < 0.5);
}

TEST_CASE("dots: k1, k2 and the shifts of red and blue are those of the lens") {
  const Shots shots;
  for (const std::array<double, 3>& figures : {std::array{-0.05, 6.0, -4.0}, {0.04, -3.0, 5.0}}) {
    const double k1 = figures[0], red_um = figures[1], blue_um = figures[2];
    CAPTURE(k1);
    const std::string sensor = shots.module("imx477", [&](CameraModule& module) {
      module.lens.distortion_k1 = k1, module.lens.distortion_k2 = 0;
      module.sensor.crosstalk_percent = 0;  // green in red and blue would draw their dots towards its own
      module.lens.lateral_red_um = red_um, module.lens.lateral_blue_um = blue_um;
      small_array(module, kWidth, kHeight);
    });
    const Measurement dots = measured("dots", shots.take(bright("dot-grid", {0, 0}, sensor)));
    CHECK(dots.values["dots"] == 17 * 13);
    CHECK(std::abs(dots.values["distortion"]["k1"].get<double>() - k1) < 0.002);
    CHECK(std::abs(dots.values["distortion"]["k2"].get<double>()) < 0.003);
    CHECK(dots.values["distortion"]["rms_residual_px"].get<double>() < 0.1);
    const double half_diagonal_px = 0.5 * std::hypot(kWidth, kHeight), half_diagonal_um = 1.55 * half_diagonal_px;
    const auto& lateral = dots.values["lateral_colour"];
    // At the outermost dots, 8 and 6 pitches of 0.075 picture heights away.
    const double printed = 0.075 * std::hypot(8, 6) * kHeight / half_diagonal_px;
    const double farthest = printed * (1 + k1 * printed * printed);
    for (const auto& each : {std::pair<std::string, double>{"red", red_um}, {"blue", blue_um}}) {
      const auto& colour = each.first;
      const auto& um = each.second;
      CAPTURE(colour);
      MESSAGE(colour << " scale " << lateral[colour]["scale_percent"] << " %, lens " << 100 * um / half_diagonal_um
                     << "; farthest " << lateral[colour]["max_px"] << " px, lens " << um * farthest / 1.55);
      CHECK(std::abs(lateral[colour]["scale_percent"].get<double>() / (100 * um / half_diagonal_um) - 1) < 0.05);
      CHECK(std::abs(lateral[colour]["max_px"].get<double>() - um * farthest / 1.55) < 0.15);
    }
  }
}

}  // namespace
}  // namespace sunny16::sim::test
