// The noise that grain is made of: a hash of a pixel's absolute coordinates in 16-bit arithmetic.
#pragma once

#include <array>
#include <cstdint>

namespace sunny16::isp {

/// Of a row: two hashes of the column, each moved by one half of a hash of the row, so that no two rows look alike.
struct GrainRow {
  static constexpr std::array<std::uint16_t, 4> kFactors{0xA3D5, 0x6C8F, 0x9E3B, 0xD2A7};
  std::array<std::uint16_t, 2> seed;

  constexpr GrainRow(std::uint16_t pattern, int y) : seed{} {
    std::uint32_t h = static_cast<std::uint32_t>(y) * 0x9E3779B9u ^ pattern * 0x85EBCA6Bu;
    h = (h ^ h >> 16) * 0x21F0AAADu;
    h = (h ^ h >> 15) * 0x735A2D97u;
    h ^= h >> 15;
    seed = {static_cast<std::uint16_t>(h), static_cast<std::uint16_t>(h >> 16)};
  }

  /// Within +-8160, spread as a triangle.
  constexpr std::int16_t noise(int x) const {
    const auto column = static_cast<std::uint32_t>(x);
    std::uint32_t h =
        mixed(column ^ seed[0], kFactors[0], kFactors[1]) ^ mixed(column + seed[1], kFactors[2], kFactors[3]);
    h ^= h >> 8;
    return static_cast<std::int16_t>(((h & 255) + (h >> 8)) * 32 - 255 * 32);
  }

 private:
  static constexpr std::uint32_t mixed(std::uint32_t v, std::uint32_t first, std::uint32_t second) {
    v = (v & 65535) * first & 65535;
    return (v ^ v >> 7) * second & 65535;
  }
};

}  // namespace sunny16::isp
