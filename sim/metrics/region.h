// Where metrics look: a rectangle of a plane and, in a mosaic, the samples of one colour.
#pragma once

#include <string>

#include "isp/core/plane.h"
#include "sim/metrics/metric_error.h"
#include "sim/metrics/plane.h"

namespace sunny16::sim {

/// The samples of one colour of a mosaic: each `step`-th column from `x0` on, each `step`-th row from `y0` on, counted
/// from the plane's first pixel. The default is every pixel. A Bayer pattern's greens are two lattices.
struct Lattice {
  int x0 = 0, y0 = 0, step = 1;
};

/// "48 x 32 at 10, 20": a region as messages name it.
std::string region_text(isp::Rect roi);

/// The part of `plane` inside `roi`. Throws MetricError if that is not within the plane, smaller than `min_width` x
/// `min_height`, or holds what is not finite.
Plane region(Plane plane, isp::Rect roi, int min_width, int min_height);

/// The whole of a plane, as a region.
isp::Rect whole(Plane plane);

/// The samples of a lattice that lie in a region: x0 and y0 are now the first of them, counted from the region's first
/// pixel. Throws MetricError if the step is below 1.
Lattice within(isp::Rect roi, Lattice lattice);

/// One colour of a mosaic as a plane of its own. Throws MetricError if the lattice has no sample in the plane.
isp::Image<float> lattice_plane(Plane mosaic, Lattice lattice);

}  // namespace sunny16::sim
