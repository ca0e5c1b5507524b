#include "sim/sensor/module_file.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "firmware/tuning/camera_tuning.h"
#include "firmware/tuning/described_json.h"
#include "tests/data_dir.h"
#include "tests/temp_dir.h"

namespace sunny16::sim {
namespace {

using Json = nlohmann::ordered_json;

/// A module's file as JSON, to be spoilt.
Json file_of(const CameraModule& module) {
  return {{"sunny16_sensor", 1},
          {"sensor", firmware::to_json(module.sensor)},
          {"lens", firmware::to_json(module.lens)},
          {"sources", module.sources}};
}

/// The message about an imx708 or another module after `spoil`.
std::string error_after(const std::function<void(Json&)>& spoil, std::string_view name = "imx708") {
  Json file = file_of(load_module(name));
  spoil(file);
  try {
    parse_module(file.dump(), "t.json");
  } catch (const firmware::TuningError& error) {
    return error.what();
  }
  return "no error";
}

/// The message when one field of the sensor has another value.
std::string sensor_error(const std::string& field, const Json& value, std::string_view name = "imx708") {
  return error_after([&](Json& file) { file["sensor"][field] = value; }, name);
}
std::string mode_error(const std::string& field, const Json& value, std::string_view name = "imx708") {
  return error_after([&](Json& file) { file["sensor"]["modes"][0][field] = value; }, name);
}
/// Of the imx708's mode of full size.
std::string full_mode_error(const std::string& field, const Json& value) {
  return error_after([&](Json& file) { file["sensor"]["modes"][1][field] = value; });
}
std::string lens_error(const std::string& field, const Json& value, std::string_view name = "imx708") {
  return error_after([&](Json& file) { file["lens"][field] = value; }, name);
}

TEST_CASE("Every module of the boards folder loads") {
  const std::vector<std::string> names = module_names();
  for (const char* name : {"imx219", "imx296", "imx296_mono", "imx477", "imx519", "imx708", "ov5647", "phone50"})
    CHECK_MESSAGE(std::ranges::count(names, name) == 1, name);
  for (const std::string& name : names) {
    CAPTURE(name);
    const CameraModule module = load_module(name);
    CHECK(name.starts_with(module.sensor.name));
    CHECK(error_after([](Json&) {}, name) == "no error");
    const auto& first = module.sensor.modes.front();
    CHECK(first.width * first.binning == module.sensor.width);
  }
}

TEST_CASE("Frame rates are those that Raspberry Pi publishes") {
  struct Published {
    const char* name;
    int width;
    double frames_per_second;
  };
  // rpicam-hello --list-cameras, in Raspberry Pi's documentation of its camera software and hardware.
  for (const auto& [name, width, frames_per_second] : {Published{"imx219", 3280, 21.19},
                                                       {"imx219", 1920, 47.57},
                                                       {"imx219", 1640, 41.85},
                                                       {"imx477", 4056, 10},
                                                       {"imx477", 2028, 40.01},
                                                       {"imx477", 1332, 120.05},
                                                       {"imx708", 4608, 14.35},
                                                       {"imx708", 2304, 56.03},
                                                       {"imx708", 1536, 120.13},
                                                       {"imx296", 1456, 60.38},
                                                       {"ov5647", 2592, 15.63}}) {
    const SensorModel sensor = load_module(name).sensor;
    const auto mode = std::ranges::find(sensor.modes, width, &SensorMode::width);
    REQUIRE(mode != sensor.modes.end());
    CAPTURE(sensor.name);
    CHECK(1e6 / (mode->line_time_us * mode->frame_lines) == doctest::Approx(frames_per_second).epsilon(0.001));
  }
}

/// Electrons that a grey surface under a black body frees under each filter, relative to green.
std::array<double, 2> neutral(const SensorModel& sensor, double temperature) {
  double red = 0, green = 0, blue = 0;
  for (std::size_t i = 0; i < sensor.wavelength_nm.size(); ++i) {
    const double nm = sensor.wavelength_nm[i];
    const double photons = std::pow(nm, -4) / std::expm1(1.4388e7 / (nm * temperature));  // Planck's law
    red += photons * sensor.qe_red[i], green += photons * sensor.qe_green[i], blue += photons * sensor.qe_blue[i];
  }
  return {red / green, blue / green};
}

TEST_CASE("Grey looks to a module as its Raspberry Pi tuning measured it") {
  const auto data = data_dir();
  if (!data) {
    MESSAGE("SKIPPED: no shared data (set SUNNY16_DATA)");
    return;
  }
  for (const char* name : {"imx219", "imx296", "imx477", "imx519", "imx708", "imx708_wide", "ov5647"}) {
    CAPTURE(name);
    const auto tuning = firmware::load_tuning(*data / "tuning/pisp" / (std::string(name) + ".json"));
    for (const double temperature : {3600.0, 4600.0}) {
      const auto grey = tuning.awb.base.grey_at(temperature);
      const auto [red, blue] = neutral(load_module(name).sensor, temperature);
      CHECK(red == doctest::Approx(grey.r).epsilon(0.06));
      CHECK(blue == doctest::Approx(grey.b).epsilon(0.06));
    }
  }
}

TEST_CASE("Read noise falls with the gain, as it was measured of the imx477") {
  const SensorModel sensor = load_module("imx477").sensor;  // strollswithmydog.com, "Pi HQ Cam sensor performance"
  CHECK(sensor.read_noise_e(1) == doctest::Approx(3).epsilon(0.01));
  CHECK(sensor.read_noise_e(16) == doctest::Approx(1.5).epsilon(0.01));
}

TEST_CASE("Any file is read by its path, and unknown names list what exists") {
  const TempDir dir;
  const auto file = dir.file("mine.json", file_of(load_module("imx477")).dump());
  CHECK(load_module(file.string()).sensor.width == 4056);
  CHECK_THROWS_WITH_AS(load_module((dir / "none.json").string()), "none.json: cannot be read", firmware::TuningError);
  std::string names;
  for (const std::string& name : module_names()) names += " " + name;
  for (const char* unknown : {"imx9", "", ".."})
    CHECK_THROWS_WITH_AS(
        load_module(unknown),
        ("sensor: found \"" + std::string(unknown) + "\", allowed" + names + ", or the path of a module's file")
            .c_str(),
        firmware::TuningError);
}

TEST_CASE("SUNNY16_BOARDS names another boards folder") {
  const TempDir dir;
  std::filesystem::create_directory(dir / "sensors");
  dir.file("sensors/mine.json", file_of(load_module("imx219")).dump());
  setenv("SUNNY16_BOARDS", dir.path().c_str(), 1);
  const auto names = module_names();
  const int width = load_module("mine").sensor.width;
  unsetenv("SUNNY16_BOARDS");
  CHECK(names == std::vector<std::string>{"mine"});
  CHECK(width == 3280);
}

TEST_CASE("Each figure must stand in the file") {
  const Json file = file_of(load_module("phone50"));
  for (const std::string section : {"sensor", "lens"})
    for (const auto& item : file[section].items()) {
      const std::string& key = item.key();
      CHECK_MESSAGE(error_after([&](Json& f) {
                      f[section].erase(key);
                    }).starts_with("t.json: $." + section + "." + key + ": found nothing, allowed "),
                    section << "." << key);
    }
  CHECK(error_after([](Json& f) {
          f["sensor"]["modes"][1].erase("line_time_us");
        }).starts_with("t.json: $.sensor.modes[1].line_time_us: found nothing, allowed "));
  for (const char* key : {"sunny16_sensor", "sensor", "lens", "sources"})
    CHECK(
        error_after([&](Json& f) { f.erase(key); }).starts_with("t.json: $." + std::string(key) + ": found nothing, "));
}

TEST_CASE("Each figure must have a source, and each source a figure") {
  const CameraModule module = load_module("imx708");
  CHECK(module.sources.size() == 57);  // all fields but name, title and the lens's name
  for (const auto& source : module.sources) {
    const std::string& key = source.first;
    CHECK(error_after([&](Json& f) { f["sources"].erase(key); }) ==
          "t.json: $.sources[\"" + key + "\"]: found nothing, allowed where the figure is from");
    CHECK(error_after([&](Json& f) {
            f["sources"][key] = "";
          }).ends_with("found \"\", allowed where the figure is from"));
  }
  const auto source_error = [](const std::string& key, const Json& text) {
    return error_after([&](Json& f) { f["sources"][key] = text; });
  };
  CHECK(source_error("sensor.bits", "assumption: ") ==
        "t.json: $.sources[\"sensor.bits\"]: found \"assumption: \", allowed what the assumption rests on");
  CHECK(source_error("sensor.bits", 3) == "t.json: $.sources[\"sensor.bits\"]: found 3, allowed a string");
  CHECK(source_error("sensor.bit", "a book")
            .starts_with("t.json: $.sources[\"sensor.bit\"]: found a source of no figure"));
  CHECK(source_error("sensor.name", "a book").find("found a source of no figure") != std::string::npos);
}

TEST_CASE("Impossible and unknown figures are refused") {
  CHECK(sensor_error("full_well_e", -4000) ==
        "t.json: $.sensor.full_well_e: found -4000, allowed a number 100 .. 1000000");
  CHECK(sensor_error("prnu_percent", -1) == "t.json: $.sensor.prnu_percent: found -1, allowed a number 0 .. 50");
  CHECK(sensor_error("bits", 10.5) == "t.json: $.sensor.bits: found 10.5, allowed a whole number 8 .. 16");
  CHECK(
      sensor_error("full_wel", 4000).starts_with("t.json: $.sensor.full_wel: found an unknown key, allowed the keys"));
  CHECK(sensor_error("filter", "rgb").starts_with("t.json: $.sensor.filter: found \"rgb\", allowed one of RGGB, GRBG"));
  CHECK(error_after([](Json& f) { f["sunny16_sensor"] = 2; }) ==
        "t.json: $.sunny16_sensor: found 2, allowed a whole number 1 .. 1");
  CHECK(error_after([](Json& f) { f["lenses"] = 1; }) ==
        "t.json: $.lenses: found an unknown key, allowed sunny16_sensor, sensor, lens, sources");
  CHECK(error_after([](Json& f) { f = 3; }) == "t.json: $: found 3, allowed an object");
}

TEST_CASE("Contradictory levels and gains are refused") {
  CHECK(sensor_error("black_dn", 1023) == "t.json: $.sensor.black_dn: found 1023, allowed less than white, 1023");
  CHECK(sensor_error("pixel_noise_e", 801) ==
        "t.json: $.sensor.pixel_noise_e: found 801, allowed a read noise within a tenth of the full well, 666");
  CHECK(sensor_error("high_conversion_noise_e", 801) ==
        "t.json: $.sensor.high_conversion_noise_e: found 801, allowed at most a tenth of the full well, 666");
  CHECK(sensor_error("high_conversion_from_gain", 2, "phone50") ==
        "t.json: $.sensor.high_conversion_from_gain: found 2, allowed high_conversion_ratio or more, 4: pixels would "
        "saturate below white");
  CHECK(sensor_error("gain_code_min", 961) ==
        "t.json: $.sensor.gain_code_min: found 961, allowed at most gain_code_max, 960");
  CHECK(sensor_error("gain_scale", 960) ==
        "t.json: $.sensor.gain_scale: found 960, allowed more than gain_code_max, 960");
  CHECK(sensor_error("gain_code_min", 0, "ov5647") ==
        "t.json: $.sensor.gain_code_min: found 0, allowed 1 or more: code 0 is no gain at all");
}

TEST_CASE("Contradictory arrays and modes are refused") {
  CHECK(sensor_error("modes", Json::array()) == "t.json: $.sensor.modes: found none, allowed one or more");
  CHECK(sensor_error("width", 4610) ==
        "t.json: $.sensor.width: found 4610, allowed a multiple of the filter's period, 4");
  CHECK(
      sensor_error("height", 1089, "imx477").find("height: found 1089, allowed a multiple of the filter's period, 2") !=
      std::string::npos);
  CHECK(sensor_error("cell", 2, "imx296_mono") ==
        "t.json: $.sensor.cell: found 2, allowed 1 where there are no colour filters");
  CHECK(sensor_error("frame_lines_max", 2649) ==
        "t.json: $.sensor.modes[1].frame_lines: found 2650, allowed at most frame_lines_max, 2649");
  CHECK(sensor_error("exposure_margin_lines", 904) ==
        "t.json: $.sensor.modes[2].frame_lines: found 904, allowed room for the shortest exposure and its margin, 905");

  const std::string mode = "t.json: $.sensor.modes[0].", full_mode = "t.json: $.sensor.modes[1].";
  CHECK(mode_error("readout", "cells", "imx477") ==
        mode + "readout: found cells, allowed bin where a cell is one pixel");
  CHECK(full_mode_error("binning", 2) == full_mode + "binning: found 2, allowed 1 where the readout is remosaic");
  CHECK(full_mode_error("readout", "bin") == full_mode + "binning: found 1, allowed a multiple of the cell, 2");
  CHECK(full_mode_error("width", 4610) ==
        full_mode + "width: found 4610, allowed what binned pixels the array has, 4608");
  CHECK(mode_error("binning", 4, "phone50") ==
        mode + "width: found 4096, allowed what binned pixels the array has, 2048");
  CHECK(mode_error("height", 3042, "imx477") ==
        mode + "height: found 3042, allowed what binned pixels the array has, 3040");
  CHECK(full_mode_error("width", 4607) ==
        full_mode + "width: found 4607, allowed a multiple of the filter's period, 2");
  CHECK(full_mode_error("readout", "cells") == "no error");
  CHECK(mode_error("bits", 12) == mode + "bits: found 12, allowed at most the converter's, 10");
  CHECK(full_mode_error("frame_lines", 2591) ==
        full_mode + "frame_lines: found 2591, allowed the picture's rows or more, 2592");
}

TEST_CASE("Contradictory spectra are refused") {
  const auto spoilt = [](const std::string& field, const std::function<void(Json&)>& spoil, std::string_view name) {
    return error_after([&](Json& file) { spoil(file["sensor"][field]); }, name);
  };
  const std::size_t count = load_module("imx708").sensor.wavelength_nm.size();
  CHECK(spoilt(
            "wavelength_nm", [](Json& nm) { nm = {500}; }, "imx708") ==
        "t.json: $.sensor.wavelength_nm: found 1 values, allowed 2 or more");
  CHECK(spoilt(
            "wavelength_nm", [](Json& nm) { nm[1] = nm[0]; }, "imx708") ==
        "t.json: $.sensor.wavelength_nm[1]: found 380, allowed more than the value before, 380");
  CHECK(spoilt(
            "qe_blue", [](Json& qe) { qe.push_back(0); }, "imx708") ==
        "t.json: $.sensor.qe_blue: found " + std::to_string(count + 1) + " values, allowed one a wavelength, " +
            std::to_string(count) + " values");
  CHECK(spoilt(
            "qe_red",
            [](Json& qe) {
              for (auto& v : qe) v = 0;
            },
            "imx708") == "t.json: $.sensor.qe_red: found zeros alone, allowed a pixel that sees light");
  CHECK(spoilt(
            "qe_red", [](Json& qe) { qe[3] = 0.5; }, "imx296_mono") ==
        "t.json: $.sensor.qe_red: found a curve other than qe_green, allowed the same in a monochrome sensor");
}

TEST_CASE("Contradictory lenses are refused") {
  CHECK(lens_error("focus_far", 11) == "t.json: $.lens.focus_far: found 11, allowed at most focus_near, 10");
  CHECK(lens_error("focus", 12) == "t.json: $.lens.focus: found 12, allowed focus_far .. focus_near, 0 .. 10");
  CHECK(lens_error("focus", 12, "imx219") == "no error");
  CHECK(lens_error("distortion_k1", -0.34) ==
        "t.json: $.lens.distortion_k1: found -0.34 with k2 0, allowed what keeps the order of points from centre to "
        "corner");
  CHECK(lens_error("distortion_k1", -0.33) == "no error");
}

}  // namespace
}  // namespace sunny16::sim
