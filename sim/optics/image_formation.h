// A scene through a lens onto the sites of a sensor.
#pragma once

#include <span>

#include "isp/core/plane.h"
#include "sim/optics/lens.h"
#include "sim/scene/scene.h"
#include "sim/sensor/sample_grid.h"

namespace sunny16::sim {

/// When the rows of a frame are exposed: row y from start_s + y * line_s, for exposure_s.
struct RowTiming {
  double start_s = 0, exposure_s = 0.01, line_s = 0;
  double row_start(int y) const { return start_s + line_s * y; }
};

/// The mean signal at each sample of the grid over its exposure: of a pixel, or the mean of the pixels that are
/// combined, in its own colour and in the palette's unit. Light is gathered over the whole area of each site.
isp::Image<float> form_image(const Scene& scene, std::span<const Lamp> lamps, const Palette& palette, const Lens& lens,
                             const SampleGrid& grid, const RowTiming& timing, int threads);

/// What there is to see: interleaved R, G, B as the palette's observer sees them, in the place where the lens throws
/// green light, but without spread, fall-off or glare.
isp::Image<float> true_image(const Scene& scene, std::span<const Lamp> lamps, const Palette& palette, const Lens& lens,
                             const SampleGrid& grid, const RowTiming& timing, int threads);

}  // namespace sunny16::sim
