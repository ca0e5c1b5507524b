// What a look makes of colours: as a table for other programs, and whether it is toned.
#pragma once

#include "firmware/looks/look.h"
#include "isp/core/colour_cube.h"

namespace sunny16::firmware {

/// What the look's colour stages (curves, hue sectors, black-and-white mixer, split toning, its own cube) make of the
/// nodes of a lattice, in the line's own arithmetic. A table of colours cannot carry what depends on the place in the
/// picture or on its neighbours: vignette, grain, sharpness, local tone and bloom are left out.
isp::ColourCube cube_of(const Look& look, int size = isp::CubeTable::kMaxSize);

/// Whether the look's purpose is other colours than the scene's: it gives greys a colour, or takes most of skin's.
bool is_toned(const Look& look);

}  // namespace sunny16::firmware
