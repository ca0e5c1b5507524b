// From a thumbnail to the gains of local tone mapping.
//
// A region's light is the mean of its surroundings' logarithms, weighted by nearness in place and in light, so that
// edges between regions stay where they are (the bilateral filter, as in Durand and Dorsey 2002, on the grid of Chen,
// Paris, Durand 2007). That light is mapped towards the mid-tones; what a pixel differs from it is detail, and is
// kept. Where nothing of a pixel's light is near, its own light stands for the region's.
#pragma once

#include "isp/core/conditions.h"
#include "isp/core/thumbnail.h"
#include "isp/stages/local_tone.h"

namespace sunny16::isp {

/// Where the sensor clips, EV above white: what the digital gain makes of saturation.
double clipping_ev(const Conditions& conditions);

/// The map of a region's light, both in EV above white. Monotone for strengths 0..1. Mid-tones, and what is near them,
/// stay. Strength 1 brings most of a dark region's distance from them in, and what is clipped down to white, but no
/// further: clouds stay white.
double mapped_light(double ev, double strength, double clipping);

ToneGrid tone_grid(const LocalToneTuning& tuning, const Thumbnail& thumbnail, const Conditions& conditions,
                   const NodeGrid& grid, const Rect& active);

}  // namespace sunny16::isp
