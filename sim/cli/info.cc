// sunny16 info: what a raw file says.
#include "firmware/tuning/json_reader.h"
#include "hal/replay/open_frame.h"
#include "sim/cli/commands.h"
#include "sim/cli/raw_options.h"
#include "sim/cli/table.h"

namespace sunny16::cli {
namespace {

using Json = nlohmann::ordered_json;

struct InfoOptions {
  std::vector<std::string> files;
  RawOptions raw;
  bool json = false;
};

/// Everything that the file says, and nothing that it does not.
Json describe(const std::string& file, const hal::RawFrame& frame) {
  constexpr std::array<const char*, 5> kPackings{"8 bits", "16 bits", "CSI-2 packed 10", "CSI-2 packed 12",
                                                 "CSI-2 packed 14"};
  Json json{{"file", file}};
  const auto set = [&json](const char* name, const auto& value) {
    if (value) json[name] = *value;
  };
  const auto set_text = [&json](const char* name, const std::string& text) {
    if (!text.empty()) json[name] = text;
  };
  set_text("make", frame.make);
  set_text("model", frame.model);
  set_text("unique_model", frame.unique_model);
  set_text("date_time", frame.date_time);
  json["width"] = frame.raw.width;
  json["height"] = frame.raw.height;
  json["cfa"] = to_string(frame.raw.phase);
  json["packing"] = kPackings[static_cast<std::size_t>(frame.raw.packing)];
  json["bits"] = frame.bits;
  json["stride"] = frame.raw.stride;
  json["black"] = frame.black;
  json["white"] = frame.white;
  json["orientation"] = frame.orientation;
  set("exposure_us", frame.applied.exposure_us);
  set("analogue_gain", frame.applied.analogue_gain);
  set("digital_gain", frame.applied.digital_gain);
  set("colour_temperature", frame.applied.colour_temperature);
  set("lux", frame.applied.lux);
  set("lens_position", frame.applied.lens_position);
  set("aperture", frame.aperture);
  set("focal_length_mm", frame.focal_length_mm);
  set("as_shot_neutral", frame.as_shot_neutral);
  if (frame.noise) json["noise_profile"] = {frame.noise->shot, frame.noise->read};
  if (frame.shading) json["shading_mesh"] = {frame.shading->columns, frame.shading->rows};
  for (const hal::ColourCalibration& calibration : frame.calibrations) {
    Json matrices{{"illuminant_temperature", calibration.illuminant_temperature},
                  {"xyz_to_camera", calibration.xyz_to_camera}};
    if (calibration.camera_to_xyz_d50) matrices["camera_to_xyz_d50"] = *calibration.camera_to_xyz_d50;
    json["calibrations"].push_back(std::move(matrices));
  }
  return json;
}

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_number_float()) return value.dump();
  const double v = value;
  return format(v > -1e9 && v < 1e9 && v == static_cast<double>(static_cast<std::int64_t>(v)) ? "%.0f" : "%.6g", v);
}

void print(const Json& json, const std::string& indent = "") {
  for (const auto& [name, value] : json.items()) {
    if (value.is_array() && value.front().is_object()) {
      for (const Json& element : value) {
        std::printf("%s%s\n", indent.c_str(), name.c_str());
        print(element, indent + "  ");
      }
      continue;
    }
    std::string text;
    for (const Json& element : value.is_array() ? value : Json::array({value}))
      text += (text.empty() ? "" : " ") + text_of(element);
    std::printf("%s%-*s %s\n", indent.c_str(), 24 - static_cast<int>(indent.size()), name.c_str(), text.c_str());
  }
}

void info(const InfoOptions& options) {
  Json all = Json::array();
  for (const std::string& file : options.files)
    all.push_back(describe(file, hal::open_frame(file, description(options.raw))));
  if (options.json) {
    std::fputs(firmware::write_json(all).c_str(), stdout);
    return;
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i) std::fputc('\n', stdout);
    print(all[i]);
  }
}

}  // namespace

void add_info(CLI::App& app) {
  const auto options = std::make_shared<InfoOptions>();
  CLI::App& command = *app.add_subcommand("info", "Print what raw files say");
  command.footer(
      "Examples:\n  sunny16 info shot.dng\n  sunny16 info --json *.dng\n  sunny16 info frame.raw --raw-format "
      "1920x1080:SRGGB10_CSI2P");
  command.add_option("FILE", options->files, "DNG, camera raw, headerless raw, or grey PNG with CFA data")
      ->required()
      ->expected(-1);
  add_raw_options(command, options->raw);
  command.add_flag("--json", options->json, "Print JSON: an array with an object for each file");
  command.callback([options] { info(*options); });
}

}  // namespace sunny16::cli
