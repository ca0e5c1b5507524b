// The [1 2 1] smoother of vectors. Included once per SIMD target; the plain version is in binomial.h.
#if defined(SUNNY16_ISP_STAGES_BINOMIAL_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef SUNNY16_ISP_STAGES_BINOMIAL_INL_H
#undef SUNNY16_ISP_STAGES_BINOMIAL_INL_H
#else
#define SUNNY16_ISP_STAGES_BINOMIAL_INL_H
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// [1 2 1] / 4 as two averages of unsigned lanes.
template <class V>
HWY_INLINE V binomial(V before, V centre, V after) {
  return hn::AverageRound(hn::AverageRound(before, after), centre);
}

/// [1 2 1]^2 / 16, columns first; at(dx, dy) gives the samples at -1, 0 or 1 steps.
template <class At>
HWY_INLINE auto binomial_3x3(At&& at) {
  const auto column = [&](int dx) HWY_ATTR { return binomial(at(dx, -1), at(dx, 0), at(dx, 1)); };
  return binomial(column(-1), column(0), column(1));
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
