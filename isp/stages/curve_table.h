// A curve in 64 straight pieces of 1024 steps each: what tone curves are made of. The vector form is in
// curve_table-inl.h; what maps samples to positions 0..65535 is each stage's own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "isp/stages/int16.h"

namespace sunny16::isp {

struct CurveTable {
  static constexpr int kSegments = 64;

  /// 64 16-bit numbers as two tables of bytes, which is how a kernel looks them up.
  struct Entries {
    std::array<std::uint8_t, kSegments> low, high;

    constexpr std::int16_t operator[](std::size_t i) const { return static_cast<std::int16_t>(low[i] | high[i] << 8); }
    constexpr void set(std::size_t i, int value) {
      low[i] = static_cast<std::uint8_t>(value);
      high[i] = static_cast<std::uint8_t>(value >> 8);
    }
  };
  Entries base{};   ///< at a segment's start
  Entries delta{};  ///< increase over the segment

  constexpr int operator()(int position) const {
    const auto segment = static_cast<std::size_t>(position >> 10);
    return base[segment] + mul_q15(static_cast<std::int16_t>((position & 1023) << 5), delta[segment]);
  }

  /// Through nodes 0..64.
  static constexpr CurveTable through(const std::array<int, kSegments + 1>& nodes) {
    CurveTable table;
    for (std::size_t i = 0; i < kSegments; ++i) {
      table.base.set(i, nodes[i]);
      table.delta.set(i, nodes[i + 1] - nodes[i]);
    }
    return table;
  }
};

}  // namespace sunny16::isp
