#include "isp/stages/unpack.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/unpack.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#ifndef SUNNY16_ISP_STAGES_UNPACK_ONCE
#define SUNNY16_ISP_STAGES_UNPACK_ONCE
#include <algorithm>
#include <cstring>

namespace sunny16::isp {

/// A byte layout other than u16: groups of high bytes, one a sample, followed by the low bits of the group's samples,
/// first sample lowest. 8-bit samples are groups of one without low bits.
struct ByteLayout {
  int group = 1, low_bits = 0;
  constexpr int group_bytes() const { return group + group * low_bits / 8; }
};
constexpr ByteLayout byte_layout(Packing packing) {
  switch (packing) {
    case Packing::csi2_10:
      return {4, 2};
    case Packing::csi2_12:
      return {2, 4};
    case Packing::csi2_14:
      return {4, 6};
    default:
      return {};
  }
}

/// One sample of a raw row.
inline std::uint16_t sample(const std::uint8_t* row, Packing packing, int x) {
  if (packing == Packing::u16) return static_cast<std::uint16_t>(row[2 * x] | row[2 * x + 1] << 8);
  if (packing == Packing::u8) return row[x];
  const ByteLayout layout = byte_layout(packing);
  const int i = x % layout.group, bit = i * layout.low_bits % 8;
  const std::uint8_t* group = row + x / layout.group * layout.group_bytes();
  const std::uint8_t* low = group + layout.group + i * layout.low_bits / 8;
  const bool crosses = bit + layout.low_bits > 8;
  const int bits = (low[0] | (crosses ? low[1] << 8 : 0)) >> bit;
  return static_cast<std::uint16_t>(group[i] << layout.low_bits | (bits & ((1 << layout.low_bits) - 1)));
}

/// How to gather eight samples from their bytes: one byte shuffle brings each sample's high byte into the upper half of
/// a u16 lane, another the bytes with its low bits; a multiplication shifts these down (each lane by its own distance)
/// to stand right below the high byte.
struct Gather {
  static constexpr std::uint8_t kNone = 0x80;  ///< shuffles in a zero
  alignas(16) std::array<std::uint8_t, 16> high{}, low{};
  alignas(16) std::array<std::uint16_t, 8> factor{};
  int bytes = 0, low_bits = 0;

  constexpr explicit Gather(Packing packing) {
    const ByteLayout layout = byte_layout(packing);
    low_bits = layout.low_bits;
    bytes = 8 + low_bits;
    for (int sample = 0; sample < 8; ++sample) {
      const auto lane = static_cast<std::size_t>(sample);
      const int i = sample % layout.group, group = sample / layout.group * layout.group_bytes();
      high[2 * lane] = kNone, high[2 * lane + 1] = static_cast<std::uint8_t>(group + i);
      low[2 * lane] = low[2 * lane + 1] = kNone;
      if (low_bits == 0) continue;
      // Low bits that lie in one byte: that byte in the upper half. In two: both. Either way their end must come to
      // bit 8.
      const int first = i * low_bits / 8, end = i * low_bits % 8 + low_bits, byte = group + layout.group + first;
      if (end > 8) low[2 * lane] = static_cast<std::uint8_t>(byte);
      low[2 * lane + 1] = static_cast<std::uint8_t>(end > 8 ? byte + 1 : byte);
      factor[lane] = static_cast<std::uint16_t>(1 << ((end > 8 ? 24 : 16) - end));
    }
  }
};
inline constexpr std::array<Gather, 5> kGathers{Gather(Packing::u8), Gather(Packing::u16), Gather(Packing::csi2_10),
                                                Gather(Packing::csi2_12), Gather(Packing::csi2_14)};

}  // namespace sunny16::isp
#endif

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Quads made at a time, so that unpacked columns wait in the first-level cache for their split into even and odd.
constexpr int kChunk = 256, kColumns = 4 * kChunk;
constexpr int kLead = 8;  ///< samples before the first, to begin at a whole group
/// Unpacked columns, with slack for whole vectors beyond the last.
using Columns = std::array<std::uint16_t, kLead + kColumns + 4 * kSlack>;

/// Samples first .. end - 1 of a packed row; `first` begins a group. Writes up to 7 more.
void gather(const std::uint8_t* row, Packing packing, int width, int first, int end, std::uint16_t* out) {
  const hn::Full128<std::uint8_t> d8;
  const hn::Full128<std::uint16_t> d;
  const Gather& g = kGathers[static_cast<std::size_t>(packing)];
  const auto high = hn::Load(d8, g.high.data()), low = hn::Load(d8, g.low.data());
  const auto factor = hn::Load(d, g.factor.data());
  const auto low_mask = hn::Set(d, static_cast<std::uint16_t>(256 - (256 >> g.low_bits)));
  const int row_end = static_cast<int>(row_bytes(packing, width));
  int x = first, byte = first * g.bytes / 8;
  for (; x < end && byte + 16 <= row_end; x += 8, byte += g.bytes) {
    const auto bytes = hn::LoadU(d8, row + byte);
    const auto high_bits = hn::BitCast(d, hn::TableLookupBytesOr0(bytes, high));
    const auto low_bits = hn::MulHigh(hn::BitCast(d, hn::TableLookupBytesOr0(bytes, low)), factor);
    hn::StoreU(hn::ShiftRightSame(hn::Or(high_bits, hn::And(low_bits, low_mask)), 8 - g.low_bits), d,
               out + (x - first));
  }
  for (; x < end; ++x) out[x - first] = sample(row, packing, x);
}

/// Bytes of `count` 16-bit samples from sensor column `first` on, reflected into the picture; `columns` holds them
/// unless the row itself can. Whole vectors beyond the last may be read, not used.
const std::uint8_t* unpack_columns(const Unpack::Registers& r, const std::byte* bytes, int first, int count,
                                   Columns& columns) {
  const auto* row = reinterpret_cast<const std::uint8_t*>(bytes);
  const auto packing = static_cast<Packing>(r.packing);
  if (packing == Packing::u16 && first >= 0 && first + count + 4 * kSlack <= r.width) return row + 2 * first;

  std::uint16_t* out = columns.data() + kLead;
  const int begin = std::max(first, 0), end = std::min(first + count, int{r.width});
  if (packing == Packing::u16) {
    if (begin < end) std::memcpy(out + (begin - first), row + 2 * begin, static_cast<std::size_t>(end - begin) * 2);
  } else {
    const int group = begin & ~3;
    gather(row, packing, r.width, group, end, out + (group - first));
  }
  for (int x = first; x < begin; ++x) out[x - first] = sample(row, packing, reflect(x, r.width));
  for (int x = std::max(end, begin); x < first + count; ++x) out[x - first] = sample(row, packing, reflect(x, r.width));
  return reinterpret_cast<const std::uint8_t*>(out);
}

/// Columns of two vectors, split by parity.
template <class D>
struct Split {
  hn::Vec<D> even, odd;

  Split(hn::Vec<D> first, hn::Vec<D> second)
      : even(hn::ConcatEven(D(), second, first)), odd(hn::ConcatOdd(D(), second, first)) {}
  Split(const std::uint8_t* samples, int x)
      : Split(load(samples, x), load(samples, x + static_cast<int>(hn::Lanes(D())))) {}

  static hn::Vec<D> load(const std::uint8_t* samples, int x) {  // as bytes: rows of odd stride are not aligned to u16
    return hn::BitCast(D(), hn::LoadU(hn::Repartition<std::uint8_t, D>(), samples + 2 * x));
  }
};

/// (a + b + c + d + 2) >> 2 without overflow: quarters sum to at most 4 * 16383, remainders to (12 + 2) >> 2.
template <class D>
hn::Vec<D> mean(D d, const Split<D>& ab, const Split<D>& cd) {
  const auto quarter = [](auto v) { return hn::ShiftRight<2>(v); };
  const auto rest = [d](auto v) { return hn::And(v, hn::Set(d, 3)); };
  const auto quarters = hn::Add(hn::Add(quarter(ab.even), quarter(ab.odd)), hn::Add(quarter(cd.even), quarter(cd.odd)));
  const auto rests = hn::Add(hn::Add(rest(ab.even), rest(ab.odd)), hn::Add(rest(cd.even), rest(cd.odd)));
  return hn::Add(quarters, quarter(hn::Add(rests, hn::Set(d, 2))));
}

void unpack_row(const Unpack::Registers& r, const RowIo& io, Span span) {
  const hn::ScalableTag<std::uint16_t> d;
  using SplitD = Split<hn::ScalableTag<std::uint16_t>>;
  const int lanes = static_cast<int>(hn::Lanes(d));
  Columns buffer_a{}, buffer_b{};
  for (int done = 0; done < span.count; done += kChunk) {
    const int quads = std::min(kChunk, span.count - done), count = 2 * r.binning * quads;
    const int first = 2 * r.binning * (span.x + done) - red_x(static_cast<CfaPhase>(r.phase));
    for (int parity = 0; parity < 2; ++parity) {
      std::uint16_t *even = io.out<std::uint16_t>(2 * parity) + done,
                    *odd = io.out<std::uint16_t>(2 * parity + 1) + done;
      const std::uint8_t* a = unpack_columns(r, io.in<std::byte>(0, 0, parity), first, count, buffer_a);
      if (r.binning == 1) {
        for (int x = 0; x < quads; x += lanes) {
          const SplitD columns(a, 2 * x);
          hn::StoreU(columns.even, d, even + x);
          hn::StoreU(columns.odd, d, odd + x);
        }
      } else {
        const std::uint8_t* b = unpack_columns(r, io.in<std::byte>(0, 0, parity + 2), first, count, buffer_b);
        for (int x = 0; x < quads; x += lanes) {
          const SplitD a0(a, 4 * x), a1(a, 4 * x + 2 * lanes), b0(b, 4 * x), b1(b, 4 * x + 2 * lanes);
          hn::StoreU(mean(d, SplitD(a0.even, a1.even), SplitD(b0.even, b1.even)), d, even + x);
          hn::StoreU(mean(d, SplitD(a0.odd, a1.odd), SplitD(b0.odd, b1.odd)), d, odd + x);
        }
      }
    }
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace sunny16::isp {

static_assert(RowStage<Unpack>);
HWY_EXPORT(unpack_row);

void Unpack::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(unpack_row)(registers, io, span);
}

void Unpack::reference_row(const Registers& r, const RowIo& io, Span span) {
  const int left = red_x(static_cast<CfaPhase>(r.phase)), cells = r.binning * r.binning;
  for (int plane = 0; plane < 4; ++plane)
    for (int x = 0; x < span.count; ++x) {
      int sum = 0;  // <= 4 * 65535
      for (int i = 0; i < r.binning; ++i)
        for (int j = 0; j < r.binning; ++j) {
          const int column = 2 * ((span.x + x) * r.binning + j) + (plane & 1) - left;
          sum += sample(io.in<std::uint8_t>(0, 0, 2 * i + (plane >> 1)), static_cast<Packing>(r.packing),
                        reflect(column, r.width));
        }
      io.out<std::uint16_t>(plane)[x] = static_cast<std::uint16_t>((sum + cells / 2) / cells);
    }
}

Unpack::Registers Unpack::derive(const Tuning&, const Conditions& conditions) {
  return {.enabled = 1,
          .packing = static_cast<std::uint16_t>(conditions.packing),
          .phase = static_cast<std::uint16_t>(conditions.phase),
          .width = static_cast<std::uint16_t>(conditions.frame.active.width),
          .binning = static_cast<std::uint16_t>(conditions.binning == 2 ? 2 : 1)};
}

}  // namespace sunny16::isp
#endif
