// Sixteen-entry tables of 16-bit numbers, and functions in sixteen straight pieces made of them: small enough to be
// looked up within a register. The vector form is in pieces16-inl.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "isp/stages/int16.h"

namespace sunny16::isp {

/// Sixteen numbers as bytes, which is how a kernel looks them up.
struct Table16 {
  std::array<std::uint8_t, 16> low{}, high{};

  constexpr std::int16_t operator[](std::size_t i) const { return static_cast<std::int16_t>(low[i] | high[i] << 8); }
  constexpr void set(std::size_t i, int value) {
    low[i] = static_cast<std::uint8_t>(value);
    high[i] = static_cast<std::uint8_t>(value >> 8);
  }
};

/// A function of a number below 2^bits, through 17 evenly spaced nodes.
template <int bits>
struct Pieces16 {
  static_assert(bits > 4 && bits <= 15);
  static constexpr int part_bits = bits - 4;
  Table16 start, increase;

  constexpr std::int16_t operator()(int v) const {
    const auto piece = static_cast<std::size_t>(v >> part_bits);
    const auto part = static_cast<std::int16_t>((v & ((1 << part_bits) - 1)) << (15 - part_bits));
    return static_cast<std::int16_t>(start[piece] + mul_q15(part, increase[piece]));
  }

  /// `node(i)` is the value at i / 16 of the range; neighbours differ by less than 2^15.
  template <class F>
  static constexpr Pieces16 through(F&& node) {
    Pieces16 pieces;
    for (int i = 0; i < 16; ++i) {
      const int here = node(i), next = node(i + 1);
      pieces.start.set(static_cast<std::size_t>(i), here);
      pieces.increase.set(static_cast<std::size_t>(i), next - here);
    }
    return pieces;
  }
};

}  // namespace sunny16::isp
