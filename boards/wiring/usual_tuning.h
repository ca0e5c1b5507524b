// The tuning that a camera has unless its user names a file.
#pragma once

#include <filesystem>
#include <string>

#include "firmware/tuning/camera_tuning.h"

namespace sunny16::boards {

/// For a sensor's model ("imx708"): the file that Raspberry Pi's libcamera installed for this board, below `root`; else
/// what the figures of a module that we know give; else the defaults. `simulated` leaves out the file: a simulated
/// module differs from the real one.
firmware::CameraTuning usual_tuning(const std::string& model, bool simulated, const std::filesystem::path& root = "/");

}  // namespace sunny16::boards
