#include "firmware/capture/metadata_json.h"

#include <cstdio>

#include "firmware/tuning/described_json.h"

namespace sunny16::firmware {

std::string metadata_json(const FrameMetadata& metadata) {
  nlohmann::ordered_json json;
  const auto set = [&json](const char* name, const std::optional<double>& value) {
    if (value) json[name] = *value;
  };
  set("ExposureTime", metadata.applied.exposure_us);
  set("AnalogueGain", metadata.applied.analogue_gain);
  json["DigitalGain"] = metadata.digital_gain;
  json["HdrStrength"] = metadata.hdr_strength;
  set("LensPosition", metadata.applied.lens_position);
  set("Lux", metadata.applied.lux);
  set("FrameDuration", metadata.applied.frame_duration_us);
  set("SensorTemperature", metadata.applied.sensor_temperature_c);
  json["ColourGains"] = metadata.colour_gains;
  json["ColourTemperature"] = metadata.colour_temperature;
  json["ColourCorrectionMatrix"] = metadata.colour_matrix;
  json["SensorBlackLevels"] = metadata.black;
  json["SensorWhiteLevel"] = metadata.white;
  json["NoiseProfile"] = {metadata.noise.shot, metadata.noise.read};
  json["WhiteBalanceEstimated"] = metadata.estimated_white_balance;
  if (!metadata.look.empty()) json["Look"] = to_json(metadata.look);
  if (!metadata.detections.empty()) json["Detections"] = to_json(metadata.detections);
  if (metadata.hdr) {
    json["HdrMode"] = to_json(metadata.hdr->mode);
    json["HdrModeApplied"] = to_json(applied_hdr(metadata.hdr->mode));
    json["HdrReason"] = metadata.hdr->reason;
  }
  if (metadata.scene) json["Scene"] = to_json(*metadata.scene);
  char hash[17];
  std::snprintf(hash, sizeof hash, "%016llx", static_cast<unsigned long long>(metadata.registers_hash));
  json["RegistersHash"] = hash;
  json["StatisticsTimeMs"] = metadata.statistics_ms;
  json["LineTimeMs"] = metadata.line_ms;
  return json.dump(2) + "\n";
}

}  // namespace sunny16::firmware
