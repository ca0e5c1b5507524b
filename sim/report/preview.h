// Small pictures of what is in the line.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "firmware/output/picture_file.h"
#include "sim/report/stage_outputs.h"

namespace sunny16::sim {

using Picture8 = isp::Image<std::uint8_t>;  ///< interleaved RGB

/// The whole of a stage's output, linear light under the sRGB curve, at most about 500 pixels wide. Mosaics become
/// pixels of half the size, without white balance: they look green.
Picture8 overview(const StageOutput& output, const hal::RawFrame& frame);
/// Part of it, pixel by pixel; mosaics in the colours of their filters.
Picture8 detail(const StageOutput& output, const hal::RawFrame& frame, isp::Rect part);

/// The part of about `width` x `height` pixels (even) in which colours change most.
isp::Rect most_colourful_detail(const hal::RawFrame& frame, int width, int height);

/// Smaller by the least whole factor that makes it at most `width` pixels wide.
Picture8 reduced(firmware::Rgb8 picture, int width);

}  // namespace sunny16::sim
