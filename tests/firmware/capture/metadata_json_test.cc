// Metadata speak libcamera's language.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "firmware/capture/metadata_json.h"

namespace sunny16::firmware {
namespace {

std::vector<std::string> keys_of(const nlohmann::ordered_json& json) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  return keys;
}

TEST_CASE("a frame of which all is known") {
  FrameMetadata metadata;
  metadata.applied = {.exposure_us = 16667,
                      .analogue_gain = 2.5,
                      .digital_gain = 1.25,
                      .lens_position = 0.5,
                      .lux = 400,
                      .colour_temperature = 5000};
  metadata.colour_gains = {2.1, 1.7};
  metadata.colour_temperature = 4900;
  metadata.colour_matrix = {1.5, -0.3, -0.2, -0.2, 1.4, -0.2, 0, -0.5, 1.5};
  metadata.digital_gain = 1.5;
  metadata.black = {256, 255.5, 256.25, 257};
  metadata.white = 4095;
  metadata.noise = {1e-4, 1e-7};
  metadata.registers_hash = 0xABC;
  const auto json = nlohmann::ordered_json::parse(metadata_json(metadata));
  CHECK(keys_of(json) == std::vector<std::string>{"ExposureTime", "AnalogueGain", "DigitalGain", "HdrStrength", "LensPosition", "Lux",
                                                  "ColourGains", "ColourTemperature", "ColourCorrectionMatrix",
                                                  "SensorBlackLevels", "SensorWhiteLevel", "NoiseProfile",
                                                  "WhiteBalanceEstimated", "RegistersHash", "StatisticsTimeMs",
                                                  "LineTimeMs"});
  CHECK(json["ExposureTime"] == 16667);
  CHECK(json["AnalogueGain"] == 2.5);
  CHECK(json["DigitalGain"] == 1.5);
  CHECK(json["ColourGains"] == nlohmann::json({2.1, 1.7}));
  CHECK(json["ColourCorrectionMatrix"] == nlohmann::json(metadata.colour_matrix));
  CHECK(json["SensorBlackLevels"] == nlohmann::json({256, 255.5, 256.25, 257}));
  CHECK(json["NoiseProfile"] == nlohmann::json({1e-4, 1e-7}));
  CHECK(json["WhiteBalanceEstimated"] == false);
  CHECK(json["RegistersHash"] == "0000000000000abc");
}

TEST_CASE("what is not known is not said") {
  const auto json = nlohmann::json::parse(metadata_json({}));
  for (const char* key : {"ExposureTime", "AnalogueGain", "LensPosition", "Lux"}) CHECK(!json.contains(key));
  CHECK(json.contains("ColourGains"));
}

}  // namespace
}  // namespace sunny16::firmware
