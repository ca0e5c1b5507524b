// Plants made of leaves: crowns of trees, woods, grass and flowers. Light comes from the upper left.
#pragma once

#include <cstdint>
#include <span>

#include "sim/scene/leaves.h"

namespace sunny16::sim {

/// A round part of a crown.
struct Bough {
  Point centre;
  double radius = 0;
};

/// Leaves about `size` long all over the boughs, from the front to the back.
Leaves crown(const Box& field, std::span<const Bough> boughs, int count, double size, std::uint32_t seed);

/// Trees of a slope seen from afar, each one oval about `size` wide, the lower ones before the upper; none above
/// y = ridge(x).
Leaves woods(const Box& field, double (*ridge)(double x), double size, Colour light, Colour dark, std::uint32_t seed);

/// Blades and flowers of a meadow that begins at y = `horizon`, the nearest first. Blades point upwards along their
/// axis.
Leaves grass(const Box& field, double horizon, std::uint32_t seed);

}  // namespace sunny16::sim
