// What surfaces are drawn with, built from IEEE arithmetic alone: waves, steps and noise.
#pragma once

#include <array>
#include <cstdint>

#include "isp/core/exact_math.h"
#include "sim/scene/scene.h"

namespace sunny16::sim {

namespace exact = isp::exact;

/// sin(2 pi turns), within 1e-9: Taylor's series over a quarter of a turn on either side, summed as Estrin does so that
/// the products do not wait for each other.
constexpr double sine(double turns) {
  double t = turns - exact::floor(turns + 0.5);
  if (t > 0.25) t = 0.5 - t;
  if (t < -0.25) t = -0.5 - t;
  constexpr auto kTerms = [] {
    constexpr double kTurn = 6.283185307179586;
    std::array<double, 7> terms{};
    double term = kTurn;
    for (int i = 0; i < 7; ++i, term *= -kTurn * kTurn / (2 * i * (2 * i + 1)))
      terms[static_cast<std::size_t>(i)] = term;
    return terms;
  }();
  const double t2 = t * t, t4 = t2 * t2;
  const double low = kTerms[0] + kTerms[1] * t2 + t4 * (kTerms[2] + kTerms[3] * t2);
  const double high = kTerms[4] + kTerms[5] * t2 + t4 * kTerms[6];
  return t * (low + t4 * t4 * high);
}

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
