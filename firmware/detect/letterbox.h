// A picture as the input of a network: scaled to fit with its proportions, in the middle, grey around it, three planes
// of 0..1. And boxes of that input back on the picture.
#pragma once

#include "firmware/control/scene/boxes.h"
#include "firmware/detect/network.h"
#include "isp/core/plane.h"

namespace sunny16::firmware {

class Letterbox {
 public:
  /// Sizes in pixels.
  Letterbox(int picture_width, int picture_height, int input_width, int input_height);

  /// Of the size that was given, interleaved RGB; 1 x 3 x height x width.
  Tensor fill(isp::PlaneView<const std::uint8_t> rgb, std::string name) const;
  /// Both as fractions.
  Box on_picture(const Box& on_input) const;

 private:
  int picture_width_, picture_height_, input_width_, input_height_;
  int width_, height_, left_, top_;  ///< of the picture on the input
};

}  // namespace sunny16::firmware
