// A place in a picture.
#pragma once

namespace sunny16::sim {

/// In pixels; whole numbers are the centres of pixels.
struct Position {
  double x = 0, y = 0;
};

}  // namespace sunny16::sim
