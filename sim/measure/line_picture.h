// An output of the line as numbers.
#pragma once

#include "firmware/capture/frame_line.h"
#include "sim/picture/picture.h"

namespace sunny16::sim {

/// Of RGB in 16 bits.
Picture picture_of(const firmware::Picture& output);

}  // namespace sunny16::sim
