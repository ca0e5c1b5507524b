// Luma of display RGB by Rec. 709's weights, as look stages use it: in differences from green, so that a grey's luma is
// exactly the grey. The vector form is in display_luma-inl.h.
#pragma once

#include <array>
#include <cstdint>

#include "isp/stages/int16.h"

namespace sunny16::isp {

inline constexpr std::array<double, 3> kRec709{0.2126, 0.7152, 0.0722};
inline constexpr std::int16_t kLumaRed = 6966, kLumaBlue = 2366;  ///< Q15

/// Of samples 0..16383: between the smallest and the largest.
constexpr int display_luma(int r, int g, int b) {
  return g + mul_q15(static_cast<std::int16_t>(r - g), kLumaRed) + mul_q15(static_cast<std::int16_t>(b - g), kLumaBlue);
}

}  // namespace sunny16::isp
