// One colour of a raw frame as a plane of its own, for metrics that need even light: photon transfer, patterns, noise.
#pragma once

#include "hal/api/raw_frame.h"

namespace sunny16::sim {

/// Samples in DN, black not subtracted; the first is the colour's first in the frame. Half as wide and high, rounded up
/// where the colour has the first column or row.
isp::Image<float> raw_plane(const hal::RawFrame& frame, isp::Quad colour);

}  // namespace sunny16::sim
