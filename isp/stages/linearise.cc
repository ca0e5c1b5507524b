#include "isp/stages/linearise.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/linearise.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// One byte of each of 64 entries, looked up by bytes 0..63: four look-ups by the low four bits, chosen among by bits 4
/// and 5.
template <class D8>
class ByteTable {
 public:
  using V = hn::Vec<D8>;
  struct Index {
    V low;
    hn::Mask<D8> bit4, bit5;
    explicit Index(V index)
        : low(hn::And(index, hn::Set(D8(), 15))),
          bit4(hn::TestBit(index, hn::Set(D8(), 16))),
          bit5(hn::TestBit(index, hn::Set(D8(), 32))) {}
  };

  explicit ByteTable(const std::uint8_t* entries)
      : quarter0_(hn::LoadDup128(D8(), entries)),
        quarter1_(hn::LoadDup128(D8(), entries + 16)),
        quarter2_(hn::LoadDup128(D8(), entries + 32)),
        quarter3_(hn::LoadDup128(D8(), entries + 48)) {}

  HWY_INLINE V operator()(const Index& i) const {
    const auto at = [&](V quarter) { return hn::TableLookupBytes(quarter, i.low); };
    const V lower = hn::IfThenElse(i.bit4, at(quarter1_), at(quarter0_));
    const V upper = hn::IfThenElse(i.bit4, at(quarter3_), at(quarter2_));
    return hn::IfThenElse(i.bit5, upper, lower);
  }

 private:
  V quarter0_, quarter1_, quarter2_, quarter3_;
};

/// 64 entries of 16 bits for indices in the even bytes (first) and the odd bytes (second) of one vector.
template <class D8>
class Table {
 public:
  using V16 = hn::Vec<hn::RepartitionToWide<D8>>;
  explicit Table(const std::array<std::uint16_t, 64>& entries) : Table(Bytes(entries)) {}

  HWY_INLINE void operator()(const typename ByteTable<D8>::Index& index, V16& first, V16& second) const {
    const hn::RepartitionToWide<D8> d;
    const V16 low = hn::BitCast(d, low_(index)), high = hn::BitCast(d, high_(index));
    first = hn::Or(hn::ShiftLeft<8>(high), hn::And(low, hn::Set(d, 255)));
    second = hn::Or(hn::AndNot(hn::Set(d, 255), high), hn::ShiftRight<8>(low));
  }

 private:
  struct Bytes {
    alignas(16) std::array<std::uint8_t, 64> low, high;
    explicit Bytes(const std::array<std::uint16_t, 64>& entries) {
      for (std::size_t i = 0; i < entries.size(); ++i) {
        low[i] = static_cast<std::uint8_t>(entries[i] & 255);
        high[i] = static_cast<std::uint8_t>(entries[i] >> 8);
      }
    }
  };
  explicit Table(const Bytes& bytes) : low_(bytes.low.data()), high_(bytes.high.data()) {}
  ByteTable<D8> low_, high_;
};

void linearise_row(const Linearise::Registers& r, const RowIo& io, Span span) {
  const hn::ScalableTag<std::uint16_t> d;
  const hn::Repartition<std::uint8_t, decltype(d)> d8;
  const Table<decltype(d8)> value(r.value), slope(r.slope);
  const int shift = r.shift;
  const auto last = hn::Set(d, static_cast<std::uint16_t>((64 << shift) - 1));
  const auto interpolate = [&](auto v, auto base, auto rise) HWY_ATTR {
    const auto fraction = hn::ShiftLeftSame(v, 16 - shift);  // of 65536
    // (rise * fraction + 32768) >> 16: the product's high half, plus the top bit of its low half.
    const auto round = hn::ShiftRight<15>(hn::Mul(rise, fraction));
    return hn::Add(base, hn::Add(hn::MulHigh(rise, fraction), round));
  };
  // Two planes share each vector of byte indices.
  for (int plane = 0; plane < 4; plane += 2) {
    const auto *in0 = io.in<std::uint16_t>(0, plane), *in1 = io.in<std::uint16_t>(0, plane + 1);
    auto *out0 = io.out<std::uint16_t>(plane), *out1 = io.out<std::uint16_t>(plane + 1);
    for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(d))) {
      const auto v0 = hn::Min(hn::LoadU(d, in0 + x), last), v1 = hn::Min(hn::LoadU(d, in1 + x), last);
      const auto indices = hn::Or(hn::ShiftRightSame(v0, shift), hn::ShiftLeft<8>(hn::ShiftRightSame(v1, shift)));
      const typename ByteTable<decltype(d8)>::Index index(hn::BitCast(d8, indices));
      auto base0 = v0, base1 = v1, rise0 = v0, rise1 = v1;
      value(index, base0, base1);
      slope(index, rise0, rise1);
      hn::StoreU(interpolate(v0, base0, rise0), d, out0 + x);
      hn::StoreU(interpolate(v1, base1, rise1), d, out1 + x);
    }
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"

namespace sunny16::isp {

static_assert(RowStage<Linearise>);
HWY_EXPORT(linearise_row);

void Linearise::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(linearise_row)(registers, io, span);
}

void Linearise::reference_row(const Registers& r, const RowIo& io, Span span) {
  for (int plane = 0; plane < 4; ++plane)
    for (int x = 0; x < span.count; ++x) {
      const unsigned v = std::min<unsigned>(io.in<std::uint16_t>(0, plane)[x], (64u << r.shift) - 1);
      const unsigned i = v >> r.shift, fraction = (v << (16 - r.shift)) & 0xFFFF;
      // 65535 * 65535 + 32768 < 2^32
      const unsigned rise = (r.slope[i] * fraction + 32768) >> 16;
      io.out<std::uint16_t>(plane)[x] = static_cast<std::uint16_t>(r.value[i] + rise);
    }
}

namespace {

/// The curve through the knees at companded DN x.
double curve(const LineariseTuning& tuning, double x) {
  const std::size_t knees = std::min(tuning.companded.size(), tuning.linear.size());
  if (knees == 0) return x;
  const std::vector<double>&in = tuning.companded, &out = tuning.linear;
  std::size_t next = 0;
  while (next < knees && in[next] <= x) ++next;
  if (next == 0) return out.front();
  if (next == knees) return out[knees - 1];
  return out[next - 1] + (out[next] - out[next - 1]) * (x - in[next - 1]) / (in[next] - in[next - 1]);
}

}  // namespace

Linearise::Registers Linearise::derive(const Tuning& tuning, const Conditions&) {
  Registers r{.enabled = tuning.enabled, .shift = static_cast<std::uint16_t>(std::clamp(tuning.bits, 7, 16) - 6)};
  std::uint16_t highest = 0;
  for (int i = 0; i <= kSegments; ++i) {
    const auto point = static_cast<std::size_t>(i);
    const double value = exact::clamp(curve(tuning, static_cast<double>(i << r.shift)), 0, 65535);
    const auto raised = std::max(highest, static_cast<std::uint16_t>(round_half_up(value)));
    if (i > 0) r.slope[point - 1] = static_cast<std::uint16_t>(raised - r.value[point - 1]);
    if (i < kSegments) r.value[point] = raised;
    highest = raised;
  }
  return r;
}

}  // namespace sunny16::isp
#endif
