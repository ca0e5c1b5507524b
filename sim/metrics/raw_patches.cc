#include "sim/metrics/raw_patches.h"

#include <string>

#include "hal/api/raw_sample.h"
#include "sim/metrics/metric_error.h"
#include "sim/metrics/moments.h"

namespace sunny16::sim {

std::vector<RawPatch> measure_raw_patches(const hal::RawFrame& frame, std::span<const Quadrilateral> patches) {
  std::vector<RawPatch> measured;
  for (const Quadrilateral& area : patches) {
    const std::string what = "raw patch " + std::to_string(measured.size() + 1);
    check_inside(what, area.bounds(), frame.raw.width, frame.raw.height);
    std::array<RunningMoments, 4> running;
    std::array<double, 4> saturated{};
    for_each_pixel(area, [&](int x, int y) {
      const isp::Quad colour = isp::quad_plane(frame.raw.phase, x, y);
      const double dn = hal::raw_sample(frame.raw, x, y);
      running[colour].add(dn - frame.black[colour]);
      saturated[colour] += dn >= frame.white;
    });
    RawPatch patch;
    for (std::size_t c = 0; c < 4; ++c) {
      const Moments found = running[c].moments();
      if (found.count < 2)
        throw MetricError(what + ": found " + std::to_string(static_cast<int>(found.count)) +
                          " samples of a colour, allowed at least 2");
      patch.mean_dn[c] = found.mean;
      patch.deviation_dn[c] = found.deviation();
      patch.saturated_percent[c] = 100 * saturated[c] / found.count;
    }
    measured.push_back(patch);
  }
  return measured;
}

}  // namespace sunny16::sim
