// Histograms as SVG.
#pragma once

#include <string>

#include "firmware/output/picture_file.h"
#include "hal/api/raw_frame.h"

namespace sunny16::sim {

/// Red, green and blue of the raw samples over stops below white: what the exposure caught.
std::string raw_histogram_svg(const hal::RawFrame& frame);
/// Of the finished picture over its codes 0..255.
std::string picture_histogram_svg(firmware::Rgb8 picture);

}  // namespace sunny16::sim
