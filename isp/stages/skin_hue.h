// What look stages spare of skin. Melanin and blood take away blue most and green less, whatever their amount: skin of
// every depth has a hue between red and orange, and hue alone says what may be skin. With red the largest channel and
// c = max - min, a colour's hue (HSV's) is 60 degrees * (G - B) / c, and
//
//   v' = after - weight(hue) * (after - before - (Y(after) - Y(before)))
//
// takes back what a stage did to hue and chroma, and leaves what it did to luma. The weight is the protection from 5 to
// 33 degrees, and falls to nothing by -2.5 and 48. The vector form is in skin_hue-inl.h.
#pragma once

#include <algorithm>
#include <array>

#include "isp/core/layout.h"
#include "isp/stages/display_luma.h"
#include "isp/stages/pieces16.h"

namespace sunny16::isp::skin {

/// Hues: 2048 are 60 degrees. Weights rise by 2^7 from kBegin on, and fall by 2^6 until kEnd.
inline constexpr std::int16_t kBegin = -85, kRise = 255, kEnd = 1638, kFall = 511;

/// About 1024 / c in Q15, at most 1: a Newton step brings it within 2 %. Colours with less than a sixteenth of the
/// range between their channels are so taken for redder than they are.
inline constexpr auto kInverse = Pieces16<14>::through([](int i) { return 32767 / std::max(i, 1); });
inline constexpr std::int16_t kUnit = 1023;

/// Of a display colour, 0..protection (Q15).
constexpr std::int16_t weight(int r, int g, int b, std::int16_t protection) {
  if (g > r || b > r) return 0;
  const auto chroma = static_cast<std::int16_t>(r - std::min(g, b));
  const std::int16_t about = kInverse(chroma);
  const auto error = static_cast<std::int16_t>((kUnit - mul_q15(chroma, about)) * 32);
  const std::int16_t hue = mul_q15(static_cast<std::int16_t>(2 * (g - b)), add_saturated(about, mul_q15(about, error)));
  const int rising = std::clamp<int>(hue - kBegin, 0, kRise) << 7, falling = std::clamp<int>(kEnd - hue, 0, kFall) << 6;
  return mul_q15(static_cast<std::int16_t>(std::min(rising, falling)), protection);
}

using Colour = std::array<std::int16_t, 3>;

constexpr Colour spared(const Colour& before, const Colour& after, std::int16_t protection) {
  const std::int16_t w = weight(before[0], before[1], before[2], protection);
  const int luma = display_luma(after[0], after[1], after[2]) - display_luma(before[0], before[1], before[2]);
  Colour result;
  for (std::size_t c = 0; c < 3; ++c) {
    const auto colour = static_cast<std::int16_t>(after[c] - before[c] - luma);  // within +-32766
    result[c] = static_cast<std::int16_t>(std::clamp<int>(after[c] - mul_q15(colour, w), 0, domain::DisplayRgb::max));
  }
  return result;
}

}  // namespace sunny16::isp::skin
