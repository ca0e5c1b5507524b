// The output of each stage as a picture, to look at.
#pragma once

#include <filesystem>

#include "firmware/capture/frame_line.h"

namespace sunny16::cli {

/// Writes NN_stage.png for each stage of the line into `folder`, which is made if need be: quads as a grey mosaic, RGB
/// as it is, 16 bit, scaled so that white (display: the largest value) is as bright as the format allows.
void dump_stages(const std::filesystem::path& folder, const isp::LineRegisters& registers, const hal::RawFrame& frame);

}  // namespace sunny16::cli
