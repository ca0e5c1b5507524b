// Sensor modes as people write them.
#pragma once

#include <string>

#include "hal/api/camera.h"

namespace sunny16::boards {

/// Selects the mode that `text` names, as rpicam-apps write it: width:height[:bits[:P|U]], P for packed samples; what
/// is left out may be anything. Throws CameraError, which lists the modes that there are.
void select_mode(hal::Camera& camera, const std::string& text);

/// "2304:1296:10:P"
std::string mode_text(const hal::SensorMode& mode);

/// How samples of so many bits are packed; 16 bits where there is no such packing.
isp::Packing packed_samples(int bits);

}  // namespace sunny16::boards
