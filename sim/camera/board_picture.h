// What a board's own image processor would make of a raw frame: small and plain, for code that takes such pictures.
#pragma once

#include "hal/api/raw_frame.h"

namespace sunny16::sim {

/// One quad of the mosaic for each pixel, grey world, mid-grey as the mean, sRGB. `width` at most; the height follows,
/// and both are even.
hal::BoardPicture board_picture_of(const hal::RawFrame& frame, int width);

}  // namespace sunny16::sim
