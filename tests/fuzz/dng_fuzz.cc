// Any bytes as a DNG (through LibRaw, libtiff and our own opcode reader) or as a PNG with CFA data: a frame, or an
// InputError.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "hal/replay/dng.h"
#include "hal/replay/input_error.h"
#include "hal/replay/raw_file.h"

using namespace sunny16;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto* first = reinterpret_cast<const std::byte*>(data);
  std::vector<std::byte> bytes(first, first + size);
  try {
    hal::Sidecar sidecar;
    sidecar.description.format = hal::RawFormat::parse("SGRBG10");
    const bool png = hal::is_png(bytes);
    const hal::RawFrame frame =
        png ? hal::frame_from_png(std::move(bytes), std::move(sidecar)) : hal::frame_from_camera_file(std::move(bytes));
    if (!frame.raw.valid()) std::abort();
  } catch (const hal::InputError&) {
  }
  return 0;
}
