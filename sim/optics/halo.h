// Light that is thrown far from its place: the skirt of the point spread, and the veil that lenses scatter.
#pragma once

#include "isp/core/plane.h"
#include "sim/optics/lens.h"
#include "sim/sensor/sample_grid.h"

namespace sunny16::sim {

/// Adds to a picture, which was made with point spreads cut off at `reach_um`, what lies beyond: up to half a hundred
/// samples away on a coarse grid, further away as an even veil together with the lens's own. Diffraction alone reaches
/// that far, and is the same all over the picture.
void add_halo(const Lens& lens, const SampleGrid& grid, double reach_um, int threads, isp::Image<float>& image);

}  // namespace sunny16::sim
