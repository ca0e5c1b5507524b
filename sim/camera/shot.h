// A shot of the simulated camera, from settings that can be written down, and what is known of it beforehand.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "isp/core/describe.h"
#include "sim/camera/bench.h"

namespace sunny16::sim {

inline constexpr std::string_view kNoSequence = "none";

struct ShotSettings {
  std::string scene = "still-life", sequence{kNoSequence}, sensor = "imx708", mode = {};
  std::array<int, 2> window{0, 0};
  std::string illuminant = "D65";
  double lux = 200;
  double shutter_us = 0, gain = 0;
  double lens_position = -1;
  double temperature_c = 35;
  int seed = 1, serial = 1, frame = 0;
};

/// A target of the scene as it lies in the picture.
struct PlacedTarget {
  TargetKind kind = TargetKind::flat;
  std::string name;
  std::array<std::array<double, 2>, 4> corners_px{};
  double luminance = 1;
  int cycles = 0, columns = 0, rows = 0;
};

/// What is true of a shot, whatever a camera makes of it.
struct ShotTruth {
  ShotSettings settings;  ///< nothing left open: the shutter and gain that were used
  int width = 0, height = 0;
  double white_level = 0;  ///< of a white surface in full light, as a part of saturation, in the colour that has most
  double gain_dn_e = 0, read_noise_e = 0,
         saturation_e = 0;  ///< as photon transfer finds them: in electrons of a sample
  std::array<double, 3> neutral{};
  double colour_temperature = 0;
  std::vector<PlacedTarget> targets;
};

/// Exposure limits of a mode, and what is free in the settings decided: white at 0.7 of saturation, with gain only
/// where 1/30 s is not enough. Throws SimulationError where the mode cannot.
Exposure exposure_of(const Bench& bench, const ShotSettings& settings);
/// When frame `index` of a sequence starts, s: frames follow each other as fast as the mode and the exposure allow.
double frame_start(const Bench& bench, double exposure_s, int index);

/// The bench that settings ask for. Throws SimulationError, or TuningError for a module's file.
Bench set_up(const ShotSettings& settings);

ShotTruth truth_of(const Bench& bench, const ShotSettings& settings, const Exposure& exposure);
std::string truth_text(const ShotTruth& truth);
/// Reads what truth_text wrote; `name` stands for the file in messages. Throws TuningError.
ShotTruth parse_truth(std::string_view text, std::string_view name);

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::ShotSettings> {
  using S = sim::ShotSettings;
  static constexpr auto fields = std::tuple{
      field<&S::scene>("scene", 0, 0, "", "A scene by name, or a picture (PNG, JPEG, TIFF) that becomes one."),
      field<&S::sequence>("sequence", 0, 0, "", "How it changes with time."),
      field<&S::sensor>("sensor", 0, 0, "", "A camera module by name, or its file."),
      field<&S::mode>("mode", 0, 0, "", "width:height[:bits] of a mode of the sensor; empty for its usual one."),
      field<&S::window>("window", 0, 16384, "px",
                        "Width and height of the part in the middle that is read; 0 for all."),
      field<&S::illuminant>("illuminant", 0, 0, "", "The main light."),
      field<&S::lux>("lux", 0, 1e6, "lx", "Its illuminance of the scene."),
      field<&S::shutter_us>("shutter_us", 0, 1e9, "us", "Exposure time; 0 decides it."),
      field<&S::gain>("gain", 0, 1024, "ratio", "Analogue gain; 0 decides it."),
      field<&S::lens_position>("lens_position", -1, 100, "dpt", "Where the lens is focused; -1 on the scene."),
      field<&S::temperature_c>("temperature_c", -40, 125, "C", "Of the sensor."),
      field<&S::seed>("seed", 0, 2147483647, "", "Of the noise."),
      field<&S::serial>("serial", 0, 2147483647, "", "Which sensor of its kind: its fixed pattern."),
      field<&S::frame>("frame", 0, 2147483647, "", "Number in its sequence.")};
};

template <>
struct Describe<sim::PlacedTarget> {
  using T = sim::PlacedTarget;
  static constexpr auto fields =
      std::tuple{field<&T::kind>("kind", 0, 0, "", "What can be measured here."),
                 field<&T::name>("name", 0, 0, "", "Which of its kind."),
                 field<&T::corners_px>("corners_px", -1e6, 1e6, "px", "Its corners, from the upper left clockwise."),
                 field<&T::luminance>("luminance", 0, 1e9, "ratio", "Reflectance of a step; contrast of an edge."),
                 field<&T::cycles>("cycles", 0, 10000, "", "Of a star."),
                 field<&T::columns>("columns", 0, 10000, "", "Of a grid of dots."),
                 field<&T::rows>("rows", 0, 10000, "", "Of a grid of dots.")};
};

template <>
struct Describe<sim::ShotTruth> {
  using T = sim::ShotTruth;
  static constexpr auto fields = std::tuple{
      field<&T::settings>("settings", 0, 0, "", "How the shot was taken: it can be taken again from them."),
      field<&T::width>("width", 2, 16384, "px", "Of the picture."),
      field<&T::height>("height", 2, 16384, "px", "Of the picture."),
      field<&T::white_level>("white_level", 0, 1e9, "ratio",
                             "A white surface in full light, as a part of saturation, in its strongest colour."),
      field<&T::gain_dn_e>("gain_dn_e", 0, 1e6, "DN/e-",
                           "System gain (EMVA 1288's K): numbers per electron of all pixels that a sample combines."),
      field<&T::read_noise_e>("read_noise_e", 0, 1e6, "e-",
                              "Temporal noise of a sample in the dark, without quantisation."),
      field<&T::saturation_e>("saturation_e", 0, 1e9, "e-", "Electrons of a sample from black to white."),
      field<&T::neutral>("neutral", 0, 1e3, "ratio", "Camera RGB of white in the main light, green 1."),
      field<&T::colour_temperature>("colour_temperature", 0, 1e6, "K",
                                    "Correlated colour temperature of the main light."),
      field<&T::targets>("targets", 0, 0, "", "What can be measured, and where.")};
};

}  // namespace sunny16::isp
