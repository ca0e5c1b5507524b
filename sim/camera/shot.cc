#include "sim/camera/shot.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "firmware/tuning/described_json.h"
#include "sim/light/colour_temperature.h"
#include "sim/light/illuminant.h"
#include "sim/light/simulation_error.h"
#include "sim/picture/read_picture.h"
#include "sim/scene/catalogue.h"
#include "sim/scene/photo_scene.h"
#include "sim/scene/sequence.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;

constexpr std::string_view kVersionKey = "sunny16_truth";
constexpr int kTruthVersion = 1;

std::string size_text(const SensorMode& mode) {
  return std::to_string(mode.width) + ":" + std::to_string(mode.height) + ":" + std::to_string(mode.bits);
}

/// width:height[:bits], and what may follow: rpicam-apps add P or U for the packing.
const SensorMode& find_mode(const SensorModel& sensor, const std::string& text) {
  if (text.empty()) return sensor.modes.front();
  std::array<int, 3> numbers{};
  const char *at = text.data(), *end = at + text.size();
  for (std::size_t i = 0; i < 3 && at < end; ++i) {
    const auto [next, error] = std::from_chars(at, end, numbers[i]);
    if (error != std::errc()) break;
    at = next < end && *next == ':' ? next + 1 : next;
  }
  std::string allowed;
  for (const SensorMode& mode : sensor.modes) {
    if (mode.width == numbers[0] && mode.height == numbers[1] && (numbers[2] == 0 || numbers[2] == mode.bits) &&
        (at == end || std::string_view(at, end) == "P" || std::string_view(at, end) == "U"))
      return mode;
    allowed += " " + size_text(mode);
  }
  throw SimulationError("mode: found \"" + text + "\", allowed of " + sensor.name + allowed);
}

bool is_picture(const std::string& scene) {
  const std::string extension = std::filesystem::path(scene).extension();
  return !extension.empty() || scene.find('/') != std::string::npos;
}

std::unique_ptr<Scene> scene_of(const ShotSettings& settings, const SensorMode& mode) {
  std::unique_ptr<Scene> scene;
  if (is_picture(settings.scene)) {
    const isp::Image<float> picture = linear_picture(read_picture(settings.scene));
    scene = std::make_unique<PhotoScene>(picture.view(), static_cast<double>(mode.width) / mode.height, mode.height);
  } else {
    scene = make_scene(settings.scene);
  }
  return settings.sequence == kNoSequence ? std::move(scene) : make_sequence(settings.sequence, std::move(scene));
}

/// For messages: to a thousandth.
std::string rounded_text(double v) { return firmware::number_text(exact::floor(v * 1000 + 0.5) / 1000); }

double shortest_exposure_s(const SensorModel& sensor, const SensorMode& mode) {
  return 1e-6 * mode.line_time_us * sensor.exposure_min_lines;
}
double longest_exposure_s(const SensorModel& sensor, const SensorMode& mode) {
  return 1e-6 * mode.line_time_us * (sensor.frame_lines_max - sensor.exposure_margin_lines);
}

/// Exposure times are whole rows.
double whole_lines_s(const SensorMode& mode, double exposure_s) {
  const double line = 1e-6 * mode.line_time_us;
  return exact::max(1, exact::floor(exposure_s / line + 0.5)) * line;
}

}  // namespace

Exposure exposure_of(const Bench& bench, const ShotSettings& settings) {
  constexpr double kWhite = 0.7, kLongWithoutGain = 1.0 / 30;
  const SensorModel& sensor = bench.setup().module.sensor;
  const SensorMode& mode = bench.setup().mode;
  const double shortest = shortest_exposure_s(sensor, mode), longest = longest_exposure_s(sensor, mode);
  const double least = gain_of_code(sensor, sensor.gain_code_min), most = gain_of_code(sensor, sensor.gain_code_max);
  const auto check = [](std::string_view name, double found, double low, double high) {
    if (found < low * (1 - 1e-9) || found > high * (1 + 1e-9))
      throw SimulationError(std::string(name) + ": found " + rounded_text(found) + ", allowed " + rounded_text(low) +
                            " to " + rounded_text(high));
  };
  if (settings.shutter_us > 0)
    check("shutter (us) in mode " + size_text(mode), settings.shutter_us, 1e6 * shortest, 1e6 * longest);
  if (settings.gain > 0) check("gain of " + sensor.name, settings.gain, least, most);

  double time = 1e-6 * settings.shutter_us, gain = settings.gain;
  const auto fitting = [&](double g) { return bench.exposure_for(kWhite, g); };  // infinite in the dark
  if (gain <= 0)
    gain =
        exact::clamp(time > 0 ? least * fitting(least) / time : least * fitting(least) / kLongWithoutGain, least, most);
  gain = gain_of_code(sensor, code_of_gain(sensor, gain));
  if (time <= 0)
    time = exact::clamp(exact::min(fitting(gain), settings.lux > 0 ? 1e9 : kLongWithoutGain), shortest, longest);
  return {.time_s = whole_lines_s(mode, time),
          .analogue_gain = gain,
          .temperature_c = settings.temperature_c,
          .seed = static_cast<std::uint64_t>(settings.seed),
          .frame = static_cast<std::uint64_t>(settings.frame),
          .serial = static_cast<std::uint64_t>(settings.serial)};
}

double frame_start(const Bench& bench, double exposure_s, int index) {
  const SensorMode& mode = bench.setup().mode;
  const double line = 1e-6 * mode.line_time_us;
  return index *
         exact::max(line * mode.frame_lines, exposure_s + line * bench.setup().module.sensor.exposure_margin_lines);
}

Bench set_up(const ShotSettings& settings) {
  BenchSetup setup{.module = load_module(settings.sensor)};
  setup.mode = find_mode(setup.module.sensor, settings.mode);
  const auto [width, height] = settings.window;
  if (width != 0 || height != 0) {
    const int least = std::max(isp::kMinSide, sample_grid(setup.module.sensor, setup.mode).period);
    if (width < least || height < least || width > setup.mode.width || height > setup.mode.height)
      throw SimulationError("size: found " + std::to_string(width) + ":" + std::to_string(height) + ", allowed " +
                            std::to_string(least) + ":" + std::to_string(least) + " to the mode's " +
                            size_text(setup.mode));
    setup.mode.width = width, setup.mode.height = height;
  }
  setup.scene = scene_of(settings, setup.mode);
  const Illuminant illuminant = parse_illuminant(settings.illuminant);
  setup.light = {.name = illuminant.name, .spectrum = illuminant.spectrum, .lux = settings.lux};
  if (settings.lens_position >= 0) setup.lens_position = settings.lens_position;
  return Bench(std::move(setup));
}

ShotTruth truth_of(const Bench& bench, const ShotSettings& settings, const Exposure& exposure) {
  const BenchSetup& setup = bench.setup();
  const Conversion conversion = sim::conversion(setup.module.sensor, setup.mode, exposure.analogue_gain);
  ShotTruth truth{.settings = settings,
                  .width = setup.mode.width,
                  .height = setup.mode.height,
                  .white_level = exposure.time_s / bench.exposure_for(1, exposure.analogue_gain),
                  .gain_dn_e = 1 / (conversion.electrons_per_dn * conversion.averaged),
                  .read_noise_e = conversion.read_noise_e() * conversion.averaged,
                  .saturation_e = conversion.saturation_e * conversion.averaged,
                  .neutral = bench.neutral(),
                  .colour_temperature = correlated_temperature(xyz(bench.lamps()[0].spectrum)).kelvin,
                  .targets = {}};
  truth.settings.shutter_us = 1e6 * exposure.time_s;
  truth.settings.gain = exposure.analogue_gain;
  truth.settings.frame = static_cast<int>(exposure.frame);
  const double sample = bench.grid().site_um * bench.grid().combined;
  for (const Target& target : setup.scene->targets()) {
    PlacedTarget& placed = truth.targets.emplace_back(PlacedTarget{.kind = target.kind,
                                                                   .name = target.name,
                                                                   .luminance = target.luminance,
                                                                   .cycles = target.cycles,
                                                                   .columns = target.columns,
                                                                   .rows = target.rows});
    for (std::size_t i = 0; i < 4; ++i) {
      const SensorPlace at = bench.lens().place(target.corners[i]);
      placed.corners_px[i] = {at.x / sample + 0.5 * truth.width, at.y / sample + 0.5 * truth.height};
    }
  }
  return truth;
}

std::string truth_text(const ShotTruth& truth) {
  nlohmann::ordered_json json{{kVersionKey, kTruthVersion}};
  const nlohmann::ordered_json figures = firmware::to_json(truth);
  for (const auto& [key, value] : figures.items()) json[key] = value;
  return firmware::write_json(json);
}

ShotTruth parse_truth(std::string_view text, std::string_view name) {
  nlohmann::json json = firmware::read_json(text, name);
  const std::string path = std::string(name) + ": $";
  if (!json.is_object()) firmware::reject(path, json, "an object");
  const std::string version_path = firmware::member_path(path, kVersionKey);
  if (!json.contains(kVersionKey))
    throw firmware::TuningError(version_path + ": found nothing, allowed " + std::to_string(kTruthVersion));
  int version = 0;
  firmware::read_value(json[kVersionKey], version, version_path, {kTruthVersion, kTruthVersion});
  json.erase(kVersionKey);
  ShotTruth truth;
  firmware::read_value(json, truth, path, {0, 0});
  return truth;
}

}  // namespace sunny16::sim
