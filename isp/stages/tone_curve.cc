#include "isp/stages/tone_curve.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/tone_curve.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/stages/curve_table-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

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

void tone_curve_row(const ToneCurve::Registers& registers, const RowIo& io, Span span) {
  const Word d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const VectorCurve curve(registers.curve);
  const auto limit = [d](Vector v) HWY_ATTR { return hn::Min(v, hn::Set(d, std::int16_t{ToneCurve::Out::max})); };
  for (int plane = 0; plane < 3; ++plane) {
    const auto* in = io.in<std::int16_t>(0, plane);
    auto* out = io.out<std::int16_t>(plane);
    for (int x = 0; x < span.count; x += 2 * lanes) {
      const Pair v = curve(position(hn::LoadU(d, in + x)), position(hn::LoadU(d, in + x + lanes)));
      hn::StoreU(limit(v.first), d, out + x);
      hn::StoreU(limit(v.second), d, out + x + lanes);
    }
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"
#include "isp/stages/curve_shapes.h"

namespace sunny16::isp {

static_assert(RowStage<ToneCurve>);
HWY_EXPORT(tone_curve_row);

void ToneCurve::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(tone_curve_row)(registers, io, span);
}

namespace {

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
      const int value = registers.curve(position(std::max<int>(io.in<std::int16_t>(0, plane)[x], 0)));  // <= 32767
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
  double operator()(double x) const { 
    return s_curve(encode(compress(x * gain_)), grey_, tuning_.contrast) + tuning_.brightness;
   }

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
    return lines_through(tuning_.x, tuning_.y, v);
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
  while (before < CurveTable::kSegments - 1 && start_of(before + 1) < white) ++before;
  const double slope = (within(white) - within(start_of(before))) / (white - start_of(before));
  const auto value = [&](double x) { return x <= white ? within(x) : within(white) + slope * (x - white); };
  // How much the middle of a segment bulges above its chord.
  const auto bulge = [&](int segment) {
    const double a = start_of(segment), b = start_of(segment + 1);
    return value((a + b) / 2) - (value(a) + value(b)) / 2;
  };
  std::array<int, CurveTable::kSegments + 1> node;
  for (int i = 0; i <= CurveTable::kSegments; ++i) {
    const double lift = i == 0 || i == CurveTable::kSegments ? 0 : (bulge(i - 1) + bulge(i)) / 4;
    const auto level = static_cast<int>(round_half_up(exact::clamp(value(start_of(i)) + lift, 0, 32767)));
    node[static_cast<std::size_t>(i)] = i == 0 ? level : std::max(level, node[static_cast<std::size_t>(i) - 1]);
  }
  return {.enabled = 1, .curve = CurveTable::through(node)};
}

}  // namespace sunny16::isp
#endif
