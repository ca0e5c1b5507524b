// Any bytes as a picture (through libpng, libjpeg, libtiff): a picture of finite numbers, or an InputError.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "hal/replay/input_error.h"
#include "sim/picture/read_picture.h"

using namespace sunny16;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const sim::Picture picture = sim::decode_picture(std::as_bytes(std::span(data, size)));
    if (picture.width() < 2 || picture.height() < 2) std::abort();
    for (int i = 0; i < picture.rgb.width(); ++i)
      if (const float v = picture.rgb.row(picture.height() - 1)[i]; !(v - v == 0)) std::abort();
  } catch (const hal::InputError&) {
  }
  return 0;
}
