// The [1 2 1] smoother, plain version: the specification of binomial-inl.h.
#pragma once

namespace sunny16::isp {

/// [1 2 1] / 4 as two averages, each rounded half up.
constexpr int binomial(int before, int centre, int after) { return (((before + after + 1) >> 1) + centre + 1) >> 1; }

/// [1 2 1]^2 / 16, columns first; at(dx, dy) gives the sample at -1, 0 or 1 steps.
template <class At>
constexpr int binomial_3x3(At&& at) {
  const auto column = [&](int dx) { return binomial(at(dx, -1), at(dx, 0), at(dx, 1)); };
  return binomial(column(-1), column(0), column(1));
}

}  // namespace sunny16::isp
