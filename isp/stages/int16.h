// The 16-bit vector instructions that kernels are made of, one sample at a time, for reference rows.
#pragma once

#include <algorithm>
#include <cstdint>

namespace sunny16::isp {

constexpr std::int16_t saturate16(std::int32_t v) {
  return static_cast<std::int16_t>(std::clamp<std::int32_t>(v, -32768, 32767));
}
constexpr std::int16_t add_saturated(std::int32_t a, std::int32_t b) { return saturate16(a + b); }
constexpr std::int16_t subtract_saturated(std::int32_t a, std::int32_t b) { return saturate16(a - b); }

/// MulFixedPoint15: a * b / 2^15, rounded half up. Not both -32768.
constexpr std::int16_t mul_q15(std::int16_t a, std::int16_t b) {
  return static_cast<std::int16_t>((std::int32_t{a} * b + 16384) >> 15);
}

}  // namespace sunny16::isp
