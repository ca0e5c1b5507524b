// Pictures of light as files: the truth that simulated shots are compared with.
#pragma once

#include <filesystem>

#include "isp/core/plane.h"

namespace sunny16::sim {

/// Writes interleaved linear RGB as a TIFF of 32-bit floating point, which read_picture reads back exactly. Throws
/// firmware::OutputError; nothing remains of a file that could not be written whole.
void write_picture(const std::filesystem::path& path, const isp::Image<float>& linear_rgb);

}  // namespace sunny16::sim
