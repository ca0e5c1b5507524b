// Raw frames as they leave a sensor: MIPI CSI-2 packed rows.
#pragma once

#include "hal/api/raw_frame.h"

namespace sunny16::sim {

/// The frame in another packing, its rows `kPackedAlignment` bytes apart or a multiple of it, as the Raspberry Pi's
/// receivers write them. Throws SimulationError where the frame has more bits than the packing.
inline constexpr std::size_t kPackedAlignment = 64;
hal::RawFrame packed(hal::RawFrame frame, isp::Packing packing);

}  // namespace sunny16::sim
