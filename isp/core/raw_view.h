// A raw frame as bytes in memory: what a sensor, a DNG or a headerless file delivers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "isp/core/cfa.h"

namespace sunny16::isp {

/// How samples lie in a row. The CSI-2 layouts are MIPI CSI-2 RAW8/10/12/14: groups of high bytes followed by the low
/// bits of the group. `u16` is little-endian, one sample in two bytes, wherever its bits are: black and white levels
/// are given in the same 16-bit units (MSB-aligned data has large ones).
enum class Packing : std::uint8_t { u8, u16, csi2_10, csi2_12, csi2_14 };

/// Bytes of one row of `width` samples without padding.
constexpr std::size_t row_bytes(Packing packing, int width) {
  const auto w = static_cast<std::size_t>(width);
  switch (packing) {
    case Packing::u8: return w;
    case Packing::u16: return 2 * w;
    case Packing::csi2_10: return (w + 3) / 4 * 5;
    case Packing::csi2_12: return (w + 1) / 2 * 3;
    case Packing::csi2_14: return (w + 3) / 4 * 7;
  }
  return 0;
}

/// Frame limits of the whole project, in pixels a side.
inline constexpr int kMinSide = 2, kMaxSide = 16384;

struct RawView {
  std::span<const std::byte> bytes;
  int width = 0, height = 0;
  std::size_t stride = 0;  ///< bytes from row to row, >= row_bytes(packing, width)
  Packing packing = Packing::u16;
  CfaPhase phase = CfaPhase::rggb;

  const std::byte* row(int y) const { return bytes.data() + stride * static_cast<std::size_t>(y); }
  /// Sides within limits, stride wide enough, and all rows inside `bytes`.
  bool valid() const {
    return width >= kMinSide && height >= kMinSide && width <= kMaxSide && height <= kMaxSide &&
           stride >= row_bytes(packing, width) &&
           bytes.size() >= stride * static_cast<std::size_t>(height - 1) + row_bytes(packing, width);
  }
};

}  // namespace sunny16::isp
