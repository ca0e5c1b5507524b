#include "isp/stages/chroma_denoise.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/chroma_denoise.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/stages/binomial-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

using Unsigned = hn::ScalableTag<std::uint16_t>;
using Signed = hn::ScalableTag<std::int16_t>;
constexpr Unsigned du;
constexpr Signed di;

void differences_row(const RowIo& io, Span span) {
  const auto neutral = hn::Set(di, ChromaDenoise::kNeutral);
  const auto *r = io.in<std::int16_t>(0, 0), *g = io.in<std::int16_t>(0, 1), *b = io.in<std::int16_t>(0, 2);
  auto *u = io.out<std::int16_t>(0), *v = io.out<std::int16_t>(1);
  for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(di))) {
    const auto base = hn::Sub(neutral, hn::LoadU(di, g + x));
    hn::StoreU(hn::Add(hn::LoadU(di, r + x), base), di, u + x);
    hn::StoreU(hn::Add(hn::LoadU(di, b + x), base), di, v + x);
  }
}

void smooth_row(const RowIo& io, Span span, int step) {
  for (int c = 0; c < 2; ++c) {
    const auto* centre = io.in<std::uint16_t>(0, c);
    auto *smooth = io.out<std::uint16_t>(c), *magnitude = io.out<std::uint16_t>(c + 2);
    const auto store = [&](int x, auto mean) HWY_ATTR {
      const auto band = hn::BitCast(di, hn::Sub(hn::LoadU(du, centre + x), mean));
      hn::StoreU(mean, du, smooth + x);
      hn::StoreU(hn::BitCast(du, hn::Abs(band)), du, magnitude + x);
    };
    binomial_3x3(du, io.in<std::uint16_t>(0, c, -step), centre, io.in<std::uint16_t>(0, c, step), step, span.count,
                 store);
  }
}

void halve_row(const RowIo& io, Span span) {
  for (int c = 0; c < 2; ++c) {
    const auto *upper = io.in<std::uint16_t>(0, c, 0), *lower = io.in<std::uint16_t>(0, c, 1);
    auto* out = io.out<std::uint16_t>(c);
    for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(du))) {
      hn::Vec<Unsigned> upper_even, upper_odd, lower_even, lower_odd;
      hn::LoadInterleaved2(du, upper + 2 * x, upper_even, upper_odd);
      hn::LoadInterleaved2(du, lower + 2 * x, lower_even, lower_odd);
      hn::StoreU(hn::AverageRound(hn::AverageRound(upper_even, lower_odd), hn::AverageRound(upper_odd, lower_even)), du,
                 out + x);
    }
  }
}

/// The band's samples times their gain, of which `magnitude` decides.
template <class V, class M>
HWY_INLINE V core(ChromaDenoise::Coring coring, V band, M magnitude) {
  const auto threshold = hn::Set(du, coring.threshold);
  const auto excess = hn::Min(hn::SaturatedSub(magnitude, threshold), hn::Add(threshold, threshold));
  return hn::MulFixedPoint15(band, hn::BitCast(di, hn::Mul(excess, hn::Set(du, coring.slope))));
}

void correction_row(const ChromaDenoise::Registers& registers, const RowIo& io, Span span) {
  for (std::size_t c = 0; c < 2; ++c) {
    const int plane = static_cast<int>(c);
    auto* out = io.out<std::int16_t>(plane);
    for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(di))) {
      auto finer = hn::LoadU(di, io.in<std::int16_t>(0, plane) + x), sum = hn::Zero(di);
      for (int band = 1; band <= 2; ++band) {
        const auto smooth = hn::LoadU(di, io.in<std::int16_t>(band, plane) + x), detail = hn::Sub(finer, smooth);
        const auto* magnitude = io.in<std::uint16_t>(band, plane + 2) + x;
        const auto mean =
            binomial(hn::LoadU(du, magnitude - 1), hn::LoadU(du, magnitude), hn::LoadU(du, magnitude + 1));
        const auto coring = registers.coring[static_cast<std::size_t>(band)][c];
        sum = hn::SaturatedAdd(sum, hn::Sub(core(coring, detail, mean), detail));
        finer = smooth;
      }
      hn::StoreU(sum, di, out + x);
    }
  }
}

/// Twice as many samples, a quarter and three quarters between `coarse` ones; y is the fine row. Halfway between
/// samples of opposite sign nothing overflows, because averages of biased values are taken.
HWY_INLINE hn::Vec<Signed> interpolate(const std::int16_t* near_row, const std::int16_t* far_row, int x) {
  const hn::Half<Unsigned> dh;
  const hn::RepartitionToWide<Unsigned> dw;
  const auto column = [&](int dx) HWY_ATTR {
    const auto load = [&](const std::int16_t* row) HWY_ATTR {
      return hn::Xor(hn::LoadU(dh, reinterpret_cast<const std::uint16_t*>(row) + x / 2 + dx), hn::Set(dh, 0x8000));
    };
    const auto near = load(near_row);
    return hn::AverageRound(hn::AverageRound(near, load(far_row)), near);
  };
  const auto centre = column(0);
  const auto even = hn::AverageRound(hn::AverageRound(centre, column(-1)), centre);
  const auto odd = hn::AverageRound(hn::AverageRound(centre, column(1)), centre);
  const auto both = hn::Or(hn::PromoteTo(dw, even), hn::ShiftLeft<16>(hn::PromoteTo(dw, odd)));
  return hn::BitCast(di, hn::Xor(hn::BitCast(du, both), hn::Set(du, 0x8000)));
}

void combine_row(const ChromaDenoise::Registers& registers, const RowIo& io, Span span) {
  const auto neutral = hn::Set(di, ChromaDenoise::kNeutral);
  const auto *in_r = io.in<std::int16_t>(0, 0), *in_g = io.in<std::int16_t>(0, 1), *in_b = io.in<std::int16_t>(0, 2);
  auto *out_r = io.out<std::int16_t>(0), *out_g = io.out<std::int16_t>(1), *out_b = io.out<std::int16_t>(2);

  // First the denoised U and V, which wait in the rows of R and B.
  for (int c = 0; c < 2; ++c) {
    const auto *colour = c == 0 ? in_r : in_b, *smooth = io.in<std::int16_t>(1, c);
    const auto *near = io.in<std::int16_t>(2, c), *far = io.in<std::int16_t>(2, c, span.y & 1 ? 1 : -1);
    auto* out = c == 0 ? out_r : out_b;
    const auto coring = registers.coring[0][static_cast<std::size_t>(c)];
    const auto store = [&](int x, auto magnitude) HWY_ATTR {
      const auto difference = hn::Add(hn::Sub(hn::LoadU(di, colour + x), hn::LoadU(di, in_g + x)), neutral);
      const auto mean = hn::LoadU(di, smooth + x), fine = core(coring, hn::Sub(difference, mean), magnitude);
      const auto sum = hn::SaturatedAdd(hn::SaturatedAdd(mean, fine), interpolate(near, far, x));
      hn::StoreU(hn::Max(sum, hn::Zero(di)), di, out + x);
    };
    binomial_3x3(du, io.in<std::uint16_t>(1, c + 2, -1), io.in<std::uint16_t>(1, c + 2, 0),
                 io.in<std::uint16_t>(1, c + 2, 1), 1, span.count, store);
  }
  const auto unsigned_binomial = [](auto before, auto centre, auto after) HWY_ATTR {
    return hn::BitCast(di, binomial(hn::BitCast(du, before), hn::BitCast(du, centre), hn::BitCast(du, after)));
  };
  const auto clipped = [](auto value) HWY_ATTR {
    return hn::Min(hn::Max(value, hn::Zero(di)), hn::Set(di, domain::CodeRgb::max));
  };
  for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(di))) {
    const auto luma = unsigned_binomial(hn::LoadU(di, in_r + x), hn::LoadU(di, in_g + x), hn::LoadU(di, in_b + x));
    const auto denoised_u = hn::Sub(hn::LoadU(di, out_r + x), neutral);
    const auto denoised_v = hn::Sub(hn::LoadU(di, out_b + x), neutral);
    const auto green_of = [&](auto u, auto v) HWY_ATTR {
      return hn::Sub(hn::Add(luma, neutral), unsigned_binomial(hn::Add(u, neutral), neutral, hn::Add(v, neutral)));
    };
    const auto largest =
        hn::SaturatedAdd(green_of(denoised_u, denoised_v), hn::Max(hn::Max(denoised_u, denoised_v), hn::Zero(di)));
    const auto above = hn::Max(hn::SaturatedSub(largest, hn::Set(di, registers.black)), hn::Zero(di));
    const auto product = hn::Mul(hn::Min(above, hn::Set(di, registers.range)), hn::Set(di, registers.slope));
    const auto kept = hn::BitCast(di, hn::Min(hn::BitCast(du, product), hn::Set(du, 32767)));
    const auto u = hn::MulFixedPoint15(denoised_u, kept), v = hn::MulFixedPoint15(denoised_v, kept);
    const auto green = green_of(u, v);
    hn::StoreU(clipped(hn::SaturatedAdd(green, u)), di, out_r + x);
    hn::StoreU(clipped(green), di, out_g + x);
    hn::StoreU(clipped(hn::SaturatedAdd(green, v)), di, out_b + x);
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "isp/stages/binomial.h"
#include "isp/stages/int16.h"
#include "isp/stages/root_code.h"

namespace sunny16::isp {

static_assert(RowStage<ChromaDenoise>);
HWY_EXPORT(differences_row);
HWY_EXPORT(smooth_row);
HWY_EXPORT(halve_row);
HWY_EXPORT(correction_row);
HWY_EXPORT(combine_row);

void ChromaDenoise::Differences::fast_row(const Registers&, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(differences_row)(io, span);
}
void ChromaDenoise::smooth_fast_row(const RowIo& io, Span span, int step) {
  HWY_DYNAMIC_DISPATCH(smooth_row)(io, span, step);
}
void ChromaDenoise::Halve::fast_row(const Registers&, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(halve_row)(io, span);
}
void ChromaDenoise::Correction::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(correction_row)(registers, io, span);
}
void ChromaDenoise::Combine::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(combine_row)(registers, io, span);
}

void ChromaDenoise::Differences::reference_row(const Registers&, const RowIo& io, Span span) {
  for (int c = 0; c < 2; ++c)
    for (int x = 0; x < span.count; ++x)
      io.out<std::int16_t>(c)[x] =
          static_cast<std::int16_t>(io.in<std::int16_t>(0, 2 * c)[x] - io.in<std::int16_t>(0, 1)[x] + kNeutral);
}

void ChromaDenoise::smooth_reference_row(const RowIo& io, Span span, int step) {
  for (int c = 0; c < 2; ++c)
    for (int x = 0; x < span.count; ++x) {
      const auto at = [&](int dx, int dy) { return io.in<std::uint16_t>(0, c, dy * step)[x + dx * step]; };
      const int mean = binomial_3x3(at);
      io.out<std::uint16_t>(c)[x] = static_cast<std::uint16_t>(mean);
      io.out<std::uint16_t>(c + 2)[x] = static_cast<std::uint16_t>(std::abs(at(0, 0) - mean));
    }
}

void ChromaDenoise::Halve::reference_row(const Registers&, const RowIo& io, Span span) {
  const auto average = [](int a, int b) { return (a + b + 1) >> 1; };
  for (int c = 0; c < 2; ++c)
    for (int x = 0; x < span.count; ++x) {
      const auto *upper = io.in<std::uint16_t>(0, c, 0) + 2 * x, *lower = io.in<std::uint16_t>(0, c, 1) + 2 * x;
      io.out<std::uint16_t>(c)[x] =
          static_cast<std::uint16_t>(average(average(upper[0], lower[1]), average(upper[1], lower[0])));
    }
}

namespace {

/// A band's sample times its gain, of which `magnitude` decides. Bound: 2 threshold * slope <= 32767.
std::int16_t core(ChromaDenoise::Coring coring, int band, int magnitude) {
  const int excess = std::clamp(magnitude - coring.threshold, 0, 2 * coring.threshold);
  return mul_q15(static_cast<std::int16_t>(band), static_cast<std::int16_t>(excess * coring.slope));
}

/// (3 near + far) / 4 as two averages, each rounded half up.
constexpr int three_quarters(int near, int far) { return (((near + far + 1) >> 1) + near + 1) >> 1; }

}  // namespace

void ChromaDenoise::Correction::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (int c = 0; c < 2; ++c)
    for (int x = 0; x < span.count; ++x) {
      std::int16_t sum = 0;
      for (int band = 1; band <= 2; ++band) {  // a change is within the band's range: its gain is 0..1
        const int detail = io.in<std::int16_t>(band - 1, c)[x] - io.in<std::int16_t>(band, c)[x];
        const auto* magnitude = io.in<std::uint16_t>(band, c + 2) + x;
        const int mean = binomial(magnitude[-1], magnitude[0], magnitude[1]);
        const Coring coring = registers.coring[static_cast<std::size_t>(band)][static_cast<std::size_t>(c)];
        sum = add_saturated(sum, core(coring, detail, mean) - detail);
      }
      io.out<std::int16_t>(c)[x] = sum;
    }
}

void ChromaDenoise::Combine::reference_row(const Registers& registers, const RowIo& io, Span span) {
  const int far = span.y & 1 ? 1 : -1;
  for (int x = 0; x < span.count; ++x) {
    const int r = io.in<std::int16_t>(0, 0)[x], g = io.in<std::int16_t>(0, 1)[x], b = io.in<std::int16_t>(0, 2)[x];
    const auto denoised = [&](int colour, int plane) {
      const std::int16_t smooth = io.in<std::int16_t>(1, plane)[x];
      const int magnitude =
          binomial_3x3([&](int dx, int dy) { return io.in<std::uint16_t>(1, plane + 2, dy)[x + dx]; });
      const std::int16_t fine =
          core(registers.coring[0][static_cast<std::size_t>(plane)], colour - g + kNeutral - smooth, magnitude);
      const auto column = [&](int dx) {
        return three_quarters(io.in<std::int16_t>(2, plane)[x / 2 + dx],
                              io.in<std::int16_t>(2, plane, far)[x / 2 + dx]);
      };
      const int coarse = three_quarters(column(0), column(x & 1 ? 1 : -1));
      return std::max<int>(add_saturated(add_saturated(smooth, fine), coarse), 0) - kNeutral;
    };
    const int luma = binomial(r, g, b), denoised_u = denoised(r, 0), denoised_v = denoised(b, 1);
    const auto green_of = [&](int u, int v) {
      return luma + kNeutral - binomial(u + kNeutral, kNeutral, v + kNeutral);
    };
    const int largest = add_saturated(green_of(denoised_u, denoised_v), std::max({denoised_u, denoised_v, 0}));
    const int above = std::clamp<int>(add_saturated(largest, -registers.black), 0, registers.range);
    const auto kept = static_cast<std::int16_t>(std::min(above * registers.slope, 32767));
    const int u = mul_q15(static_cast<std::int16_t>(denoised_u), kept),
              v = mul_q15(static_cast<std::int16_t>(denoised_v), kept);
    const int green = green_of(u, v);
    const auto store = [&](int plane, int value) {
      io.out<std::int16_t>(plane)[x] = static_cast<std::int16_t>(std::clamp(value, 0, domain::CodeRgb::max));
    };
    store(0, green + u);
    store(1, green);
    store(2, green + v);
  }
}

ChromaDenoise::Registers ChromaDenoise::derive(const Tuning& tuning, const Conditions& conditions) {
  // Deviation of each band of unit white noise; halving averages what the fine level has smoothed, and leaves about
  // half of it.
  constexpr std::array<double, 3> kBand{0.800, 0.800 / 2, 0.273 / 2};
  Registers registers;
  registers.enabled = tuning.enabled && tuning.strength > 0;
  for (std::size_t band = 0; band < kBand.size(); ++band)
    for (std::size_t c = 0; c < 2; ++c) {
      const double deviation =
          code_deviation(conditions) * exact::sqrt(conditions.wb_gains[2 * c] + conditions.wb_gains[1]);
      const double threshold = tuning.strength * tuning.threshold[band] * kBand[band] * deviation;
      const auto t = static_cast<std::uint16_t>(round_half_up(exact::clamp(threshold, 1, 8191)));
      registers.coring[band][c] = {.threshold = t, .slope = static_cast<std::uint16_t>(32767 / (2 * t))};
    }
  if (tuning.shadows > 0) {
    const double range = exact::clamp(tuning.shadows * code_deviation(conditions), 1, 32767);
    registers.slope = static_cast<std::int16_t>(round_half_up(32767 / range));
    registers.range = static_cast<std::int16_t>((32767 + registers.slope - 1) / registers.slope);
    registers.black = static_cast<std::int16_t>(round_half_up(black_code(conditions)));
  }
  return registers;
}

}  // namespace sunny16::isp
#endif
