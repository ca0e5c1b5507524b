// Raw frames whose samples are known.
#pragma once

#include <memory>
#include <vector>

#include "hal/api/raw_frame.h"

namespace sunny16::sim::test {

/// Samples of 16 bits that are f(x, y).
template <class F>
hal::RawFrame raw_frame(int width, int height, isp::CfaPhase phase, F&& f) {
  auto bytes = std::make_shared<std::vector<std::byte>>();
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const int v = f(x, y);
      bytes->push_back(static_cast<std::byte>(v & 255));
      bytes->push_back(static_cast<std::byte>(v >> 8));
    }
  hal::RawFrame frame;
  frame.raw = {.bytes = *bytes,
               .width = width,
               .height = height,
               .stride = 2 * static_cast<std::size_t>(width),
               .packing = isp::Packing::u16,
               .phase = phase};
  frame.storage = std::move(bytes);
  return frame;
}

}  // namespace sunny16::sim::test
