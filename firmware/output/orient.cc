#include "firmware/output/orient.h"

#include <cstring>

namespace sunny16::firmware {

isp::Image<std::uint8_t> oriented(isp::PlaneView<const std::uint8_t> plane, int pixel_bytes, Orientation orientation) {
  const int columns = plane.width / pixel_bytes, rows = plane.height;
  const int out_columns = orientation.transpose ? rows : columns, out_rows = orientation.transpose ? columns : rows;
  isp::Image<std::uint8_t> out(out_columns * pixel_bytes, out_rows);
  for (int y = 0; y < out_rows; ++y) {
    const int v = orientation.mirror_y ? out_rows - 1 - y : y;
    std::uint8_t* to = out.row(y);
    for (int x = 0; x < out_columns; ++x, to += pixel_bytes) {
      const int u = orientation.mirror_x ? out_columns - 1 - x : x;
      const std::uint8_t* from = orientation.transpose ? plane.row(u) + v * pixel_bytes : plane.row(v) + u * pixel_bytes;
      std::memcpy(to, from, static_cast<std::size_t>(pixel_bytes));
    }
  }
  return out;
}

}  // namespace sunny16::firmware
