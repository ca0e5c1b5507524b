#include "isp/stages/scaler.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/scaler.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class D>
HWY_INLINE hn::Vec<D> limit(D d, hn::Vec<D> v) {
  return hn::Min(hn::Max(v, hn::Zero(d)), hn::Set(d, 16383));
}

void vertical_row(const Scaler::Registers& registers, int out_row, const std::int16_t* const* rows, std::int16_t* out,
                  int count) {
  const hn::ScalableTag<std::int32_t> d32;
  const hn::Rebind<std::int16_t, decltype(d32)> half;
  const hn::ScalableTag<std::int16_t> d;
  const Scaler::Axis& axis = registers.y;
  const std::int16_t* weights = axis.window(out_row).weights;
  const auto weigh = [&](auto tag, auto v, int tap)
                         HWY_ATTR { return hn::MulFixedPoint15(hn::Add(v, v), hn::Set(tag, weights[tap])); };
  if (axis.box_shift > 0) {
    const int box = 1 << axis.box_shift;
    for (int x = 0; x < count; x += static_cast<int>(hn::Lanes(half))) {
      auto sum = hn::Zero(half);
      for (int tap = 0; tap < axis.taps; ++tap) {
        auto total = hn::Set(d32, box / 2);
        for (int i = 0; i < box; ++i)
          total = hn::Add(total, hn::PromoteTo(d32, hn::LoadU(half, rows[tap * box + i] + x)));
        sum = hn::Add(sum, weigh(half, hn::DemoteTo(half, hn::ShiftRightSame(total, axis.box_shift)), tap));
      }
      hn::StoreU(limit(half, sum), half, out + x);
    }
  } else {
    for (int x = 0; x < count; x += static_cast<int>(hn::Lanes(d))) {
      auto sum = hn::Zero(d);
      for (int tap = 0; tap < axis.taps; ++tap) sum = hn::Add(sum, weigh(d, hn::LoadU(d, rows[tap] + x), tap));
      hn::StoreU(limit(d, sum), d, out + x);
    }
  }
}

using Eight = hn::FixedTag<std::int16_t, 8>;
using EightVector = hn::Vec<Eight>;

/// Lanes of T interleaved and added: turns two partial sums into one vector that holds both.
template <class T>
HWY_INLINE EightVector merge(EightVector a, EightVector b) {
  const hn::Repartition<T, Eight> d;
  const auto ta = hn::BitCast(d, a), tb = hn::BitCast(d, b);
  return hn::Add(hn::BitCast(Eight(), hn::InterleaveLower(d, ta, tb)),
                 hn::BitCast(Eight(), hn::InterleaveUpper(d, ta, tb)));
}

/// Eight outputs: products of each with its weights, then a tree of sums that leaves one output a lane.
template <int kVectors>
HWY_INLINE EightVector eight_outputs(const Scaler::Axis& axis, const std::int16_t* samples, int first, int out) {
  const Eight d;
  EightVector sum[8];
  for (int i = 0; i < 8; ++i) {
    const Scaler::Window window = axis.window(out + i);
    const std::int16_t* p = samples + (window.first - first);
    sum[i] = hn::Zero(d);
    for (int part = 0; part < kVectors; ++part) {
      const EightVector v = hn::LoadU(d, p + 8 * part);
      sum[i] = hn::Add(sum[i], hn::MulFixedPoint15(hn::Add(v, v), hn::LoadU(d, window.weights + 8 * part)));
    }
  }
  const EightVector s01 = merge<std::int16_t>(sum[0], sum[1]), s23 = merge<std::int16_t>(sum[2], sum[3]),
                    s45 = merge<std::int16_t>(sum[4], sum[5]), s67 = merge<std::int16_t>(sum[6], sum[7]);
  return limit(d, merge<std::int64_t>(merge<std::int32_t>(s01, s23), merge<std::int32_t>(s45, s67)));
}

void horizontal_row(const Scaler::Registers& registers, const std::int16_t* in, int x0, std::int16_t* out, int count) {
  const Scaler::Axis& axis = registers.x;
  const auto [column, last_column] = Scaler::input_columns(registers, x0, count);
  const int width = axis.taps <= 8 ? 8 : 16;
  HWY_ALIGN std::int16_t edge[64] = {};
  for (int x = 0; x < count; x += 8) {
    int first = axis.window(x0 + x).first;
    const int end = axis.window(x0 + x + 7).first + width;  // <= first + 7 * 4 + 1 + 16
    const std::int16_t* samples = edge;
    if (axis.box_shift > 0 || axis.first + first < column || axis.first + end - 1 > last_column) {
      // Edges and boxes: the samples that count, gathered one by one; the rest have no weight.
      const int needed = axis.window(x0 + std::min(x + 7, count - 1)).first + axis.taps;
      for (int s = first; s < needed; ++s) edge[s - first] = axis.sample(in, column, s);
    } else {
      samples = in + (axis.first + first - column);
    }
    const EightVector v =
        width == 8 ? eight_outputs<1>(axis, samples, first, x0 + x) : eight_outputs<2>(axis, samples, first, x0 + x);
    hn::StoreU(v, Eight(), out + x);
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"
#include "isp/stages/int16.h"

namespace sunny16::isp {

HWY_EXPORT(vertical_row);
HWY_EXPORT(horizontal_row);

void Scaler::fast_vertical(const Registers& registers, int out_row, const std::int16_t* const* rows, std::int16_t* out,
                           int count) {
  HWY_DYNAMIC_DISPATCH(vertical_row)(registers, out_row, rows, out, count);
}

void Scaler::fast_horizontal(const Registers& registers, const std::int16_t* in, int x0, std::int16_t* out, int count) {
  HWY_DYNAMIC_DISPATCH(horizontal_row)(registers, in, x0, out, count);
}

Scaler::Interval Scaler::input_rows(const Registers& registers, int out_row) {
  const Axis& axis = registers.y;
  const int first = axis.window(out_row).first, end = first + axis.taps;
  return {axis.first + (first << axis.box_shift), axis.first + (end << axis.box_shift) - 1};
}

Scaler::Interval Scaler::input_columns(const Registers& registers, int x0, int count) {
  const Axis& axis = registers.x;
  const int first = axis.window(x0).first, end = axis.window(x0 + count - 1).first + axis.taps;
  const auto inside = [&](int column) { return axis.first + std::clamp(column, 0, axis.size - 1); };
  return {inside(first << axis.box_shift), inside((end << axis.box_shift) - 1)};
}

namespace {

/// The sum of weights' magnitudes stays below 1.5, so that any partial sum is below 2^15.
std::int16_t weighted(const std::int16_t* weights, int taps, auto&& sample) {
  std::int32_t sum = 0;
  for (int tap = 0; tap < taps; ++tap) sum += mul_q15(static_cast<std::int16_t>(2 * sample(tap)), weights[tap]);
  return static_cast<std::int16_t>(std::clamp(sum, 0, 16383));
}

}  // namespace

void Scaler::reference_vertical(const Registers& registers, int out_row, const std::int16_t* const* rows,
                                std::int16_t* out, int count) {
  const Axis& axis = registers.y;
  const int box = 1 << axis.box_shift;
  for (int x = 0; x < count; ++x)
    out[x] = weighted(axis.window(out_row).weights, axis.taps, [&](int tap) {
      std::int32_t sum = box / 2;
      for (int i = 0; i < box; ++i) sum += rows[tap * box + i][x];
      return sum >> axis.box_shift;
    });
}

void Scaler::reference_horizontal(const Registers& registers, const std::int16_t* in, int x0, std::int16_t* out,
                                  int count) {
  const Axis& axis = registers.x;
  const int column = input_columns(registers, x0, count).first;
  for (int x = 0; x < count; ++x) {
    const Scaler::Window window = axis.window(x0 + x);
    out[x] = weighted(window.weights, axis.taps, [&](int tap) { return axis.sample(in, column, window.first + tap); });
  }
}

namespace {

/// Keys' cubic convolution with a = -1/2.
double catmull_rom(double x) {
  x = exact::abs(x);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

Scaler::Axis make_axis(int first, int size, int out_size) {
  constexpr double kOne = 4294967296.0;
  constexpr int kPhases = 1 << Scaler::kPhaseBits;
  Scaler::Axis axis{.first = first, .size = size, .out_size = out_size};
  double ratio = static_cast<double>(size) / out_size;  // samples per output
  for (; ratio > 4; ratio /= 2) ++axis.box_shift;
  const double stretch = exact::max(1, ratio);
  axis.taps = 2 * static_cast<int>(-exact::floor(-2 * stretch));
  // The centre of output 0 is half an output from the crop's edge, that of sample 0 half a sample.
  axis.origin = round_half_up((ratio - 1) / 2 * kOne);
  axis.step = round_half_up(ratio * kOne);
  for (int phase = 0; phase < kPhases; ++phase) {
    std::array<double, Scaler::kMaxTaps> weight{};
    double total = 0;
    for (int tap = 0; tap < axis.taps; ++tap)
      total += weight[static_cast<std::size_t>(tap)] =
          catmull_rom((tap - axis.taps / 2 + 1 - static_cast<double>(phase) / kPhases) / stretch);
    auto& quantised = axis.bank[static_cast<std::size_t>(phase)];
    int rest = 16384;
    for (std::size_t tap = 0; tap < Scaler::kMaxTaps; ++tap)
      rest -= quantised[tap] = static_cast<std::int16_t>(round_half_up(weight[tap] / total * 16384));
    *std::ranges::max_element(quantised) = static_cast<std::int16_t>(std::ranges::max(quantised) + rest);
  }
  return axis;
}

}  // namespace

Scaler::Registers Scaler::derive(Rect crop, int out_width, int out_height) {
  return {make_axis(crop.x, crop.width, out_width), make_axis(crop.y, crop.height, out_height)};
}

}  // namespace sunny16::isp
#endif
