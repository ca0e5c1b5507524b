// What is in a frame, found before it is developed: how it is developed may depend on it.
#pragma once

#include <string>
#include <vector>

#include "firmware/capture/detection.h"
#include "firmware/capture/frame_scene.h"

namespace sunny16::cli {

struct Survey {
  std::vector<firmware::Detection> detections{};
  firmware::FrameScene scene{};
};

/// `upright` turns the sensor's picture. Throws firmware::DetectorError.
Survey survey_of(const hal::RawFrame& frame, const firmware::CameraTuning& tuning, firmware::FrameRequest request,
                 firmware::Orientation upright, const firmware::Detectors& detectors);

/// "night (0.93), HdrModeOff (...)"
std::string text_of(const firmware::FrameScene& scene);

}  // namespace sunny16::cli
