// Curves of 64 pieces in vectors, two vectors at a time. Included once per SIMD target; the specification is
// curve_table.h.
#if defined(SUNNY16_ISP_STAGES_CURVE_TABLE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef SUNNY16_ISP_STAGES_CURVE_TABLE_INL_H
#undef SUNNY16_ISP_STAGES_CURVE_TABLE_INL_H
#else
#define SUNNY16_ISP_STAGES_CURVE_TABLE_INL_H
#endif

#include <hwy/highway.h>

#include "isp/stages/curve_table.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Bytes = hn::ScalableTag<std::uint8_t>;
using Words = hn::ScalableTag<std::uint16_t>;
using ByteVector = hn::Vec<Bytes>;
using WordVector = hn::Vec<Words>;
using Word = hn::RebindToSigned<Words>;
using Vector = hn::Vec<Word>;

struct Pair {
  Vector first, second;
};

#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
/// 64 words in two vectors, which AVX-512 looks up in one instruction (Highway 1.0 has no operation for it).
struct Table {
  Vector low, high;

  explicit Table(const CurveTable::Entries& table) {
    HWY_ALIGN std::int16_t words[CurveTable::kSegments];
    for (std::size_t i = 0; i < CurveTable::kSegments; ++i)
      words[i] = static_cast<std::int16_t>(table.low[i] | table.high[i] << 8);
    low = hn::Load(Word(), words), high = hn::Load(Word(), words + hn::Lanes(Word()));
  }
};
struct Segments {
  WordVector first, second;
  Segments(WordVector p0, WordVector p1) : first(hn::ShiftRight<10>(p0)), second(hn::ShiftRight<10>(p1)) {}

  HWY_INLINE Pair in(const Table& table) const {
    return {Vector{_mm512_permutex2var_epi16(table.low.raw, first.raw, table.high.raw)},
            Vector{_mm512_permutex2var_epi16(table.low.raw, second.raw, table.high.raw)}};
  }
};
#else
/// 64 bytes in four vectors, low bytes and high ones.
struct Table {
  ByteVector low[4], high[4];

  explicit Table(const CurveTable::Entries& table) {
    for (int i = 0; i < 4; ++i) {
      low[i] = hn::LoadDup128(Bytes(), table.low.data() + 16 * i);
      high[i] = hn::LoadDup128(Bytes(), table.high.data() + 16 * i);
    }
  }
};
/// The segments of two vectors, as bytes: index[i] is segment - 16 i where that is 0..15, else has its top bit set.
struct Segments {
  ByteVector index[4];

  Segments(WordVector p0, WordVector p1) {
    const Bytes d;
    const ByteVector segment = hn::BitCast(d, hn::Or(hn::ShiftRight<10>(p0), hn::ShiftLeft<8>(hn::ShiftRight<10>(p1))));
    for (int i = 0; i < 4; ++i) {
      const ByteVector relative = hn::Sub(segment, hn::Set(d, static_cast<std::uint8_t>(16 * i)));
      index[i] = hn::And(hn::SaturatedAdd(relative, hn::Set(d, 112)), hn::Set(d, 0x8F));
    }
  }

  HWY_INLINE ByteVector bytes(const ByteVector (&quarter)[4]) const {
    return hn::Or(hn::Or(hn::TableLookupBytesOr0(quarter[0], index[0]), hn::TableLookupBytesOr0(quarter[1], index[1])),
                  hn::Or(hn::TableLookupBytesOr0(quarter[2], index[2]), hn::TableLookupBytesOr0(quarter[3], index[3])));
  }
  /// Words of the first vector from even bytes of the look-ups, words of the second from odd bytes.
  HWY_INLINE Pair in(const Table& table) const {
    const Bytes db;
    const Words du;
    const ByteVector low = bytes(table.low), high = bytes(table.high);
    return {hn::BitCast(Word(), hn::OddEven(hn::BitCast(db, hn::ShiftLeft<8>(hn::BitCast(du, high))), low)),
            hn::BitCast(Word(), hn::OddEven(high, hn::BitCast(db, hn::ShiftRight<8>(hn::BitCast(du, low)))))};
  }
};
#endif

/// A curve in a kernel's registers.
struct VectorCurve {
  Table base, delta;
  explicit VectorCurve(const CurveTable& table) : base(table.base), delta(table.delta) {}

  /// At two vectors of positions.
  HWY_INLINE Pair operator()(WordVector p0, WordVector p1) const {
    const Segments segments(p0, p1);
    const Pair starts = segments.in(base), increases = segments.in(delta);
    const auto interpolate = [](WordVector p, Vector start, Vector increase) HWY_ATTR {
      const auto part = hn::BitCast(Word(), hn::ShiftLeft<5>(hn::And(p, hn::Set(Words(), 1023))));
      return hn::Add(start, hn::MulFixedPoint15(part, increase));
    };
    return {interpolate(p0, starts.first, increases.first), interpolate(p1, starts.second, increases.second)};
  }
};

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
