#include "sim/camera/shot.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <tuple>

#include "firmware/tuning/described_json.h"
#include "sim/light/colour_checker.h"
#include "sim/light/illuminant.h"
#include "sim/light/simulation_error.h"
#include "sim/sensor/response.h"

namespace sunny16::sim {
namespace {

/// What something that should throw says.
std::string message(const std::function<void()>& act) {
  try {
    act();
  } catch (const SimulationError& error) {
    return error.what();
  } catch (const firmware::TuningError& error) {
    return error.what();
  }
  return "no error";
}

void check_start(const std::string& text, const std::string& start) { CHECK(text.substr(0, start.size()) == start); }

Exposure exposure(const ShotSettings& settings) { return exposure_of(set_up(settings), settings); }

ShotSettings shot(const char* scene, const char* sensor, std::array<int, 2> window, const char* mode = "") {
  ShotSettings settings;
  settings.scene = scene, settings.sensor = sensor, settings.window = window, settings.mode = mode;
  return settings;
}

ShotSettings flat(double lux) {
  ShotSettings settings = shot("flat-field", "imx477", {64, 48});
  settings.lux = lux;
  return settings;
}

TEST_CASE(
    "Exposure is decided: white at 0.7 of saturation, with gain only where a thirtieth of a second is too short") {
  for (const double lux : {2.0, 50.0, 400.0, 20000.0}) {
    CAPTURE(lux);
    const ShotSettings settings = flat(lux);
    const Bench bench = set_up(settings);
    const Exposure e = exposure_of(bench, settings);
    const double line = 1e-6 * bench.setup().mode.line_time_us, lines = e.time_s / line;
    CHECK(std::abs(lines - std::round(lines)) < 1e-6);
    CHECK(e.analogue_gain ==
          gain_of_code(bench.setup().module.sensor, code_of_gain(bench.setup().module.sensor, e.analogue_gain)));
    if (lux > 3)
      CHECK(truth_of(bench, settings, e).white_level == doctest::Approx(0.7).scale(0).epsilon(0.5 / lines + 0.001));
    if (e.analogue_gain > 1)
      CHECK(e.time_s > 0.95 / 30);
    else
      CHECK(e.time_s < 1.05 / 30);
  }
  CHECK(exposure(flat(20000)).analogue_gain == 1);
  CHECK(exposure(flat(2)).analogue_gain > 10);
}

TEST_CASE("What is given stays: the other is decided to fit") {
  ShotSettings settings = flat(400);
  settings.gain = 4;
  CHECK(exposure(settings).analogue_gain == doctest::Approx(4).scale(0).epsilon(0.01));
  const double with_gain_1 = [&] {
    ShotSettings s = settings;
    s.gain = 1;
    return exposure(s).time_s;
  }();
  CHECK(exposure(settings).time_s == doctest::Approx(with_gain_1 / 4).scale(0).epsilon(0.03));

  settings.gain = 0, settings.shutter_us = 1e6 * with_gain_1 / 8;
  CHECK(exposure(settings).time_s == doctest::Approx(with_gain_1 / 8).scale(0).epsilon(0.02));
  CHECK(exposure(settings).analogue_gain == doctest::Approx(8).scale(0).epsilon(0.03));

  settings.shutter_us = 12345, settings.gain = 2;
  const Exposure both = exposure(settings);
  CHECK(1e6 * both.time_s == doctest::Approx(12345).scale(0).epsilon(0.5 * 28.571 / 12345));
  CHECK(both.analogue_gain == doctest::Approx(2).scale(0));
}

TEST_CASE("In the dark an exposure is decided, too, and the rest of the settings goes along") {
  ShotSettings settings = flat(0);
  settings.seed = 7, settings.serial = 8, settings.frame = 9, settings.temperature_c = 60;
  const Exposure e = exposure(settings);
  CHECK(e.time_s == doctest::Approx(1.0 / 30).scale(0).epsilon(0.001));
  CHECK(e.seed == 7);
  CHECK(e.serial == 8);
  CHECK(e.frame == 9);
  CHECK(e.temperature_c == 60);
  CHECK(truth_of(set_up(settings), settings, e).white_level == 0);
}

TEST_CASE("Exposures that the mode cannot make are refused, with its limits") {
  ShotSettings settings = flat(400);
  settings.shutter_us = 50;  // four lines are 114 us
  CHECK(message([&] { exposure(settings); }) ==
        "shutter (us) in mode 64:48:12: found 50, allowed 114.284 to 239538635.438");
  settings.shutter_us = 1e9;
  check_start(message([&] { exposure(settings); }),
              "shutter (us) in mode 64:48:12: found 1000000000, allowed 114.284 to ");
  settings.shutter_us = 0, settings.gain = 40;
  check_start(message([&] { exposure(settings); }), "gain of imx477: found 40, allowed 1 to 22.26");
  settings.gain = 0.5;
  check_start(message([&] { exposure(settings); }), "gain of imx477: found 0.5, allowed 1 to ");
}

TEST_CASE("Modes are asked for as libcamera writes them; others are answered with those that there are") {
  const auto mode = [](const std::string& text) {
    return set_up(shot("flat-field", "imx477", {32, 32}, text.c_str())).setup().mode;
  };
  CHECK(mode("").line_time_us == 28.571);
  CHECK(mode("2028:1080").frame_lines == 1318);
  CHECK(mode("1332:990:10").bits == 10);
  CHECK(mode("1332:990:10:P").bits == 10);
  for (const char* wrong : {"640:480", "1332:990:12", "1332", "1332x990", "1332:990:10:X", ":", "99999999999:2"}) {
    CAPTURE(wrong);
    CHECK(message([&] { mode(wrong); }) ==
          "mode: found \"" + std::string(wrong) +
              "\", allowed of imx477 4056:3040:12 2028:1520:12 2028:1080:12 1332:990:10");
  }
}

TEST_CASE("Windows that do not fit, and names that nobody has, are told with what there is") {
  const auto setting_up = [](const ShotSettings& settings) { return message([&] { set_up(settings); }); };
  const auto window = [&](int width, int height) { return setting_up(shot("flat-field", "imx708", {width, height})); };
  CHECK(window(2306, 100) == "size: found 2306:100, allowed 2:2 to the mode's 2304:1296:10");
  CHECK(window(100, 1298) == "size: found 100:1298, allowed 2:2 to the mode's 2304:1296:10");
  check_start(window(1, 48), "size: found 1:48, allowed 2:2 to ");
  check_start(setting_up(shot("moon", "imx708", {})), "scene: found \"moon\", allowed still-life ");
  ShotSettings settings = shot("flat-field", "imx708", {64, 48});
  settings.sequence = "waltz";
  check_start(setting_up(settings), "sequence: found \"waltz\", allowed hand-shake ");
  CHECK(setting_up(shot("flat-field", "imx9", {})).find("imx477") != std::string::npos);
  settings.sequence = kNoSequence, settings.illuminant = "candle";
  CHECK(setting_up(settings).find("D65") != std::string::npos);
}

TEST_CASE("A window is never smaller than a pattern of the filters") {
  for (const auto& each :
       {std::tuple{"imx708", "4608:2592", 4}, {"phone108", "12000:9000", 6}, {"phone200", "16384:12288", 8}}) {
    const auto [name, mode, period] = each;
    const std::string sensor = name;
    CAPTURE(sensor);
    ShotSettings settings = shot("flat-field", name, {period - 1, period}, mode);
    CHECK(message([&] { set_up(settings); }).find("allowed " + std::to_string(period) + ":" + std::to_string(period)) !=
          std::string::npos);
    settings.window = {period, period};
    const Bench bench = set_up(settings);
    CHECK(bench.record(bench.electrons(bench.timing(0, 0.01), 1), {}, 1).raw.width == period);
  }
}

TEST_CASE("Frames follow each other as fast as the mode and the exposure allow") {
  const Bench bench = set_up(shot("flat-field", "imx477", {32, 32}));
  CHECK(frame_start(bench, 0.001, 0) == 0);
  CHECK(frame_start(bench, 0.001, 3) == doctest::Approx(3 * 3500 * 28.571e-6).scale(0));
  CHECK(frame_start(bench, 0.5, 3) == doctest::Approx(3 * (0.5 + 22 * 28.571e-6)).scale(0));
}

ShotTruth a_truth() {
  ShotSettings settings = shot("color-checker", "imx477", {120, 90});
  settings.illuminant = "A", settings.lux = 300;
  settings.seed = 2147483647, settings.frame = 12;
  const Bench bench = set_up(settings);
  return truth_of(bench, settings, exposure_of(bench, settings));
}

TEST_CASE("A truth comes back from its text, and its settings take the shot again") {
  const ShotTruth truth = a_truth();
  const ShotTruth read = parse_truth(truth_text(truth), "t");
  CHECK(truth_text(read) == truth_text(truth));
  CHECK(read.settings.scene == "color-checker");
  CHECK(read.settings.seed == 2147483647);
  CHECK(read.settings.frame == 12);
  CHECK(read.settings.shutter_us > 0);
  CHECK(read.colour_temperature == doctest::Approx(2856).scale(0).epsilon(0.002));
  CHECK(read.targets.size() == 1);
  const Bench again = set_up(read.settings);
  const Exposure exposure = exposure_of(again, read.settings);
  CHECK(1e6 * exposure.time_s == doctest::Approx(truth.settings.shutter_us).scale(0).epsilon(1e-9));
  CHECK(exposure.analogue_gain == truth.settings.gain);
  CHECK(truth_text(truth_of(again, read.settings, exposure)) == truth_text(truth));
}

TEST_CASE("A truth tells what the model makes of the mode and the gain") {
  const ShotTruth truth = a_truth();
  const SensorModel sensor = load_module("imx477").sensor;
  const Conversion c = conversion(sensor, sensor.modes[0], truth.settings.gain);
  CHECK(truth.gain_dn_e == doctest::Approx(1 / c.electrons_per_dn).scale(0));
  CHECK(truth.read_noise_e == doctest::Approx(c.read_noise_e()).scale(0));
  CHECK(truth.saturation_e == doctest::Approx(8180 / truth.settings.gain).scale(0));
  CHECK(truth.white_level == doctest::Approx(0.7).scale(0).epsilon(0.01));
}

TEST_CASE("Truths that are none are told where they are wrong") {
  const auto error_of = [](const std::function<void(nlohmann::json&)>& spoil) {
    nlohmann::json json = nlohmann::json::parse(truth_text(a_truth()));
    spoil(json);
    return message([&] { parse_truth(json.dump(), "t.json"); });
  };
  CHECK(error_of([](auto&) {}) == "no error");
  CHECK(error_of([](auto& j) { j.erase("sunny16_truth"); }) == "t.json: $.sunny16_truth: found nothing, allowed 1");
  check_start(error_of([](auto& j) { j["sunny16_truth"] = 2; }), "t.json: $.sunny16_truth: found 2, allowed a");
  check_start(error_of([](auto& j) { j["scenery"] = 1; }), "t.json: $.scenery: ");
  check_start(error_of([](auto& j) { j["settings"]["lux"] = "bright"; }), "t.json: $.settings.lux: found \"bright\"");
  check_start(error_of([](auto& j) { j["settings"]["lux"] = -1; }), "t.json: $.settings.lux: found -1");
  check_start(error_of([](auto& j) { j["targets"][0]["kind"] = "chessboard"; }),
              "t.json: $.targets[0].kind: found \"chessboard\"");
  check_start(error_of([](auto& j) { j["targets"][0]["corners_px"][0] = 1; }),
              "t.json: $.targets[0].corners_px[0]: found 1");
  check_start(error_of([](auto& j) { j["width"] = 1; }), "t.json: $.width: found 1, allowed a ");
  check_start(error_of([](auto& j) { j = nlohmann::json::array(); }), "t.json: $: found ");
  check_start(message([] { parse_truth("{", "t.json"); }), "t.json:1");
}

TEST_CASE("The corners of a placed chart are the centres of patches: there the sensor sees their colours") {
  for (const char* light : {"A", "D65"}) {
    CAPTURE(light);
    ShotSettings settings = shot("color-checker", "imx477", {480, 360});
    settings.illuminant = light;
    const Bench bench = set_up(settings);
    const ShotTruth truth = truth_of(bench, settings, exposure_of(bench, settings));
    REQUIRE(truth.targets.size() == 1);
    const auto& at = truth.targets[0].corners_px;
    const CameraModule& module = bench.setup().module;
    const Observer observer = without_crosstalk(photoelectrons(module.sensor, module.lens), module.sensor);
    const Spectrum spectrum = parse_illuminant(light).spectrum * settings.lux;
    const isp::Image<float> electrons = bench.electrons(bench.timing(0, 0.01), 2);
    for (int patch = 0; patch < 24; ++patch) {
      CAPTURE(patch);
      const double u = patch % 6 / 5.0, v = patch / 6 / 3.0;
      const auto place = [&](std::size_t axis) {
        return (at[0][axis] * (1 - u) + at[1][axis] * u) * (1 - v) + (at[3][axis] * (1 - u) + at[2][axis] * u) * v;
      };
      std::array<double, 3> sum{}, count{};
      for (int y = static_cast<int>(place(1)) - 20; y < static_cast<int>(place(1)) + 20; ++y)
        for (int x = static_cast<int>(place(0)) - 20; x < static_cast<int>(place(0)) + 20; ++x) {
          const auto c = static_cast<std::size_t>(bench.grid().channel(x, y));
          sum[c] += electrons.row(y)[x], ++count[c];
        }
      for (std::size_t c = 0; c < 3; ++c) {
        const auto& reflectance = colour_checker_reflectances()[static_cast<std::size_t>(patch)];
        const double white = integral(spectrum * observer[c]),
                     expected = integral(spectrum * observer[c] * reflectance);
        CHECK(std::abs(sum[c] / count[c] - expected) < 0.02 * expected + 0.006 * white);  // glare
      }
    }
  }
}

TEST_CASE("Placed edges cross the middle of their regions, behind a lens that distorts as well") {
  const ShotSettings settings = shot("slanted-edge", "imx477", {}, "1332:990");
  const Bench bench = set_up(settings);
  const ShotTruth truth = truth_of(bench, settings, exposure_of(bench, settings));
  CHECK(truth.targets.size() == 36);
  const isp::Image<float> rgb = bench.truth(bench.timing(0, 0.01), 2);
  for (const PlacedTarget& target : truth.targets) {
    CAPTURE(target.name);
    const auto& c = target.corners_px;
    const bool upright = c[2][1] - c[0][1] > c[2][0] - c[0][0];
    const std::size_t across = upright ? 0 : 1, along = upright ? 1 : 0;
    const int first = static_cast<int>(c[0][across]) + 1, last = static_cast<int>(c[2][across]) - 1;
    const int middle = static_cast<int>((c[0][along] + c[2][along]) / 2);
    // The darker part's width, counted in light.
    double sum = 0, low = 1e9, high = 0;
    const auto at = [&](int i) { return upright ? rgb.row(middle)[3 * i + 1] : rgb.row(i)[3 * middle + 1]; };
    for (int i = first; i < last; ++i)
      sum += at(i), low = std::min<double>(low, at(i)), high = std::max<double>(high, at(i));
    CHECK(high / low == doctest::Approx(target.luminance).scale(0).epsilon(0.01));
    const double bright = (sum - low * (last - first)) / (high - low);
    CHECK(std::abs(bright - (last - first) / 2.0) < 1.5);
  }
}

}  // namespace
}  // namespace sunny16::sim
