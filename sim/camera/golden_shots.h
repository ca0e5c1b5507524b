// Golden hashes of simulated raw frames: the same on every machine, instruction set and number of threads.
//
//   <scene>[/<sequence>]/<sensor>[/<mode>]/<illuminant>/light   electrons a second at each sample
//   .../frame                                                   the numbers that the sensor sends
//   .../truth                                                   what there was to see
//
// A hash of `light` that differs says that scene or optics do; of `frame` alone, that the sensor does.
#pragma once

#include <string>

namespace sunny16::sim {

/// The table as text, as golden_text() writes its own; see golden_difference() in sim/reference/golden.h.
std::string simulated_golden_text(int threads);

}  // namespace sunny16::sim
