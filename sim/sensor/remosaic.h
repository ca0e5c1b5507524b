// What a sensor with cells of several pixels does to send a Bayer pattern of full resolution.
#pragma once

#include <cstdint>

#include "isp/core/plane.h"
#include "sim/sensor/sensor_model.h"

namespace sunny16::sim {

/// Each sample of the Bayer pattern is the cell pattern's own where the colours agree, else a plane's through the
/// nearest pixels of its colour, weighted by the inverse fourth power of their distance, but never outside of their
/// range. The picture has at least a period's columns and rows.
isp::Image<std::uint16_t> remosaic(const isp::Image<std::uint16_t>& cells, ColourFilter filter, int cell, int threads);

}  // namespace sunny16::sim
