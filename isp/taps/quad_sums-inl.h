// Vector pieces shared by the taps. Included once per SIMD target.
#if defined(SUNNY16_ISP_TAPS_QUAD_SUMS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef SUNNY16_ISP_TAPS_QUAD_SUMS_INL_H
#undef SUNNY16_ISP_TAPS_QUAD_SUMS_INL_H
#else
#define SUNNY16_ISP_TAPS_QUAD_SUMS_INL_H
#endif

#include <hwy/highway.h>

#include "isp/taps/luma.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Tag16 = hn::ScalableTag<std::uint16_t>;
using Tag32 = hn::ScalableTag<std::uint32_t>;
using Vector16 = hn::Vec<Tag16>;

/// Sum of u16 lanes. Bound: 2^16 samples of 65535 < 2^32, whichever lanes they fall in; a row of a zone has 2^13.
class RowSum {
 public:
  RowSum() : sum_(hn::Zero(Tag32())) {}
  void add(Vector16 v) {
    const Tag32 d;
    const auto pairs = hn::BitCast(d, v);
    sum_ = hn::Add(sum_, hn::Add(hn::And(pairs, hn::Set(d, 0xFFFF)), hn::ShiftRight<16>(pairs)));
  }
  std::uint32_t total() const { return hn::GetLane(hn::SumOfLanes(Tag32(), sum_)); }

 private:
  hn::Vec<Tag32> sum_;
};

/// Calls f(i, mask) for each vector of [first, first + count): `mask` leaves out what lies behind the end.
template <class F>
HWY_INLINE void for_each_vector(int first, int count, F&& f) {
  const Tag16 d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  for (int i = 0; i < count; i += lanes)
    f(first + i, hn::FirstN(d, static_cast<std::size_t>(std::min(count - i, lanes))));
}

HWY_INLINE Vector16 load_above_black(const std::uint16_t* row) {
  const Tag16 d;
  return hn::SaturatedSub(hn::LoadU(d, row), hn::Set(d, domain::LinearRaw::black));
}

HWY_INLINE Vector16 luma(const LumaWeights& weights, const RowIo& io, int i) {
  const Tag16 d;
  auto sum = hn::Zero(d);
  for (const Quad plane : {kR, kGr, kGb, kB})
    sum = hn::SaturatedAdd(
        sum, hn::MulHigh(load_above_black(io.in<std::uint16_t>(0, plane) + i), hn::Set(d, weights[plane].raw)));
  return sum;
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
