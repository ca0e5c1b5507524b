#include "sim/measure/line_picture.h"

#include <algorithm>

namespace sunny16::sim {

Picture picture_of(const firmware::Picture& output) {
  Picture picture{.rgb = {3 * output.width, output.height}, .transfer = Transfer::srgb};
  for (int y = 0; y < output.height; ++y) {
    const auto* row = reinterpret_cast<const std::uint16_t*>(output.planes[0].row(y));
    std::transform(row, row + 3 * output.width, picture.rgb.row(y),
                   [](std::uint16_t v) { return static_cast<float>(v / 65535.0); });
  }
  return picture;
}

}  // namespace sunny16::sim
