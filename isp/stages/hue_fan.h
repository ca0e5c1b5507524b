// Hues without a division. A colour is its grey part and two amounts of neighbouring hues out of twelve, 30 degrees
// apart: with max, mid and min of R, G, B it is
//
//   min * (1, 1, 1) + (max - mid) * primary + (mid - min) * secondary,        primary R, G or B; secondary Y, C or M,
//
// and since primary + secondary is the hue between them, the smaller of the two amounts is that hue's, and what the
// other has more is its own. Amounts grow linearly with the colour's distance from grey. So what a stage does to twelve
// hues is done, continuously, to all; in proportion to chroma; and not at all to greys. The vector form is in
// hue_fan-inl.h.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "isp/core/fixed.h"
#include "isp/stages/pieces16.h"

namespace sunny16::isp {

inline constexpr std::size_t kHues = 12;
/// At 0, 30, 60 ... 330 degrees of HSV's hue.
inline constexpr std::string_view kHueNames =
    "red, orange, yellow, lime, green, spring, cyan, azure, blue, violet, magenta, rose";

/// Where a colour lies: entry of the fan's tables, and amounts of a whole hue (0, 60 ...; 0..16383) and of one between
/// (0..8191).
struct FanPlace {
  std::size_t entry;
  std::int16_t whole, between;
};

constexpr FanPlace fan_place(int r, int g, int b) {
  const int high = std::max({r, g, b}), low = std::min({r, g, b}), middle = r + g + b - high - low;
  const int primary = high - middle, secondary = middle - low;
  const unsigned entry =
      (r >= g ? 1u : 0u) | (g >= b ? 2u : 0u) | (b >= r ? 4u : 0u) | (primary >= secondary ? 8u : 0u);
  return {entry, static_cast<std::int16_t>(std::max(primary, secondary) - std::min(primary, secondary)),
          static_cast<std::int16_t>(std::min(primary, secondary))};
}

/// Hue number of an entry's whole amounts and of those between. Entries 0 and 7 (of which no colour, or only grey, has
/// any) are given some hue.
constexpr std::size_t whole_hue(std::size_t entry) {
  constexpr std::array<std::size_t, 8> kPrimary{0, 0, 4, 0, 8, 8, 4, 0}, kSecondary{2, 10, 2, 2, 6, 10, 6, 2};
  return entry & 8 ? kPrimary[entry & 7] : kSecondary[entry & 7];
}
constexpr std::size_t between_hue(std::size_t entry) {
  constexpr std::array<std::size_t, 8> kBetween{1, 11, 3, 1, 7, 9, 5, 1};
  return kBetween[entry & 7];
}

/// What a unit amount of a hue is in R, G, B above grey: (1, 0, 0) for red, (2, 1, 0) for orange.
constexpr std::array<double, 3> hue_colour(std::size_t hue) {
  constexpr std::array<std::array<double, 3>, kHues> kColours{{{1, 0, 0},
                                                               {2, 1, 0},
                                                               {1, 1, 0},
                                                               {1, 2, 0},
                                                               {0, 1, 0},
                                                               {0, 2, 1},
                                                               {0, 1, 1},
                                                               {0, 1, 2},
                                                               {0, 0, 1},
                                                               {1, 0, 2},
                                                               {1, 0, 1},
                                                               {2, 0, 1}}};
  return kColours[hue];
}

/// A linear function of the two amounts: coefficients Q1.14 of the whole hue's, Q2.13 of the other.
struct FanTable {
  Table16 whole, between;

  constexpr std::int16_t operator()(const FanPlace& place) const {
    return add_saturated(mul_q15(static_cast<std::int16_t>(2 * place.whole), whole[place.entry]),
                         mul_q15(static_cast<std::int16_t>(4 * place.between), between[place.entry]));
  }

  /// `change(hue)` is what a unit amount of the hue gives: within +-2, of hues between +-4.
  template <class F>
  static constexpr FanTable of(F&& change) {
    FanTable table;
    for (std::size_t entry = 0; entry < 16; ++entry) {
      table.whole.set(entry, Q<1, 14>::real(change(whole_hue(entry))).raw);
      table.between.set(entry, Q<2, 13>::real(change(between_hue(entry))).raw);
    }
    return table;
  }
};

}  // namespace sunny16::isp
