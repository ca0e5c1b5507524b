// Fault scripts: any text is a script within its limits or one printable line.
#include <cstdlib>
#include <string_view>

#include "firmware/tuning/json_reader.h"
#include "sim/camera/fault_script.h"

using namespace sunny16;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const sim::FaultScript script = sim::parse_fault_script({reinterpret_cast<const char*>(data), size}, "fuzz");
    require(script.faults.size() <= sim::FaultScript::kMostEvents);
    for (const sim::FaultEvent& event : script.faults) {
      require((event.at_frame >= 0) != (event.at_s >= 0));
      require(event.count >= 1 && event.for_s >= 0 && event.late_ms >= 0 && event.first_row >= 0 && event.rows >= 0);
    }
  } catch (const firmware::TuningError& error) {
    for (const char c : std::string_view(error.what())) require(c >= 0x20 && c < 0x7F);
  }
  return 0;
}
