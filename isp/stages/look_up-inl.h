// Tables of sixteen 16-bit entries, looked up within a register. Included once per SIMD target.
#if defined(SUNNY16_ISP_STAGES_LOOK_UP_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef SUNNY16_ISP_STAGES_LOOK_UP_INL_H
#undef SUNNY16_ISP_STAGES_LOOK_UP_INL_H
#else
#define SUNNY16_ISP_STAGES_LOOK_UP_INL_H
#endif

#include <hwy/highway.h>

#include <array>
#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Entries low[index] + 256 * high[index]; each 16-bit lane of `index` is 0..15.
template <class D, class V>
HWY_INLINE V look_up(D d, const std::array<std::uint8_t, 16>& low, const std::array<std::uint8_t, 16>& high, V index) {
  const hn::Repartition<std::uint8_t, D> d8;
  // One look-up fills the low byte of each lane, one the high byte; an index byte with its top bit set gives 0.
  const auto low_index = hn::BitCast(d8, hn::Or(index, hn::Set(d, 0x8000)));
  const auto high_index = hn::BitCast(d8, hn::Or(hn::ShiftLeft<8>(index), hn::Set(d, 0x0080)));
  return hn::BitCast(d, hn::Or(hn::TableLookupBytesOr0(hn::LoadDup128(d8, low.data()), low_index),
                               hn::TableLookupBytesOr0(hn::LoadDup128(d8, high.data()), high_index)));
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
