// The skins of fruit, an egg's shell, a vase's glaze: paint over the surface of a turned body.
#pragma once

#include "sim/scene/solids.h"

namespace sunny16::sim {

Colour apple(const Surface& s);
Colour pear(const Surface& s);
Colour orange(const Surface& s);
Colour lemon(const Surface& s);
Colour egg(const Surface& s);
/// Teal glaze that has run down bare clay.
Colour vase(const Surface& s);

}  // namespace sunny16::sim
