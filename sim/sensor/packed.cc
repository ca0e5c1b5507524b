#include "sim/sensor/packed.h"

#include "hal/api/raw_sample.h"
#include "sim/light/simulation_error.h"
#include "sim/reference/packing.h"

namespace sunny16::sim {

hal::RawFrame packed(hal::RawFrame frame, isp::Packing packing) {
  if (frame.bits > sample_bits(packing))
    throw SimulationError("packing of " + std::to_string(sample_bits(packing)) + " bits: found a frame of " +
                          std::to_string(frame.bits) + ", allowed no more bits than the packing has");
  const isp::RawView from = frame.raw;
  const std::size_t bytes = isp::row_bytes(packing, from.width);
  const std::size_t stride = (bytes + kPackedAlignment - 1) / kPackedAlignment * kPackedAlignment;
  auto storage = std::make_shared<std::vector<std::byte>>(stride * static_cast<std::size_t>(from.height));
  for (int y = 0; y < from.height; ++y) {
    std::byte* row = storage->data() + stride * static_cast<std::size_t>(y);
    for (int x = 0; x < from.width; ++x) put_sample(row, packing, x, hal::raw_sample(from, x, y));
  }
  frame.raw.bytes = *storage;
  frame.raw.stride = stride;
  frame.raw.packing = packing;
  frame.storage = std::move(storage);
  return frame;
}

}  // namespace sunny16::sim
