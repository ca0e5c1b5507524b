// A lens throws a scene onto a sensor: light at each pixel.
#pragma once

#include <array>

#include "isp/core/conditions.h"
#include "isp/core/plane.h"
#include "sim/scene/scene.h"

namespace sunny16::sim {

/// Light over the sensor as interleaved R, G, B: the view's width is three times the picture's.
using LightImage = isp::Image<float>;

struct Lens {
  double blur = 0.45;  ///< standard deviation of the point spread, pixels
  /// Tangent of the half angle of view at the picture's corners: light falls off as the angle's cosine to the fourth.
  double corner_tangent = 0.6;
  /// By how much more (less) red (blue) light is lost at the corners, as infrared filters and microlenses do it.
  double colour_falloff = 0.06;

  /// What it takes to undo the fall-off of a colour (0 red, 1 green, 2 blue) at a place whose distance from the centre
  /// has the square `r2`, the corners' being 1.
  double gain(int colour, double r2) const;
  /// The same as a mesh over the picture, as a calibration would find it.
  isp::GainMesh gain_mesh(int width, int height) const;
};

/// The square of a pixel's distance from the centre of a `width` x `height` picture, the corner pixels' being 1.
double squared_radius(double x, double y, int width, int height);

/// The scene, its height filling the picture's, through the lens's blur but not its fall-off. Each pixel is the mean of
/// 3 x 3 points.
LightImage render(const Scene& scene, const Lens& lens, int width, int height, int threads);

}  // namespace sunny16::sim
