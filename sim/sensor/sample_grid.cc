#include "sim/sensor/sample_grid.h"

#include <array>

#include "isp/core/cfa.h"
#include "isp/core/exact_math.h"

namespace sunny16::sim {

int SampleGrid::channel(int x, int y) const {
  if (filter == ColourFilter::monochrome) return 1;
  const int cell = period / 2;
  constexpr std::array<int, 4> kChannels{0, 1, 1, 2};
  return kChannels[isp::quad_plane(static_cast<isp::CfaPhase>(filter), x / cell, y / cell)];
}

SampleGrid sample_grid(const SensorModel& sensor, const SensorMode& mode) {
  const bool bins = mode.readout == Readout::bin, mono = sensor.filter == ColourFilter::monochrome;
  const int site = bins ? sensor.cell : 1;
  return {.columns = mode.width,
          .rows = mode.height,
          .site_pixels = site,
          .combined = bins ? mode.binning / site : 1,
          .period = mono   ? 1
                    : bins ? 2
                           : 2 * sensor.cell,
          .filter = sensor.filter,
          .site_um = site * sensor.pixel_pitch_um};
}

double half_diagonal_um(const SensorModel& sensor) {
  const double w = sensor.width, h = sensor.height;
  return 0.5 * isp::exact::sqrt(w * w + h * h) * sensor.pixel_pitch_um;
}

}  // namespace sunny16::sim
