// Magnitudes as colours.
#pragma once

#include "isp/core/plane.h"
#include "sim/report/preview.h"

namespace sunny16::sim {

/// Black for 0, through purple and orange to white for `most` and more; smaller by the least whole factor that makes it
/// at most `width` pixels wide (each pixel then shows the mean).
Picture8 heat_map(isp::PlaneView<const float> magnitudes, double most, int width);

}  // namespace sunny16::sim
