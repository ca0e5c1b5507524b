// A raw frame as a picture that needs no demosaicing.
#pragma once

#include <array>

#include "hal/api/raw_frame.h"
#include "isp/core/plane.h"
#include "sim/metrics/plane.h"
#include "sim/metrics/position.h"

namespace sunny16::sim {

/// One pixel for each 2 x 2 cell of the colour filter, the two greens averaged: half as wide and high as the frame, an
/// odd last column or row left out. Linear, black 0 and white 1; noise below black is kept.
struct CellPicture {
  std::array<isp::Image<float>, 3> planes;  ///< red, green, blue

  std::array<Plane, 3> view() const { return {planes[0].view(), planes[1].view(), planes[2].view()}; }
  /// Where in the frame a place of this picture is.
  static Position in_frame(Position p) { return {2 * p.x + 0.5, 2 * p.y + 0.5}; }
};

CellPicture cell_picture(const hal::RawFrame& frame);

}  // namespace sunny16::sim
