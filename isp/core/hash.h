// Content hash of Registers, rows and pictures: FNV-1a, 64 bit, over bytes in memory order (little-endian targets only).
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace sunny16::isp {

static_assert(std::endian::native == std::endian::little);

inline constexpr std::uint64_t kHashSeed = 14695981039346656037ull;

constexpr std::uint64_t hash_bytes(std::span<const std::byte> bytes, std::uint64_t seed = kHashSeed) {
  for (const std::byte b : bytes) seed = (seed ^ static_cast<std::uint64_t>(b)) * 1099511628211ull;
  return seed;
}

template <class T>
std::uint64_t hash_object(const T& value, std::uint64_t seed = kHashSeed) {
  return hash_bytes(std::as_bytes(std::span(&value, 1)), seed);
}

}  // namespace sunny16::isp
