// What the fake camera looks at: eight colour bars from left to right.
#pragma once

#include <array>

namespace sunny16 {

inline constexpr std::size_t kBars = 8;
/// Red, green and blue of white, yellow, cyan, green, magenta, red, blue and black.
inline constexpr std::array<std::array<bool, 3>, kBars> kBarHas{{{true, true, true},
                                                                 {true, true, false},
                                                                 {false, true, true},
                                                                 {false, true, false},
                                                                 {true, false, true},
                                                                 {true, false, false},
                                                                 {false, false, true},
                                                                 {false, false, false}}};

/// The middle half of a bar in a picture of a width: its first column, and the one behind its last.
struct BarColumns {
  int begin, end;
};
constexpr BarColumns bar_columns(std::size_t bar, int width) {
  const int bars = kBars, index = static_cast<int>(bar);
  return {(4 * index + 1) * width / (4 * bars), (4 * index + 3) * width / (4 * bars)};
}

}  // namespace sunny16
