// Metadata as JSON, with libcamera's control names and units where it has them.
#pragma once

#include <string>

#include "firmware/capture/frame_line.h"

namespace sunny16::firmware {

std::string metadata_json(const FrameMetadata& metadata);

}  // namespace sunny16::firmware
