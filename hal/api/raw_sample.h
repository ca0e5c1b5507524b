// One sample of a raw frame, whatever its packing: for writers, reports and tests. The line has its own unpack stage.
#pragma once

#include <cstdint>

#include "isp/core/raw_view.h"

namespace sunny16::hal {

/// The sample at column x of row y of a valid view. MIPI CSI-2 packs groups of high bytes followed by the group's low
/// bits, first sample lowest.
inline std::uint16_t raw_sample(const isp::RawView& raw, int x, int y) {
  const auto* row = reinterpret_cast<const std::uint8_t*>(raw.row(y));
  const auto join = [](unsigned high, unsigned low, int index, int low_bits) {
    return static_cast<std::uint16_t>(high << low_bits | (low >> (index * low_bits) & ((1u << low_bits) - 1)));
  };
  switch (raw.packing) {
    case isp::Packing::u8:
      return row[x];
    case isp::Packing::u16:
      return static_cast<std::uint16_t>(row[2 * x] | row[2 * x + 1] << 8);
    case isp::Packing::csi2_10: {
      const std::uint8_t* group = row + x / 4 * 5;
      return join(group[x % 4], group[4], x % 4, 2);
    }
    case isp::Packing::csi2_12: {
      const std::uint8_t* group = row + x / 2 * 3;
      return join(group[x % 2], group[2], x % 2, 4);
    }
    case isp::Packing::csi2_14: {
      const std::uint8_t* group = row + x / 4 * 7;
      const unsigned low = group[4] | unsigned{group[5]} << 8 | unsigned{group[6]} << 16;
      return join(group[x % 4], low, x % 4, 6);
    }
  }
  return 0;
}

}  // namespace sunny16::hal
