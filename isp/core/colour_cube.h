// A three-dimensional colour table of display RGB, as .cube files, cameras and colour tools hold it: what a colour on
// each axis 0..1 becomes at size x size x size evenly spaced nodes. Immutable once a frame uses it.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace sunny16::isp {

struct ColourCube {
  static constexpr int kMinSize = 2, kMaxSize = 65;

  int size = 0;  ///< nodes along an axis, kMinSize..kMaxSize
  /// R, G, B on 0..1 (values beyond are limited when used); node (r, g, b) is number r + size * (g + size * b): red
  /// runs fastest, as in the Cube LUT Specification 1.0.
  std::vector<std::array<double, 3>> nodes;

  std::size_t index(int r, int g, int b) const { return static_cast<std::size_t>(r + size * (g + size * b)); }
};

}  // namespace sunny16::isp
