#include "sim/metrics/cell_picture.h"

#include "hal/api/raw_sample.h"

namespace sunny16::sim {

CellPicture cell_picture(const hal::RawFrame& frame) {
  const isp::RawView& raw = frame.raw;
  const int width = raw.width / 2, height = raw.height / 2;
  CellPicture picture;
  for (auto& plane : picture.planes) plane = isp::Image<float>(width, height);
  for (int y = 0; y < 2 * height; ++y)
    for (int x = 0; x < 2 * width; ++x) {
      const std::size_t quad = isp::quad_plane(raw.phase, x, y);
      const std::size_t colour = quad == isp::kR ? 0 : quad == isp::kB ? 2 : 1;
      const double level = (hal::raw_sample(raw, x, y) - frame.black[quad]) / (frame.white - frame.black[quad]);
      picture.planes[colour].row(y / 2)[x / 2] += static_cast<float>(colour == 1 ? level / 2 : level);
    }
  return picture;
}

}  // namespace sunny16::sim
