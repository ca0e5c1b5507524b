#include "isp/stages/tone_curve.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/tone_curve.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Bytes = hn::ScalableTag<std::uint8_t>;
using Words = hn::ScalableTag<std::uint16_t>;
using ByteVector = hn::Vec<Bytes>;
using WordVector = hn::Vec<Words>;

/// Segment * 1024 + part, from a linear value; see `position` for the plain form. The steeper lines saturate, and then
/// exceed the others.
HWY_INLINE WordVector position(hn::Vec<hn::RebindToSigned<Words>> v) {
  const Words d;
  const auto line = [d](WordVector scaled, std::uint16_t offset)
                        HWY_ATTR { return hn::SaturatedAdd(scaled, hn::Set(d, offset)); };
  const WordVector x = hn::BitCast(d, hn::Max(v, hn::Zero(hn::RebindToSigned<Words>())));
  const WordVector x2 = hn::Add(x, x), x8 = hn::ShiftLeft<3>(hn::Min(x, hn::Set(d, 8191)));
  const WordVector x32 = hn::ShiftLeft<5>(hn::Min(x, hn::Set(d, 2047)));
  const WordVector x64 = hn::SaturatedAdd(x32, x32), x128 = hn::SaturatedAdd(x64, x64);
  const WordVector dark = hn::Min(x128, line(x32, 12288)), middle = hn::Min(line(x8, 24576), line(x2, 43008));
  return hn::Min(hn::Min(dark, middle), hn::Add(hn::ShiftRight<2>(x), hn::Set(d, 57344)));
}

using Word = hn::RebindToSigned<Words>;
using Vector = hn::Vec<Word>;

struct Pair {
  Vector first, second;
};

#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
/// 64 words in two vectors, which AVX-512 looks up in one instruction (Highway 1.0 has no operation for it).
struct Table {
  Vector low, high;

  explicit Table(const ToneCurve::ByteTable& table) {
    HWY_ALIGN std::int16_t words[ToneCurve::kSegments];
    for (std::size_t i = 0; i < ToneCurve::kSegments; ++i) words[i] = static_cast<std::int16_t>(table.low[i] | table.high[i] << 8);
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

  explicit Table(const ToneCurve::ByteTable& table) {
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

void tone_curve_row(const ToneCurve::Registers& registers, const RowIo& io, Span span) {
  const Words du;
  const Word d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const Table base(registers.base), delta(registers.delta);
  const auto interpolate = [&](WordVector p, Vector start, Vector increase) HWY_ATTR {
    const auto part = hn::BitCast(d, hn::ShiftLeft<5>(hn::And(p, hn::Set(du, 1023))));
    return hn::Min(hn::Add(start, hn::MulFixedPoint15(part, increase)), hn::Set(d, std::int16_t{ToneCurve::Out::max}));
  };

  for (int plane = 0; plane < 3; ++plane) {
    const auto* in = io.in<std::int16_t>(0, plane);
    auto* out = io.out<std::int16_t>(plane);
    for (int x = 0; x < span.count; x += 2 * lanes) {
      const WordVector p0 = position(hn::LoadU(d, in + x)), p1 = position(hn::LoadU(d, in + x + lanes));
      const Segments segments(p0, p1);
      const Pair starts = segments.in(base), increases = segments.in(delta);
      hn::StoreU(interpolate(p0, starts.first, increases.first), d, out + x);
      hn::StoreU(interpolate(p1, starts.second, increases.second), d, out + x + lanes);
    }
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"
#include "isp/stages/int16.h"

namespace sunny16::isp {

static_assert(RowStage<ToneCurve>);
HWY_EXPORT(tone_curve_row);

void ToneCurve::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(tone_curve_row)(registers, io, span);
}

namespace {

std::int16_t at(const ToneCurve::ByteTable& table, std::size_t i) {
  return static_cast<std::int16_t>(table.low[i] | table.high[i] << 8);
}
void set(ToneCurve::ByteTable& table, std::size_t i, int value) {
  table.low[i] = static_cast<std::uint8_t>(value);
  table.high[i] = static_cast<std::uint8_t>(value >> 8);
}

/// Segment * 1024 + part, 0..65535, of an input 0..32767.
int position(int x) { return std::min({x * 128, x * 32 + 12288, x * 8 + 24576, x * 2 + 43008, x / 4 + 57344}); }

/// Input at the start of a segment; 32768 at 64.
int start_of(int segment) {
  const int p = segment * 1024;
  return std::max({p / 128, (p - 12288) / 32, (p - 24576) / 8, (p - 43008) / 2, (p - 57344) * 4});
}

}  // namespace

void ToneCurve::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (int plane = 0; plane < 3; ++plane)
    for (int x = 0; x < span.count; ++x) {
      const int p = position(std::max<int>(io.in<std::int16_t>(0, plane)[x], 0));
      const auto segment = static_cast<std::size_t>(p >> 10);
      const auto part = static_cast<std::int16_t>((p & 1023) << 5);
      const int value = at(registers.base, segment) + mul_q15(part, at(registers.delta, segment));  // <= 32767
      io.out<std::int16_t>(plane)[x] = static_cast<std::int16_t>(std::min<int>(value, Out::max));
    }
}

namespace {

/// The curve in real numbers: linear light relative to white -> display value 0..1.
class Curve {
 public:
  Curve(const ToneCurveTuning& tuning, const Conditions& conditions)
      : tuning_(tuning), gain_(exact::exp2(tuning.exposure)), grey_(exact::clamp(encode(0.18), 0.05, 0.95)) {
    // Clipped highlights are neutral at the smallest gain (see highlight_clip.h), less what noise and the codes before
    // take: they must come out white. So must the largest linear values.
    const double clipping = 0.98 * conditions.digital_gain * gain_ * *std::ranges::min_element(conditions.wb_gains);
    white_point_ = exact::max(1, exact::min(exact::min(tuning.white_point, clipping), 3.99 * gain_));
  }

  /// Linear value that becomes display white.
  double white() const { return white_point_ / gain_; }
  double operator()(double x) const { return contrast(encode(compress(x * gain_))) + tuning_.brightness; }

 private:
  /// Extended Reinhard (Reinhard et al. 2002, eq. 4) from the shoulder on: slope 1 there, 1 at the white point.
  double compress(double x) const {
    const double start = tuning_.shoulder;
    if (x <= start) return x;
    if (x >= white_point_ || start >= 1) return exact::min(x, 1);
    const double s = (x - start) / (1 - start), end = (white_point_ - start) / (1 - start);
    return start + (1 - start) * s * (1 + s / (end * end)) / (1 + s);
  }

  double encode(double v) const {
    if (tuning_.curve == ToneCurveKind::srgb)
      return v <= 0.0031308 ? 12.92 * v : 1.055 * exact::pow(v, 1 / 2.4) - 0.055;
    const auto& x = tuning_.x;
    const auto& y = tuning_.y;
    const std::size_t count = std::min(x.size(), y.size());
    if (count == 0) return v;
    const auto next = static_cast<std::size_t>(
        std::upper_bound(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(count), v) - x.begin());
    if (next == 0) return y.front();
    if (next == count) return y[count - 1];
    const double run = x[next] - x[next - 1];
    return run > 0 ? y[next - 1] + (y[next] - y[next - 1]) * (v - x[next - 1]) / run : y[next];
  }

  /// Two power curves that meet at mid-grey with the same slope.
  double contrast(double v) const {
    if (tuning_.contrast == 1) return v;
    if (v <= grey_) return grey_ * exact::pow(v / grey_, tuning_.contrast);
    return 1 - (1 - grey_) * exact::pow(exact::max(1 - v, 0) / (1 - grey_), tuning_.contrast);
  }

  const ToneCurveTuning& tuning_;
  double gain_, grey_, white_point_ = 1;
};

}  // namespace

ToneCurve::Registers ToneCurve::derive(const Tuning& tuning, const Conditions& conditions) {
  const Curve curve(tuning, conditions);
  const auto within = [&](double x) { return exact::clamp(curve(x / In::white), 0, 1) * Out::max; };
  // White need not be a node: beyond it the curve goes on as a straight line, which the kernel limits.
  const double white = curve.white() * In::white;
  int before = 0;
  while (before < kSegments - 1 && start_of(before + 1) < white) ++before;
  const double slope = (within(white) - within(start_of(before))) / (white - start_of(before));
  const auto value = [&](double x) { return x <= white ? within(x) : within(white) + slope * (x - white); };
  // How much the middle of a segment bulges above its chord.
  const auto bulge = [&](int segment) {
    const double a = start_of(segment), b = start_of(segment + 1);
    return value((a + b) / 2) - (value(a) + value(b)) / 2;
  };
  std::array<int, kSegments + 1> node;
  for (int i = 0; i <= kSegments; ++i) {
    const double lift = i == 0 || i == kSegments ? 0 : (bulge(i - 1) + bulge(i)) / 4;
    const auto level = static_cast<int>(round_half_up(exact::clamp(value(start_of(i)) + lift, 0, 32767)));
    node[static_cast<std::size_t>(i)] = i == 0 ? level : std::max(level, node[static_cast<std::size_t>(i) - 1]);
  }
  Registers registers{.enabled = 1, .base = {}, .delta = {}};
  for (std::size_t i = 0; i < kSegments; ++i) {
    set(registers.base, i, node[i]);
    set(registers.delta, i, node[i + 1] - node[i]);
  }
  return registers;
}

}  // namespace sunny16::isp
#endif
