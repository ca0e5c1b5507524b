// Skies, and what stands out against them: hills, roofs, water.
#pragma once

#include "sim/scene/families/dice.h"

namespace sunny16::sim {

/// A sky over a horizon, with clouds and perhaps a sun.
struct Sky {
  double horizon = 0;  ///< y
  Colour low, high;    ///< at the horizon and half a picture above it
  double cover = 0;    ///< of clouds, 0..1
  Colour lit, shaded;  ///< clouds
  double flat = 3;     ///< how much wider than high clouds are
  Point sun;
  double sun_radius = 0, glow = 0;  ///< 0: not in the picture
  Colour glow_colour;
  Point noise;

  Colour at(Point p) const;
};

/// Blue with cumulus, or none.
Sky day_sky(Dice& dice, double horizon);
/// A low sun or its afterglow, clouds lit from below.
Sky evening_sky(Dice& dice, double horizon);
/// White or grey all over.
Sky overcast_sky(Dice& dice, double horizon);

/// Water that mirrors a sky below its horizon, with waves.
Colour water(const Sky& sky, Point at, Colour deep, Point noise);

/// Height of hills over x, -1/2 .. 1/2; larger features for a smaller `frequency`.
double hills(double x, double frequency, Point noise);

/// The upper edge of a town over x: y of its roofs; `lowest` is the street, `height` that of the highest house.
double roofs(double x, double lowest, double height, double width, int seed);

}  // namespace sunny16::sim
