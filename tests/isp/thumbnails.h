// Thumbnails for tests, painted cell by cell.
#pragma once

#include <memory>

#include "isp/core/thumbnail.h"

namespace sunny16::isp::test {

/// Grey of level f(x, y) at the cells' centres, 0..1 over the frame; 1 is saturation.
template <class F>
std::shared_ptr<const Thumbnail> painted(F&& f) {
  auto thumbnail = std::make_shared<Thumbnail>();
  for (int row = 0; row < Thumbnail::kRows; ++row)
    for (int column = 0; column < Thumbnail::kColumns; ++column) {
      const double level = f((column + 0.5) / Thumbnail::kColumns, (row + 0.5) / Thumbnail::kRows);
      thumbnail->cells.push_back({{level, level, level}, false});
    }
  return thumbnail;
}

}  // namespace sunny16::isp::test
