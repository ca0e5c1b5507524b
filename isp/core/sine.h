// The sine, with the same result on every machine: as exact_math.h has its functions, from IEEE 754 + - * alone.
#pragma once

#include <array>
#include <cstddef>

#include "isp/core/exact_math.h"

namespace sunny16::isp::exact {

/// sin(2 pi turns), within 1e-9: Taylor's series over a quarter of a turn on either side, summed as Estrin does so that
/// the products do not wait for each other.
constexpr double sine(double turns) {
  double t = turns - floor(turns + 0.5);
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

}  // namespace sunny16::isp::exact
