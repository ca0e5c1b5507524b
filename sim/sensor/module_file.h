// A camera module's file: the sensor, the lens in front of it, and where each figure comes from.
//
//   {"sunny16_sensor": 1, "sensor": {...}, "lens": {...}, "sources": {"sensor.full_well_e": "...", ...}}
//
// Nothing has a default: each field of SensorModel and LensModel must stand in the file, and each but their names and
// titles must have its line in `sources`: "sensor.modes" for the modes altogether. A source that starts with
// "assumption:" says what the figure rests on instead.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/optics/lens_model.h"
#include "sim/sensor/sensor_model.h"

namespace sunny16::sim {

struct CameraModule {
  SensorModel sensor;
  LensModel lens;
  std::map<std::string, std::string> sources;  ///< by field, as in "sensor.full_well_e"
};

inline constexpr std::string_view kAssumption = "assumption:";

/// `name` is what messages call the text. Throws firmware::TuningError: missing, unknown, impossible and contradictory
/// figures, figures without a source, sources without a figure.
CameraModule parse_module(std::string_view json, std::string_view name);

/// A module of the boards folder by its name ("imx708"), or any file by its path (with a slash, or ending in .json).
/// Throws firmware::TuningError; of an unknown name, it lists those that exist.
CameraModule load_module(std::string_view name_or_path);

/// The modules of the boards folder, in alphabetical order.
std::vector<std::string> module_names();

/// Data of boards: $SUNNY16_BOARDS; else share/sunny16/boards beside the executable's folder; else the source tree's.
std::filesystem::path boards_folder();

}  // namespace sunny16::sim
