#include "isp/stages/sharpen.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/sharpen.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Words = hn::ScalableTag<std::int16_t>;
using Vector = hn::Vec<Words>;

HWY_INLINE Vector clamp(Vector v, Vector low, Vector high) { return hn::Min(hn::Max(v, low), high); }
HWY_INLINE Vector limit(Vector v) {
  return clamp(v, hn::Zero(Words()), hn::Set(Words(), std::int16_t{Sharpen::Out::max}));
}

void luma_row(const Sharpen::Registers&, const RowIo& io, Span span) {
  const Words d;
  for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(d))) {
    const auto term = [&](int c) HWY_ATTR {
      return hn::MulFixedPoint15(hn::LoadU(d, io.in<std::int16_t>(0, c) + x), hn::Set(d, Sharpen::kLumaWeights[c]));
    };
    hn::StoreU(limit(hn::SaturatedAdd(hn::SaturatedAdd(term(0), term(1)), term(2))), d, io.out<std::int16_t>(0) + x);
  }
}

/// (a + 2 b + c + 2) / 4 <= 16383: the sum is below 2^16.
HWY_INLINE Vector binomial(Vector a, Vector b, Vector c) {
  const hn::RebindToUnsigned<Words> du;
  const auto sum = hn::Add(hn::Add(hn::BitCast(du, a), hn::BitCast(du, c)), hn::BitCast(du, hn::Add(b, b)));
  return hn::BitCast(Words(), hn::ShiftRight<2>(hn::Add(sum, hn::Set(du, 2))));
}

template <int kSpacing>
HWY_INLINE Vector smooth(const std::int16_t* above, const std::int16_t* middle, const std::int16_t* below, int x) {
  const Words d;
  const auto column = [&](int i) HWY_ATTR {
    return binomial(hn::LoadU(d, above + i), hn::LoadU(d, middle + i), hn::LoadU(d, below + i));
  };
  return binomial(column(x - kSpacing), column(x), column(x + kSpacing));
}

void smooth_row(const Sharpen::Registers&, const RowIo& io, Span span) {
  const std::int16_t *above = io.in<std::int16_t>(0, 0, -1), *middle = io.in<std::int16_t>(0, 0), *below = io.in<std::int16_t>(0, 0, 1);
  for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(Words())))
    hn::StoreU(smooth<1>(above, middle, below, x), Words(), io.out<std::int16_t>(0) + x);
}

/// The finest band's threshold at luma y, 0..16383: a table of words, looked up by the bytes 2 i and 2 i + 1 of segment
/// i.
struct Threshold {
  Vector start, increase;

  explicit Threshold(const Sharpen::Registers& registers)
      : start(hn::LoadDup128(Words(), registers.threshold.data())),
        increase(hn::LoadDup128(Words(), registers.threshold_delta.data())) {}

  HWY_INLINE Vector operator()(Vector y) const {
    const Words d;
    const Vector bytes = hn::Add(hn::Mul(hn::ShiftRight<11>(y), hn::Set(d, 2 * 257)), hn::Set(d, 256));
    const Vector part = hn::ShiftLeft<4>(hn::And(y, hn::Set(d, 2047)));
    return hn::Add(hn::TableLookupBytes(start, bytes),
                   hn::MulFixedPoint15(part, hn::TableLookupBytes(increase, bytes)));
  }
};

/// A band's part of delta, within +-32766.
HWY_INLINE Vector shape_band(Vector detail, Vector threshold, std::int16_t strength, std::int16_t attenuation) {
  const Words d;
  const Vector negative = hn::Neg(threshold), below = clamp(detail, negative, threshold),
               above = hn::Sub(detail, below);
  const Vector noise = hn::Sub(below, clamp(above, negative, threshold));
  return hn::SaturatedSub(hn::MulFixedPoint15(hn::Add(above, above), hn::Set(d, strength)),
                          hn::MulFixedPoint15(noise, hn::Set(d, attenuation)));
}

template <int kBands>
HWY_INLINE void apply_bands(const Sharpen::Registers& registers, const RowIo& io, Span span) {
  const Words d;
  const Threshold threshold(registers);
  const Vector overshoot = hn::Set(d, registers.overshoot.raw);
  const std::int16_t *luma = io.in<std::int16_t>(1, 0), *above = io.in<std::int16_t>(1, 0, -1),
                     *below = io.in<std::int16_t>(1, 0, 1);
  const auto band = [&](int k, Vector detail, Vector finest) HWY_ATTR {
    const auto i = static_cast<std::size_t>(k);
    const Vector t = k == 0 ? finest : hn::MulFixedPoint15(finest, hn::Set(d, registers.threshold_ratio[i].raw));
    return shape_band(detail, t, registers.strength[i].raw, registers.attenuation[i].raw);
  };
  for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(d))) {
    const Vector y = hn::LoadU(d, luma + x), t = threshold(y), once = hn::LoadU(d, io.in<std::int16_t>(2, 0) + x);
    Vector delta = band(0, hn::Sub(y, once), t);
    if constexpr (kBands > 1) {
      const Vector twice = smooth<2>(io.in<std::int16_t>(2, 0, -2), io.in<std::int16_t>(2, 0), io.in<std::int16_t>(2, 0, 2), x);
      delta = hn::SaturatedAdd(delta, band(1, hn::Sub(once, twice), t));
    }
    const Vector up = hn::LoadU(d, above + x), down = hn::LoadU(d, below + x), left = hn::LoadU(d, luma + x - 1),
                 right = hn::LoadU(d, luma + x + 1);
    const Vector low = hn::Min(hn::Min(y, hn::Min(up, down)), hn::Min(left, right));
    const Vector high = hn::Max(hn::Max(y, hn::Max(up, down)), hn::Max(left, right));
    const Vector beyond = hn::MulFixedPoint15(hn::Sub(high, low), overshoot);
    delta = hn::Sub(clamp(hn::SaturatedAdd(y, delta), hn::Sub(low, beyond), hn::Add(high, beyond)), y);
    for (int c = 0; c < 3; ++c)
      hn::StoreU(limit(hn::SaturatedAdd(hn::LoadU(d, io.in<std::int16_t>(0, c) + x), delta)), d,
                 io.out<std::int16_t>(c) + x);
  }
}

void apply_row(const Sharpen::Registers& registers, const RowIo& io, Span span) {
  registers.bands == 1 ? apply_bands<1>(registers, io, span) : apply_bands<2>(registers, io, span);
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

#include "isp/core/exact_math.h"
#include "isp/stages/int16.h"

namespace sunny16::isp {

static_assert(RowStage<Sharpen>);
HWY_EXPORT(luma_row);
HWY_EXPORT(smooth_row);
HWY_EXPORT(apply_row);

void Sharpen::Luma::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(luma_row)(registers, io, span);
}
void Sharpen::Smooth::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(smooth_row)(registers, io, span);
}
void Sharpen::Apply::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(apply_row)(registers, io, span);
}

namespace {

std::int16_t limit(int v) { return static_cast<std::int16_t>(std::clamp<int>(v, 0, Sharpen::Out::max)); }

int binomial(int a, int b, int c) { return (a + 2 * b + c + 2) >> 2; }

template <int kSpacing>
int smooth(const RowIo& io, int input, int x) {
  const auto column = [&](int i) {
    return binomial(io.in<std::int16_t>(input, 0, -kSpacing)[i], io.in<std::int16_t>(input, 0)[i],
                    io.in<std::int16_t>(input, 0, kSpacing)[i]);
  };
  return binomial(column(x - kSpacing), column(x), column(x + kSpacing));
}

}  // namespace

void Sharpen::Luma::reference_row(const Registers&, const RowIo& io, Span span) {
  for (int x = 0; x < span.count; ++x) {
    const auto term = [&](int c) { return mul_q15(io.in<std::int16_t>(0, c)[x], kLumaWeights[c]); };
    io.out<std::int16_t>(0)[x] = limit(add_saturated(add_saturated(term(0), term(1)), term(2)));
  }
}

void Sharpen::Smooth::reference_row(const Registers&, const RowIo& io, Span span) {
  for (int x = 0; x < span.count; ++x) io.out<std::int16_t>(0)[x] = static_cast<std::int16_t>(smooth<1>(io, 0, x));
}

void Sharpen::Apply::reference_row(const Registers& registers, const RowIo& io, Span span) {
  const std::int16_t *luma = io.in<std::int16_t>(1, 0), *above_row = io.in<std::int16_t>(1, 0, -1),
                     *below_row = io.in<std::int16_t>(1, 0, 1);
  for (int x = 0; x < span.count; ++x) {
    const int y = luma[x];
    const std::array<int, 3> level{y, io.in<std::int16_t>(2, 0)[x], registers.bands > 1 ? smooth<2>(io, 2, x) : 0};

    const auto segment = static_cast<std::size_t>(y >> 11);
    const int finest = registers.threshold[segment] +
                       mul_q15(static_cast<std::int16_t>((y & 2047) << 4), registers.threshold_delta[segment]);
    std::int16_t delta = 0;
    for (std::size_t k = 0; k < registers.bands; ++k) {
      const int t = k == 0 ? finest : mul_q15(static_cast<std::int16_t>(finest), registers.threshold_ratio[k].raw);
      const int detail = level[k] - level[k + 1], below = std::clamp(detail, -t, t), above = detail - below;
      const int noise = below - std::clamp(above, -t, t);
      const std::int16_t amplified = mul_q15(static_cast<std::int16_t>(2 * above), registers.strength[k].raw);
      const std::int16_t removed = mul_q15(static_cast<std::int16_t>(noise), registers.attenuation[k].raw);
      delta = add_saturated(delta, subtract_saturated(amplified, removed));
    }
    const auto [low, high] = std::minmax({luma[x], above_row[x], below_row[x], luma[x - 1], luma[x + 1]});
    const int beyond = mul_q15(static_cast<std::int16_t>(high - low), registers.overshoot.raw);
    const int change = std::clamp<int>(add_saturated(y, delta), low - beyond, high + beyond) - y;
    for (int c = 0; c < 3; ++c) io.out<std::int16_t>(c)[x] = limit(add_saturated(io.in<std::int16_t>(0, c)[x], change));
  }
}

namespace {

/// Deviation of display luma at a neutral of display value v (0..1), from the raw noise, through white balance, matrix
/// and the sRGB curve.
double luma_noise(double v, const Conditions& conditions) {
  constexpr std::array<double, 3> kLuminance{0.2126, 0.7152, 0.0722};
  const double linear = v <= 0.04045 ? v / 12.92 : exact::pow((v + 0.055) / 1.055, 2.4);
  const double slope = linear <= 0.0031308 ? 12.92 : 1.055 / 2.4 * exact::pow(linear, 1 / 2.4 - 1);
  double variance = 0;
  for (std::size_t k = 0; k < 3; ++k) {
    const double gain = conditions.wb_gains[k] * conditions.digital_gain;
    double weight = 0;
    for (std::size_t c = 0; c < 3; ++c) weight += kLuminance[c] * conditions.camera_to_srgb[3 * c + k];
    variance += weight * weight * gain * (conditions.noise.shot * linear + gain * conditions.noise.read);
  }
  return slope * exact::sqrt(variance);
}

}  // namespace

Sharpen::Registers Sharpen::derive(const Tuning& tuning, const Conditions& conditions) {
  // Deviation of each band for unit raw noise: less than white noise has in the finest (0.8), because demosaicing and
  // raw denoising come before, and about as much in the other. Details count from 1.5 deviations on.
  constexpr std::array<double, 2> kBandNoise{0.5, 0.27};
  constexpr double kDeviations = 1.5, kOvershoot = 0.12;

  Registers registers{.enabled = tuning.enabled,
                      .bands = static_cast<std::uint16_t>(std::clamp(tuning.bands, 1, 2)),
                      .threshold = {},
                      .threshold_delta = {},
                      .threshold_ratio = {},
                      .strength = {},
                      .attenuation = {},
                      .overshoot = Q<0, 15>::real(kOvershoot * tuning.limit)};
  const auto threshold_at = [&](int node) {
    const double deviation = luma_noise(static_cast<double>(node) / kSegments, conditions) * Out::max;
    return static_cast<int>(
        round_half_up(exact::min(tuning.threshold * kDeviations * kBandNoise[0] * deviation, Out::max)));
  };
  for (int i = 0; i < kSegments; ++i) {
    registers.threshold[static_cast<std::size_t>(i)] = static_cast<std::int16_t>(threshold_at(i));
    registers.threshold_delta[static_cast<std::size_t>(i)] =
        static_cast<std::int16_t>(threshold_at(i + 1) - threshold_at(i));
  }
  for (std::size_t k = 0; k < 2; ++k) {
    registers.threshold_ratio[k] = Q<0, 15>::real(kBandNoise[k] / kBandNoise[0]);
    registers.strength[k] = Q<0, 15>::real(tuning.strength * tuning.weights[k] / 2);
    registers.attenuation[k] = Q<0, 15>::real(tuning.denoise);
  }
  return registers;
}

}  // namespace sunny16::isp
#endif
