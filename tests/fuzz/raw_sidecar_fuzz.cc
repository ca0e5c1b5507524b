// Any text as a sidecar, as a raw format and as levels: a description, or an InputError.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "hal/replay/input_error.h"
#include "hal/replay/sidecar.h"

using namespace sunny16;

template <class F>
void attempt(F&& read) {
  try {
    read();
  } catch (const hal::InputError&) {
  }
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  attempt([&] {
    const hal::Sidecar sidecar = hal::parse_sidecar(text);
    if (sidecar.frame.orientation < 1 || sidecar.frame.orientation > 8) std::abort();
  });
  attempt([&] {
    const hal::RawFormat format = hal::RawFormat::parse(text);
    if (format.stride && format.stride < isp::row_bytes(format.packing, format.width)) std::abort();
  });
  attempt([&] { hal::parse_black(text); });
  attempt([&] { hal::parse_white(text); });
  return 0;
}
