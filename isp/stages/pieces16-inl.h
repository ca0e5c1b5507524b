// Sixteen-entry tables in vectors. Included once per SIMD target; the specification is pieces16.h.
#if defined(SUNNY16_ISP_STAGES_PIECES16_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef SUNNY16_ISP_STAGES_PIECES16_INL_H
#undef SUNNY16_ISP_STAGES_PIECES16_INL_H
#else
#define SUNNY16_ISP_STAGES_PIECES16_INL_H
#endif

#include <hwy/highway.h>

#include "isp/stages/pieces16.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Entries 0..15 for the lanes of a vector of 16-bit numbers, in any number of tables.
class Entries16 {
  using Words = hn::ScalableTag<std::int16_t>;
  using Bytes = hn::ScalableTag<std::uint8_t>;

 public:
  /// A look-up fills the low byte of each lane, another the high byte; an index byte with its top bit set gives 0.
  explicit HWY_INLINE Entries16(hn::Vec<Words> entry)
      : low_(hn::BitCast(Bytes(), hn::Or(entry, hn::Set(Words(), static_cast<std::int16_t>(0x8000))))),
        high_(hn::BitCast(Bytes(), hn::Or(hn::ShiftLeft<8>(entry), hn::Set(Words(), 0x80)))) {}

  HWY_INLINE hn::Vec<Words> in(const Table16& table) const {
    return hn::BitCast(Words(), hn::Or(hn::TableLookupBytesOr0(hn::LoadDup128(Bytes(), table.low.data()), low_),
                                       hn::TableLookupBytesOr0(hn::LoadDup128(Bytes(), table.high.data()), high_)));
  }

 private:
  hn::Vec<Bytes> low_, high_;
};

/// Places of a vector of numbers in functions of sixteen pieces.
template <int bits>
class Places16 {
  using Words = hn::ScalableTag<std::int16_t>;
  static constexpr int kPartBits = Pieces16<bits>::part_bits;

 public:
  /// v is 0..2^bits - 1.
  explicit HWY_INLINE Places16(hn::Vec<Words> v)
      : piece_(hn::ShiftRight<kPartBits>(v)),
        part_(hn::ShiftLeft<15 - kPartBits>(hn::And(v, hn::Set(Words(), (1 << kPartBits) - 1)))) {}

  HWY_INLINE hn::Vec<Words> in(const Pieces16<bits>& pieces) const {
    return hn::Add(piece_.in(pieces.start), hn::MulFixedPoint15(part_, piece_.in(pieces.increase)));
  }

 private:
  Entries16 piece_;
  hn::Vec<Words> part_;
};

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
