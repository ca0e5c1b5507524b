#include "sim/metrics/raw_plane.h"

#include "hal/api/raw_sample.h"

namespace sunny16::sim {

isp::Image<float> raw_plane(const hal::RawFrame& frame, isp::Quad colour) {
  const isp::RawView& raw = frame.raw;
  const int left = isp::red_x(raw.phase) ^ (colour & 1), top = isp::red_y(raw.phase) ^ (colour >> 1);
  isp::Image<float> plane((raw.width - left + 1) / 2, (raw.height - top + 1) / 2);
  for (int y = 0; y < plane.height(); ++y)
    for (int x = 0; x < plane.width(); ++x) plane.row(y)[x] = hal::raw_sample(raw, left + 2 * x, top + 2 * y);
  return plane;
}

}  // namespace sunny16::sim
