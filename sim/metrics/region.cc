#include "sim/metrics/region.h"

#include <algorithm>
#include <cmath>

namespace sunny16::sim {
namespace {

std::string size_text(int width, int height) { return std::to_string(width) + " x " + std::to_string(height); }

}  // namespace

std::string region_text(isp::Rect roi) {
  return size_text(roi.width, roi.height) + " at " + std::to_string(roi.x) + ", " + std::to_string(roi.y);
}

Plane region(Plane plane, isp::Rect roi, int min_width, int min_height) {
  const bool inside = roi.x >= 0 && roi.y >= 0 && roi.x <= plane.width && roi.y <= plane.height &&
                      roi.width <= plane.width - roi.x && roi.height <= plane.height - roi.y;
  if (!inside)
    throw MetricError("region: found " + region_text(roi) + ", allowed inside " + size_text(plane.width, plane.height));
  if (roi.width < min_width || roi.height < min_height)
    throw MetricError("region: found " + region_text(roi) + ", allowed " + size_text(min_width, min_height) +
                      " or more");
  const Plane part = plane.crop(roi);
  for (int y = 0; y < part.height; ++y)
    if (!std::all_of(part.row(y), part.row(y) + part.width, [](float v) { return std::isfinite(v); }))
      throw MetricError("region " + region_text(roi) + ": found a sample that is not finite in row " +
                        std::to_string(roi.y + y) + ", allowed finite samples");
  return part;
}

isp::Rect whole(Plane plane) { return {0, 0, plane.width, plane.height}; }

Lattice within(isp::Rect roi, Lattice lattice) {
  const int step = lattice.step;
  if (step < 1) throw MetricError("lattice: found a step of " + std::to_string(step) + ", allowed 1 or more");
  const auto first = [step](int origin, int start) { return ((origin - start) % step + step) % step; };
  return {first(lattice.x0, roi.x), first(lattice.y0, roi.y), step};
}

isp::Image<float> lattice_plane(Plane mosaic, Lattice lattice) {
  const auto [x0, y0, step] = within(whole(mosaic), lattice);
  if (x0 >= mosaic.width || y0 >= mosaic.height)
    throw MetricError("lattice: found no sample in " + size_text(mosaic.width, mosaic.height) + " at a step of " +
                      std::to_string(step));
  isp::Image<float> plane((mosaic.width - x0 + step - 1) / step, (mosaic.height - y0 + step - 1) / step);
  for (int y = 0; y < plane.height(); ++y)
    for (int x = 0; x < plane.width(); ++x) plane.row(y)[x] = mosaic.row(y0 + y * step)[x0 + x * step];
  return plane;
}

}  // namespace sunny16::sim
