#include "isp/stages/vignette.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/vignette.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/stages/pieces16-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

void vignette_row(const Vignette::Registers& registers, const RowIo& io, Span span) {
  const hn::ScalableTag<std::int16_t> d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const Vignette::Axis& axis = registers.x;
  const auto vertical = hn::Set(d, registers.y.quarter(span.y));
  const auto step = hn::Set(d, static_cast<std::int16_t>(2 * lanes << axis.shift));
  auto u = hn::ShiftLeftSame(
      hn::Add(hn::ShiftLeft<1>(hn::Iota(d, 0)), hn::Set(d, static_cast<std::int16_t>(2 * span.x - axis.centre))),
      axis.shift);
  for (int x = 0; x < span.count; x += lanes, u = hn::Add(u, step)) {
    const auto square = hn::MulFixedPoint15(u, u);
    const auto quarter = hn::Add(hn::MulFixedPoint15(square, hn::Set(d, axis.weight)), vertical);
    const auto loss = Places16<13>(hn::Min(quarter, hn::Set(d, Vignette::kCorner))).in(registers.loss);
    for (int c = 0; c < 3; ++c) {
      const auto v = hn::LoadU(d, io.in<std::int16_t>(0, c) + x);
      hn::StoreU(hn::Sub(v, hn::MulFixedPoint15(v, loss)), d, io.out<std::int16_t>(c) + x);
    }
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"
#include "isp/stages/unpack.h"

namespace sunny16::isp {

static_assert(RowStage<Vignette>);
HWY_EXPORT(vignette_row);

void Vignette::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(vignette_row)(registers, io, span);
}

std::int16_t Vignette::Axis::quarter(int at) const {
  const auto u = static_cast<std::int16_t>((2 * at - centre) * (1 << shift));
  return mul_q15(mul_q15(u, u), weight);
}

void Vignette::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (int x = 0; x < span.count; ++x) {
    const int quarter = registers.x.quarter(span.x + x) + registers.y.quarter(span.y);
    const std::int16_t loss = registers.loss(std::min<int>(quarter, kCorner));
    for (int c = 0; c < 3; ++c) {
      const std::int16_t v = io.in<std::int16_t>(0, c)[x];
      io.out<std::int16_t>(c)[x] = static_cast<std::int16_t>(v - mul_q15(v, loss));
    }
  }
}

Vignette::Registers Vignette::derive(const Tuning& tuning, const Conditions& conditions) {
  Registers registers;
  if (!tuning.enabled || tuning.strength <= 0) return registers;
  registers.enabled = 1;

  const Rect active = binned(conditions.frame, conditions.binning).active;
  const double width = active.width, height = active.height;
  // The part of the corner's r^2 that is the width's: half for the picture's shape, the sides' own for a circle.
  const double circle = width * width / (width * width + height * height);
  const double horizontal = 0.5 + tuning.roundness * (circle - 0.5);
  const auto axis = [](int first, int length, double part) {
    Axis a{.centre = static_cast<std::int16_t>(2 * first + length - 1), .shift = 0, .weight = 0};
    while ((length + 1) << (a.shift + 1) <= 32767) ++a.shift;  // the frame may begin a pixel before the picture
    const double end = static_cast<double>(length << a.shift) / 32768;  // of the corner; 1/4..1
    a.weight = static_cast<std::int16_t>(round_half_up(exact::min(part / (4 * end * end) * 32768, 32767)));
    return a;
  };
  registers.x = axis(active.x, active.width, horizontal);
  registers.y = axis(active.y, active.height, 1 - horizontal);

  // (1 + t r^(2 power))^-2 is 2^-strength in the corner, and half as many stops at the midpoint.
  const double t = exact::exp2(tuning.strength / 2) - 1, half = (exact::exp2(tuning.strength / 4) - 1) / t;
  const double power = exact::log2(half) / (2 * exact::log2(tuning.midpoint));
  registers.loss = Pieces16<13>::through([&](int node) {
    const double gain = 1 + t * exact::pow(node / 16.0, power);
    return static_cast<int>(round_half_up((1 - 1 / (gain * gain)) * 32767));
  });
  return registers;
}

}  // namespace sunny16::isp
#endif
