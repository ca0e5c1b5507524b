// Raw frames from samples, in any packing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "isp/core/raw_view.h"

namespace sunny16::sim {

/// A raw frame in memory of its own. Moved, not copied: `view` points into `bytes`.
struct RawBuffer {
  RawBuffer() = default;
  RawBuffer(RawBuffer&&) = default;
  RawBuffer& operator=(RawBuffer&&) = default;

  std::byte* row(int y) { return bytes.data() + view.stride * static_cast<std::size_t>(y); }

  std::vector<std::byte> bytes;
  isp::RawView view;
};

/// Significant bits of a packing's samples.
constexpr int sample_bits(isp::Packing packing) {
  switch (packing) {
    case isp::Packing::u8:
      return 8;
    case isp::Packing::csi2_10:
      return 10;
    case isp::Packing::csi2_12:
      return 12;
    case isp::Packing::csi2_14:
      return 14;
    case isp::Packing::u16:
      return 16;
  }
  return 16;
}

/// A frame whose rows are `padding` bytes longer than need be, with zero samples.
RawBuffer make_raw(int width, int height, isp::CfaPhase phase, isp::Packing packing, std::size_t padding = 0);

/// Sets the sample at column x of a row that is zero there; `value` within the packing's bits.
void put_sample(std::byte* row, isp::Packing packing, int x, unsigned value);

}  // namespace sunny16::sim
