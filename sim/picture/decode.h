// The readers behind read_picture.h, one for each kind of file. Each throws hal::InputError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/picture/picture.h"

namespace sunny16::sim {

Picture decode_jpeg(std::span<const std::byte> bytes);
Picture decode_png(std::span<const std::byte> bytes);
Picture decode_tiff(std::span<const std::byte> bytes);

/// Throws InputError if a picture has too many pixels, a side too long or too short.
void check_picture_size(std::uint64_t width, std::uint64_t height);

/// Throws InputError if a file says that it holds more than its bytes can: no reader should allocate that.
/// `most_per_byte` is the most that its compression can make of one byte.
void check_expansion(std::uint64_t decoded, std::uint64_t bytes, std::uint64_t most_per_byte);

/// Puts the sample at `index` of a pixel, which has `colours` (1 or 3) and then perhaps its opacity. To be called in
/// the samples' order.
inline void put_sample(int index, int colours, float v, float* rgb) {
  if (index == colours) {
    for (int colour = 0; colour < 3; ++colour) rgb[colour] *= v;  // over black
  } else if (colours == 1) {
    rgb[0] = rgb[1] = rgb[2] = v;
  } else {
    rgb[index] = v;
  }
}

}  // namespace sunny16::sim
