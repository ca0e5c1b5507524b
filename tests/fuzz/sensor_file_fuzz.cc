// Camera modules' files: any text is a module without contradictions, or one printable line.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "firmware/tuning/json_reader.h"
#include "sim/sensor/module_file.h"

using namespace sunny16;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const sim::CameraModule module = sim::parse_module(text, "fuzz");
    if (!module.sensor.problem().empty() || !module.lens.problem().empty() || module.sources.empty()) std::abort();
  } catch (const firmware::TuningError& error) {
    for (const char c : std::string_view(error.what()))
      if (c < 0x20 || c >= 0x7F) std::abort();
  }
  return 0;
}
