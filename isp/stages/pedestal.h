// Scaling about the linear raw pedestal, plain version: the specification of pedestal-inl.h.
#pragma once

#include <algorithm>
#include <cstdint>

#include "isp/core/layout.h"

namespace sunny16::isp {

/// black + (v - black) * gain / 4096 for u16 linear raw, rounded half up away from black, saturated.
/// Bound: 61439 * 65535 + 2048 < 2^32.
constexpr std::uint16_t scale_about_black(std::uint16_t v, std::uint16_t gain) {
  constexpr std::uint32_t kBlack = domain::LinearRaw::black;
  const auto scale = [gain](std::uint32_t d) { return std::min<std::uint32_t>(65535, (d * gain + 2048) >> 12); };
  const std::uint32_t up = v > kBlack ? scale(v - kBlack) : 0, down = v < kBlack ? scale(kBlack - v) : 0;
  const std::uint32_t raised = std::min<std::uint32_t>(65535, kBlack + up);
  return static_cast<std::uint16_t>(raised > down ? raised - down : 0);
}

}  // namespace sunny16::isp
