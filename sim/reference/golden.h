// Golden hashes: what every stage and every profile makes of small frames, and what every derive() makes of many
// conditions. They are the same on every machine and instruction set, and change only with the picture.
//
//   <width>x<height>-<phase>-<packing>/<profile>/registers      the line's registers; the last profile, look, is full
//                                                               with arbitrary numbers in all look stages
//   .../<stage>                                                 the stage's output
//   .../statistics, .../<format>                                what the line gives
//   bench/<profile>                                             registers of the benchmarks
//   derive/<stage>                                              registers over many conditions and tunings
#pragma once

#include <string>
#include <vector>

#include "isp/pipeline/executor.h"

namespace sunny16::sim {

/// The table as text: a comment, then "name hash" line by line. With fast kernels, outputs come from the strip
/// executor; with reference kernels, all comes from the whole-image one.
std::string golden_text(isp::Kernels kernels = isp::Kernels::fast);

/// Names whose hash differs, or which only one of the texts has; comments do not count.
std::vector<std::string> golden_difference(const std::string& expected, const std::string& found);

}  // namespace sunny16::sim
