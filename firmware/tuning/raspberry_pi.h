// Raspberry Pi tuning files (libcamera, version 2.0, targets bcm2835 and pisp), read as they are.
//
// Every algorithm block rpi.<name> is a member of "algorithms"; x.rpi.<name> is one that is switched off. What each
// block means is in "Raspberry Pi Camera Algorithm and Tuning Guide" and libcamera's src/ipa/rpi/controller.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "firmware/tuning/tuning_file.h"

namespace sunny16::firmware {

struct RaspberryPiTuning {
  TuningSections sections;
  nlohmann::json stages = nlohmann::json::object();  ///< what goes to stages: {"tone_curve": {"contrast": 1}}
  std::vector<std::string> notes;                    ///< "rpi.hdr: not used"
};

bool is_raspberry_pi(const nlohmann::json& json);

/// Throws TuningError with paths in the file's own terms.
RaspberryPiTuning read_raspberry_pi(const nlohmann::json& json, const std::string& path);

}  // namespace sunny16::firmware
