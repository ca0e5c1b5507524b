// Frames from DNG files, and from other camera files with a Bayer sensor that LibRaw knows.
#pragma once

#include <cstddef>
#include <vector>

#include "hal/api/raw_frame.h"

namespace sunny16::hal {

/// The active area of the raw picture as 16-bit samples, its levels, colour calibrations, noise, shading and EXIF data.
/// Takes the file's bytes to free them as soon as they are decoded. Throws InputError.
RawFrame frame_from_camera_file(std::vector<std::byte> bytes);

}  // namespace sunny16::hal
