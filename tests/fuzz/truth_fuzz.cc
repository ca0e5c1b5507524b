// What simulate wrote beside a shot, as anybody may have changed it.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "firmware/tuning/json_reader.h"
#include "sim/camera/shot.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sunny16;
  try {
    const sim::ShotTruth truth = sim::parse_truth({reinterpret_cast<const char*>(data), size}, "truth");
    sim::parse_truth(sim::truth_text(truth), "text");
  } catch (const firmware::TuningError&) {
  }
  return 0;
}
