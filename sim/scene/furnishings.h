// Floor, walls and shelves of a room: paint as a function of the place on them in metres.
#pragma once

#include <optional>

#include "sim/scene/scene.h"

namespace sunny16::sim {

/// Oak laid in chevrons; x to the right, z away from us.
Colour parquet(double x, double z);

/// A woollen carpet with a border and lozenges; nothing outside.
std::optional<Colour> carpet(double x, double z);

/// A shelf full of books along a wall, y downwards, z away from us; nothing beside it. `light` becomes the part of the
/// room's light that reaches into it.
std::optional<Colour> bookshelf(double y, double z, double& light);

/// Striped wallpaper, with a skirting board below.
Colour wallpaper(double across, double y);

}  // namespace sunny16::sim
