// What surfaces are drawn with, built from IEEE arithmetic alone: waves, steps and noise.
#pragma once

#include <cstdint>

#include "isp/core/exact_math.h"
#include "sim/scene/scene.h"

namespace sunny16::sim {

namespace exact = isp::exact;

/// sin(2 pi turns), within 1e-9: Taylor's series over a quarter of a turn on either side.
constexpr double sine(double turns) {
  double t = turns - exact::floor(turns + 0.5);
  if (t > 0.25) t = 0.5 - t;
  if (t < -0.25) t = -0.5 - t;
  const double x = 6.283185307179586 * t, x2 = x * x;
  double sum = 1;
  for (int k = 14; k >= 2; k -= 2) sum = 1 - sum * x2 / (k * (k + 1));
  return x * sum;
}

/// 0 below `from`, 1 above `to`, smooth between.
constexpr double smooth_step(double from, double to, double v) {
  const double t = exact::clamp((v - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}

/// A fixed random number in 0..1 for each cell of the plane.
constexpr double cell_noise(int x, int y) {
  std::uint32_t h = static_cast<std::uint32_t>(x) * 0x9E3779B1u ^ static_cast<std::uint32_t>(y) * 0x85EBCA77u;
  h = (h ^ h >> 15) * 0x2C1B3C6Du;
  h = (h ^ h >> 12) * 0x297A2D39u;
  return static_cast<double>(h ^ h >> 15) / 4294967296.0;
}

/// Smooth noise between 0 and 1 with features one unit wide.
constexpr double value_noise(Point p) {
  const double fx = exact::floor(p.x), fy = exact::floor(p.y);
  const int x = static_cast<int>(fx), y = static_cast<int>(fy);
  const double u = smooth_step(0, 1, p.x - fx), v = smooth_step(0, 1, p.y - fy);
  const double top = cell_noise(x, y) * (1 - u) + cell_noise(x + 1, y) * u;
  const double bottom = cell_noise(x, y + 1) * (1 - u) + cell_noise(x + 1, y + 1) * u;
  return top * (1 - v) + bottom * v;
}

/// Several octaves of noise, -1/2 .. 1/2.
constexpr double fractal_noise(Point p, int octaves) {
  double sum = 0, weight = 0.5, total = 0;
  for (int i = 0; i < octaves; ++i, p = p * 2.03, weight *= 0.5) sum += weight * value_noise(p), total += weight;
  return sum / total - 0.5;
}

}  // namespace sunny16::sim
