// The tuning that a calibration of a simulated module would find: what a real module has as its tuning file.
#pragma once

#include "firmware/tuning/camera_tuning.h"
#include "sim/sensor/module_file.h"

namespace sunny16::sim {

/// Levels, noise, a reference for lux, greys and colour matrices under black bodies and daylight, and the reach of the
/// lens, of the module's usual mode; everything else as a tuning without a file has it. A monochrome module has no
/// colour.
firmware::CameraTuning module_tuning(const CameraModule& module);

}  // namespace sunny16::sim
