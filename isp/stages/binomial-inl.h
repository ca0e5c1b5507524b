// The [1 2 1] smoother of vectors. Included once per SIMD target; the plain version is in binomial.h.
#if defined(SUNNY16_ISP_STAGES_BINOMIAL_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef SUNNY16_ISP_STAGES_BINOMIAL_INL_H
#undef SUNNY16_ISP_STAGES_BINOMIAL_INL_H
#else
#define SUNNY16_ISP_STAGES_BINOMIAL_INL_H
#endif

#include <hwy/highway.h>

#include <algorithm>

#include "isp/stage/stage.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// [1 2 1] / 4 as two averages of unsigned lanes.
template <class V>
HWY_INLINE V binomial(V before, V centre, V after) {
  return hn::AverageRound(hn::AverageRound(before, after), centre);
}

/// [1 2 1]^2 / 16 over three rows, neighbours `step` samples apart: calls f(x, mean) for vectors at 0 <= x < count.
/// Columns are smoothed first, in chunks that stay in the first-level cache, so that each is smoothed once.
template <class D, class T, class F>
HWY_INLINE void binomial_3x3(D d, const T* above, const T* centre, const T* below, int step, int count, F&& f) {
  constexpr int kChunk = 1024, kMaxStep = 2;
  const int lanes = static_cast<int>(hn::Lanes(d));
  HWY_ALIGN T columns[kChunk + 2 * kMaxStep + kSlack];
  for (int start = 0; start < count; start += kChunk) {
    const int end = std::min(start + kChunk, count), width = end - start + 2 * step;
    for (int i = 0; i < width; i += lanes) {
      const int x = start - step + i;
      hn::StoreU(binomial(hn::LoadU(d, above + x), hn::LoadU(d, centre + x), hn::LoadU(d, below + x)), d, columns + i);
    }
    for (int x = start; x < end; x += lanes) {
      const T* column = columns + (x - start);
      f(x, binomial(hn::LoadU(d, column), hn::LoadU(d, column + step), hn::LoadU(d, column + 2 * step)));
    }
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
