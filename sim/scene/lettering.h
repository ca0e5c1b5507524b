// Plain lettering of round-ended strokes: the numbers on charts, a sign in a street.
#pragma once

#include <string_view>

#include "sim/scene/shapes.h"

namespace sunny16::sim {

/// From one letter to the next, in heights of a letter.
inline constexpr double kLetterAdvance = 0.85;

/// Width of a line of letters, in heights of a letter.
constexpr double text_width(std::string_view text) { return kLetterAdvance * static_cast<double>(text.size()) - 0.25; }

/// Distance from a point to the middle of the nearest stroke, in heights of a letter; the text's upper left is at
/// (0, 0). There are digits, the letters of SUNNY, and blanks.
double distance_to_text(std::string_view text, Point p);

}  // namespace sunny16::sim
