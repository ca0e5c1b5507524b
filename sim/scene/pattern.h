// What surfaces are drawn with, built from IEEE arithmetic alone: waves, steps and noise.
#pragma once

#include <array>
#include <cstdint>

#include "isp/core/exact_math.h"
#include "isp/core/sine.h"
#include "sim/scene/scene.h"

namespace sunny16::sim {

namespace exact = isp::exact;

using isp::exact::sine;

/// 0 below `from`, 1 above `to`, smooth between; from the other side if `from` lies above `to`.
constexpr double smooth_step(double from, double to, double v) {
  const double t = exact::clamp((v - from) * (1 / (to - from)), 0, 1);
  return t * t * (3 - 2 * t);
}

/// A fixed random number in 0..1 for each cell of the plane.
constexpr double cell_noise(int x, int y) {
  std::uint32_t h = static_cast<std::uint32_t>(x) * 0x9E3779B1u ^ static_cast<std::uint32_t>(y) * 0x85EBCA77u;
  h = (h ^ h >> 15) * 0x2C1B3C6Du;
  h = (h ^ h >> 12) * 0x297A2D39u;
  return static_cast<double>(h ^ h >> 15) / 4294967296.0;
}

/// Smooth noise between 0 and 1 with features one unit wide; it repeats after 128 units.
double value_noise(Point p);

/// Three octaves of noise, -1/2 .. 1/2, each turned so that their lattices do not show: one look-up. It repeats after
/// 16 units.
double fractal_noise(Point p);

/// Six octaves: two look-ups.
inline double fine_noise(Point p) {
  constexpr double kFiner = 11.2;
  return (fractal_noise(p) + fractal_noise(p * kFiner) * (1 / kFiner)) * (kFiner / (kFiner + 1));
}

}  // namespace sunny16::sim
