// Frames from data that does not describe itself: headerless raw, and grey PNG files that hold a colour filter array.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "hal/replay/sidecar.h"

namespace sunny16::hal {

/// A frame over `bytes`, which the frame keeps. `sidecar.description.format` must have a width and height. Bytes after
/// the last row are allowed as far as a buffer padded to whole 4 KiB pages has them. Throws InputError.
RawFrame frame_from_raw(std::vector<std::byte> bytes, Sidecar sidecar);

/// A frame from a grey PNG of 8 or 16 bits whose pixels are samples. The format gives CFA phase and significant bits;
/// its width and height may be absent. Throws InputError.
RawFrame frame_from_png(std::vector<std::byte> bytes, Sidecar sidecar);

bool is_png(std::span<const std::byte> bytes);

}  // namespace sunny16::hal
