// Any picture as a scene: its colours become surfaces under the main lamp.
#pragma once

#include "isp/core/plane.h"
#include "sim/scene/scene.h"

namespace sunny16::sim {

/// Fills a frame: its middle covers it, the longer sides are cut off. A pixel's centre has the pixel's colour, between
/// them colours are interpolated linearly; beyond the picture's edge its outermost pixels go on. Scenes are sampled at
/// points, so a picture with at least twice the rows that the frame has is first averaged over 2 x 2 pixels, until it
/// has fewer.
class PhotoScene final : public Scene {
 public:
  /// `linear_rgb` is interleaved linear sRGB, 1 a perfect white surface; values below 0 become 0. `aspect` is the
  /// frame's width over its height, `rows` its height in pixels. Throws SimulationError for an empty picture, a width
  /// that is no multiple of 3, values that are no numbers.
  PhotoScene(isp::PlaneView<const float> linear_rgb, double aspect, int rows);

  Colour light(Point at, double time, const Palette& palette) const override;

 private:
  isp::Image<float> picture_;
  double pixels_per_height_;
};

}  // namespace sunny16::sim
