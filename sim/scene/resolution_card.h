// A card with what tells of resolution: a Siemens star, a zone plate, and two slanted edges' squares.
#pragma once

#include <vector>

#include "sim/scene/shapes.h"

namespace sunny16::sim {

inline constexpr double kResolutionCardWidth = 1.1;  ///< over its height

/// Reflectance at a place on the card.
double resolution_card(Point at);
/// The star and the sides of both squares, where the card lies in the picture.
std::vector<Target> resolution_card_targets(const Card& card);

}  // namespace sunny16::sim
