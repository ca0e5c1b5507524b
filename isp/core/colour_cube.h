// A three-dimensional colour table of display RGB, as .cube files, cameras and colour tools hold it: what a colour on
// each axis 0..1 becomes at size x size x size evenly spaced nodes; and the same as kernels read it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "isp/core/shared_table.h"

namespace sunny16::isp {

struct ColourCube {
  static constexpr int kMinSize = 2, kMaxSize = 65;

  int size = 0;  ///< nodes along an axis, kMinSize..kMaxSize
  /// R, G, B on 0..1 (values beyond are limited when used); node (r, g, b) is number r + size * (g + size * b): red
  /// runs fastest, as in the Cube LUT Specification 1.0.
  std::vector<std::array<double, 3>> nodes;

  std::size_t index(int r, int g, int b) const { return static_cast<std::size_t>(r + size * (g + size * b)); }
};

/// A cube's nodes in units of domain::DisplayRgb, less each node's own colour: what the table adds. So that the
/// identity adds nothing, exactly, whatever its size.
struct CubeTable {
  static constexpr int kMaxSize = 33;  ///< 281 KiB, and a node's number fits 16 bits

  std::uint64_t size = 0;                                                            ///< kMinSize..kMaxSize
  std::array<std::array<std::int16_t, 4>, kMaxSize * kMaxSize * kMaxSize> change{};  ///< R, G, B, 0; red fastest
};

/// Rounds a cube, limited to 0..1; one of more than 33 nodes is first resampled to 33 (of 65 it is every second node).
/// To be done once, when a look is chosen: it takes about a millisecond. Precondition: size^3 nodes, no NaN.
SharedTable<CubeTable> quantised(const ColourCube& cube);

/// The cube at a colour, limited to 0..1: linear within the six tetrahedra around the grey diagonal of each cell
/// (Kasson, Nin, Plouffe, Hafner, "Performing color space conversions with three-dimensional linear interpolation",
/// 1995).
std::array<double, 3> sample(const ColourCube& cube, const std::array<double, 3>& colour);

}  // namespace sunny16::isp
