// Luma of a quad of linear raw: red, green and blue weighted as in BT.601, as if white balance had been applied.
#pragma once

#include <algorithm>

#include "isp/core/fixed.h"
#include "isp/stage/stage.h"

namespace sunny16::isp {

using LumaWeights = std::array<UQ<0, 16>, 4>;  ///< R Gr Gb B

inline LumaWeights luma_weights(const Conditions& conditions) {
  const auto& gains = conditions.wb_gains;
  const auto green = UQ<0, 16>::real(0.587 / 2 * gains[1]);
  return {UQ<0, 16>::real(0.299 * gains[0]), green, green, UQ<0, 16>::real(0.114 * gains[2])};
}

constexpr std::uint32_t above_black(std::uint16_t v) {
  return static_cast<std::uint32_t>(std::max(v - domain::LinearRaw::black, 0));
}

/// Luma of the quad at offset i of a tap's row: each weighted sample is rounded down, the sum saturates at 65535.
inline std::uint16_t quad_luma(const LumaWeights& weights, const RowIo& io, int i) {
  std::uint32_t sum = 0;
  for (const Quad plane : {kR, kGr, kGb, kB})
    sum += (above_black(io.in<std::uint16_t>(0, plane)[i]) * weights[plane].raw) >> 16;
  return static_cast<std::uint16_t>(std::min<std::uint32_t>(sum, 65535));
}

}  // namespace sunny16::isp
