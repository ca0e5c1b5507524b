// Print: lines of made-up letters.
#pragma once

#include "sim/scene/pattern.h"

namespace sunny16::sim {

/// Whether ink lies at a place of a text whose lines are 1 apart and `columns` letters long; each letter is a pattern
/// of 3 x 5 dots.
inline bool ink(Point p, int columns, int seed) {
  constexpr double kAdvance = 0.42;
  const double letter = p.x / kAdvance;
  const int line = static_cast<int>(exact::floor(p.y)), column = static_cast<int>(exact::floor(letter));
  const double x = (letter - column) / 0.8, y = (p.y - line) / 0.62;
  if (column < 0 || x >= 1 || y >= 1 || p.y < 0) return false;
  const int last = columns - static_cast<int>(cell_noise(line, seed + 5) * (line % 6 == 5 ? 0.8 * columns : 4));
  if (column >= last || cell_noise(column, line + seed) < 0.16) return false;  // the end of a line, a blank
  return cell_noise(column * 3 + static_cast<int>(x * 3), (line * 5 + static_cast<int>(y * 5)) * 7 + seed) < 0.52;
}

}  // namespace sunny16::sim
