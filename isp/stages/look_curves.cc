#include "isp/stages/look_curves.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/look_curves.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/stages/curve_table-inl.h"
#include "isp/stages/display_luma-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

/// Segment * 1024 + part of a display value: segments are 256 wide.
HWY_INLINE WordVector display_position(Vector v) { return hn::BitCast(Words(), hn::ShiftLeft<2>(v)); }

void value_row(const CurveTable& table, const RowIo& io, int count) {
  const Word d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const VectorCurve curve(table);
  for (int x = 0; x < count; x += 2 * lanes) {
    const auto load = [&](int c, int i) HWY_ATTR { return hn::LoadU(d, io.in<std::int16_t>(0, c) + i); };
    const auto value = [&](int i) HWY_ATTR { return hn::Max(hn::Max(load(0, i), load(1, i)), load(2, i)); };
    const Pair gain = curve(display_position(value(x)), display_position(value(x + lanes)));
    const auto scaled = [&](Vector v, Vector g) HWY_ATTR {
      return limit_display(d, hn::SaturatedAdd(v, hn::MulFixedPoint15(hn::Add(v, v), g)));
    };
    for (int c = 0; c < 3; ++c) {
      const Vector first = scaled(load(c, x), gain.first), second = scaled(load(c, x + lanes), gain.second);
      hn::StoreU(first, d, io.out<std::int16_t>(c) + x);
      hn::StoreU(second, d, io.out<std::int16_t>(c) + x + lanes);
    }
  }
}

void channel_row(const CurveTable& table, const std::int16_t* in, std::int16_t* out, int count) {
  const Word d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const VectorCurve curve(table);
  for (int x = 0; x < count; x += 2 * lanes) {
    const Pair v = curve(display_position(hn::LoadU(d, in + x)), display_position(hn::LoadU(d, in + x + lanes)));
    hn::StoreU(limit_display(d, v.first), d, out + x);
    hn::StoreU(limit_display(d, v.second), d, out + x + lanes);
  }
}

void look_curves_row(const LookCurves::Registers& registers, const RowIo& io, Span span) {
  if (registers.value) value_row(registers.gain, io, span.count);
  if (!registers.channels) return;
  for (int c = 0; c < 3; ++c)
    channel_row(registers.channel[static_cast<std::size_t>(c)],
                registers.value ? io.out<std::int16_t>(c) : io.in<std::int16_t>(0, c), io.out<std::int16_t>(c),
                span.count);
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"
#include "isp/stages/curve_shapes.h"

namespace sunny16::isp {

static_assert(RowStage<LookCurves>);
HWY_EXPORT(look_curves_row);

void LookCurves::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(look_curves_row)(registers, io, span);
}

void LookCurves::reference_row(const Registers& registers, const RowIo& io, Span span) {
  const auto limit = [](int v) { return static_cast<std::int16_t>(std::clamp<int>(v, 0, Out::max)); };
  for (int x = 0; x < span.count; ++x) {
    std::array<std::int16_t, 3> rgb;
    for (std::size_t c = 0; c < 3; ++c) rgb[c] = io.in<std::int16_t>(0, static_cast<int>(c))[x];
    if (registers.value) {
      const auto gain = static_cast<std::int16_t>(registers.gain(4 * std::ranges::max(rgb)));
      for (std::int16_t& v : rgb) v = limit(v + mul_q15(static_cast<std::int16_t>(2 * v), gain));
    }
    for (std::size_t c = 0; c < 3; ++c)
      io.out<std::int16_t>(static_cast<int>(c))[x] =
          registers.channels ? limit(registers.channel[c](4 * rgb[c])) : rgb[c];
  }
}

namespace {

/// The value's curve in real numbers.
double value_curve(const LookCurvesTuning& tuning, double v) {
  constexpr double kGrey = 0.4614;  // sRGB's encoding of 18 %
  // Bumps whose peaks are 1, at a half, a quarter and three quarters.
  constexpr double kQuarter = 256.0 / 27;
  v += 0.15 * tuning.midtones * 4 * v * (1 - v);
  v += 0.1 * tuning.shadows * kQuarter * v * (1 - v) * (1 - v) * (1 - v);
  v += 0.1 * tuning.highlights * kQuarter * v * v * v * (1 - v);
  v = s_curve(v, kGrey, tuning.contrast);
  if (tuning.black < 0) v = exact::max(0, (v + 0.1 * tuning.black) / (1 + 0.1 * tuning.black));
  return exact::clamp(cubics_through(tuning.x, tuning.y, v), 0, 1);
}

constexpr int kNodeWidth = 256;

CurveTable gain_table(const LookCurvesTuning& tuning) {
  std::array<int, CurveTable::kSegments + 1> node;
  for (int i = 0; i <= CurveTable::kSegments; ++i) {
    const double v = exact::min(exact::max(i * kNodeWidth, kNodeWidth / 4) / LookCurves::Out::max, 1);
    node[static_cast<std::size_t>(i)] = Q<1, 14>::real(value_curve(tuning, v) / v - 1).raw;
  }
  return CurveTable::through(node);
}

CurveTable channel_table(const std::vector<double>& x, const std::vector<double>& y, double black) {
  const auto value = [&](double at) {
    const double v = at / LookCurves::Out::max, lifted = black + (1 - black) * v;
    return exact::clamp(cubics_through(x, y, lifted), 0, 1) * LookCurves::Out::max;
  };
  std::array<int, CurveTable::kSegments + 1> node;
  for (int i = 0; i < CurveTable::kSegments; ++i)
    node[static_cast<std::size_t>(i)] = static_cast<int>(round_half_up(value(i * kNodeWidth)));
  // White lies one step before the last node.
  const double last = node[CurveTable::kSegments - 1], rise = value(LookCurves::Out::max) - last;
  node[CurveTable::kSegments] = static_cast<int>(round_half_up(last + rise * kNodeWidth / (kNodeWidth - 1)));
  return CurveTable::through(node);
}

bool straight(const std::vector<double>& x, const std::vector<double>& y) {
  return x == std::vector<double>{0, 1} && y == std::vector<double>{0, 1};
}

}  // namespace

LookCurves::Registers LookCurves::derive(const Tuning& tuning, const Conditions&) {
  Registers registers;
  if (!tuning.enabled) return registers;
  const bool value = tuning.midtones != 0 || tuning.shadows != 0 || tuning.highlights != 0 || tuning.contrast != 1 ||
                     tuning.black < 0 || !straight(tuning.x, tuning.y);
  const bool channels = tuning.black > 0 || !straight(tuning.red_x, tuning.red_y) ||
                        !straight(tuning.green_x, tuning.green_y) || !straight(tuning.blue_x, tuning.blue_y);
  registers.enabled = value || channels;
  registers.value = value || !channels;
  registers.channels = channels;
  registers.gain = gain_table(tuning);
  if (!registers.channels) return registers;
  const double black = 0.1 * exact::max(tuning.black, 0);
  registers.channel = {channel_table(tuning.red_x, tuning.red_y, black),
                       channel_table(tuning.green_x, tuning.green_y, black),
                       channel_table(tuning.blue_x, tuning.blue_y, black)};
  return registers;
}

}  // namespace sunny16::isp
#endif
