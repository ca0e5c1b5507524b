// What metrics measure: planes of samples, in linear light unless they say otherwise.
#pragma once

#include "isp/core/plane.h"

namespace sunny16::sim {

/// One colour of a picture, or of a raw frame's filter; 1 is white, values outside 0..1 are kept.
using Plane = isp::PlaneView<const float>;

}  // namespace sunny16::sim
