#include "sim/metrics/moments.h"

#include <string>

#include "sim/metrics/metric_error.h"
#include "sim/metrics/quadrilateral.h"

namespace sunny16::sim {

Moments moments(std::string_view what, const Plane& plane, isp::Rect region) {
  check_inside(what, region, plane.width, plane.height);
  RunningMoments running;
  const Plane part = plane.crop(region);
  for (int y = 0; y < part.height; ++y)
    for (int x = 0; x < part.width; ++x) running.add(part.row(y)[x]);
  const Moments found = running.moments();
  if (!std::isfinite(found.variance))
    throw MetricError(std::string(what) + ": found samples that are not finite, allowed finite ones");
  return found;
}

}  // namespace sunny16::sim
