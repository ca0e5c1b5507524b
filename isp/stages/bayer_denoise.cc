#include "isp/stages/bayer_denoise.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/bayer_denoise.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/core/mesh-inl.h"
#include "isp/stages/binomial-inl.h"
#include "isp/stages/look_up-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

void distances_row(const BayerDenoise::Registers& registers, const RowIo& io, Span span) {
  const hn::ScalableTag<std::int16_t> d;
  const hn::Rebind<std::uint8_t, decltype(d)> d8;
  const auto& k = registers.similarity;
  const auto k_r = hn::Set(d, k[kR]), k_gr = hn::Set(d, k[kGr]), k_gb = hn::Set(d, k[kGb]), k_b = hn::Set(d, k[kB]);
  constexpr int kChunk = 256;  // the mesh's row stays in the first-level cache
  alignas(64) std::array<std::int16_t, kChunk + kSlack> noise;
  for (int start = 0; start < span.count; start += kChunk) {
    const int end = std::min(start + kChunk, span.count);
    mesh_row(registers.noise, span.x + start, span.y, end - start, noise.data());
    for (std::size_t i = 0; i < BayerDenoise::kPairs.size(); ++i) {
      const auto [ax, ay, bx, by] = BayerDenoise::kPairs[i];
      const std::int16_t *a[4], *b[4];
      for (int plane = 0; plane < 4; ++plane) {
        a[plane] = io.in<std::int16_t>(0, plane, ay) + ax;
        b[plane] = io.in<std::int16_t>(0, plane, by) + bx;
      }
      auto* out = io.out<std::uint8_t>(static_cast<int>(i));
      for (int x = start; x < end; x += static_cast<int>(hn::Lanes(d))) {
        const auto distance = [&](int plane, auto similarity) HWY_ATTR {
          const auto difference = hn::Sub(hn::LoadU(d, a[plane] + x), hn::LoadU(d, b[plane] + x));
          return hn::MulFixedPoint15(hn::Abs(difference), similarity);  // <= 16383
        };
        const auto first = hn::Add(distance(kR, k_r), distance(kGr, k_gr));
        const auto second = hn::Add(distance(kGb, k_gb), distance(kB, k_b));
        const auto sum = hn::MulFixedPoint15(hn::SaturatedAdd(first, second), hn::LoadU(d, noise.data() + x - start));
        hn::StoreU(hn::DemoteTo(d8, sum), d8, out + x);
      }
    }
  }
}

void weights_row(const BayerDenoise::Registers&, const RowIo& io, Span span) {
  const hn::ScalableTag<std::uint8_t> d;
  const auto threshold = hn::Set(d, BayerDenoise::kThreshold), largest = hn::Set(d, BayerDenoise::kLargestWeight);
  for (int pair = 0; pair < static_cast<int>(BayerDenoise::kPairs.size()); ++pair) {
    auto* out = io.out<std::uint8_t>(pair);
    const auto store = [&](int x, auto distance) HWY_ATTR {
      hn::StoreU(hn::Min(hn::SaturatedSub(threshold, distance), largest), d, out + x);
    };
    binomial_3x3(d, io.in<std::uint8_t>(0, pair, -1), io.in<std::uint8_t>(0, pair, 0), io.in<std::uint8_t>(0, pair, 1),
                 1, span.count, store);
  }
}

void mean_row(const BayerDenoise::Registers& registers, const RowIo& io, Span span) {
  const hn::ScalableTag<std::int16_t> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  const hn::Rebind<std::uint8_t, decltype(d)> d8;

  struct Neighbour {
    const std::uint8_t* weight;
    const std::int16_t* planes[4];
  };
  Neighbour neighbours[2 * BayerDenoise::kPairs.size()];
  for (std::size_t i = 0; i < BayerDenoise::kPairs.size(); ++i) {
    const auto [ax, ay, bx, by] = BayerDenoise::kPairs[i];
    const int dx = bx - ax, dy = by - ay, pair = static_cast<int>(i);
    neighbours[2 * i].weight = io.in<std::uint8_t>(1, pair, -ay) - ax;  // this quad is the pair's a, the other its b
    neighbours[2 * i + 1].weight = io.in<std::uint8_t>(1, pair, -by) - bx;  // this quad is the pair's b
    for (int plane = 0; plane < 4; ++plane) {
      neighbours[2 * i].planes[plane] = io.in<std::int16_t>(0, plane, dy) + dx;
      neighbours[2 * i + 1].planes[plane] = io.in<std::int16_t>(0, plane, -dy) - dx;
    }
  }
  const std::int16_t* in[4];
  for (int plane = 0; plane < 4; ++plane) in[plane] = io.in<std::int16_t>(0, plane);

  for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(d))) {
    const auto r = hn::LoadU(d, in[kR] + x), gr = hn::LoadU(d, in[kGr] + x);
    const auto gb = hn::LoadU(d, in[kGb] + x), b = hn::LoadU(d, in[kB] + x);
    auto sum_r = hn::Zero(d), sum_gr = sum_r, sum_gb = sum_r, sum_b = sum_r;
    auto weights = hn::Set(d, BayerDenoise::kLargestWeight);
    HWY_UNROLL(12)
    for (const Neighbour& n : neighbours) {
      const auto weight = hn::PromoteTo(d, hn::LoadU(d8, n.weight + x));
      const auto factor = hn::ShiftLeft<8>(weight);
      const auto add = [&](auto& sum, auto centre, int plane) HWY_ATTR {
        const auto difference = hn::Sub(hn::LoadU(d, n.planes[plane] + x), centre);
        sum = hn::SaturatedAdd(sum, hn::MulFixedPoint15(difference, factor));
      };
      weights = hn::Add(weights, weight);
      add(sum_r, r, kR);
      add(sum_gr, gr, kGr);
      add(sum_gb, gb, kGb);
      add(sum_b, b, kB);
    }
    const auto total = hn::BitCast(du, weights), part = hn::ShiftRight<5>(total);
    const auto base = look_up(du, registers.base_low, registers.base_high, part);
    const auto slope = look_up(du, registers.slope_low, registers.slope_high, part);
    const auto reciprocal = hn::BitCast(d, hn::Sub(base, hn::MulHigh(slope, hn::ShiftLeft<11>(total))));
    const auto store = [&](auto centre, auto sum, int plane) HWY_ATTR {  // centre + (sum * reciprocal >> 13)
      const auto high = hn::ShiftLeft<3>(hn::MulHigh(sum, reciprocal));
      const auto low = hn::ShiftRight<13>(hn::BitCast(du, hn::Mul(sum, reciprocal)));
      const auto moved = hn::Add(centre, hn::Add(high, hn::BitCast(d, low)));
      const auto clipped = hn::Min(hn::Max(moved, hn::Zero(d)), hn::Set(d, domain::CodeRaw::max));
      hn::StoreU(clipped, d, io.out<std::int16_t>(plane) + x);
    };
    store(r, sum_r, kR);
    store(gr, sum_gr, kGr);
    store(gb, sum_gb, kGb);
    store(b, sum_b, kB);
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "isp/stages/binomial.h"
#include "isp/stages/int16.h"
#include "isp/stages/root_code.h"
#include "isp/stages/unpack.h"

namespace sunny16::isp {

static_assert(RowStage<BayerDenoise>);
HWY_EXPORT(distances_row);
HWY_EXPORT(weights_row);
HWY_EXPORT(mean_row);

void BayerDenoise::Distances::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(distances_row)(registers, io, span);
}
void BayerDenoise::Weights::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(weights_row)(registers, io, span);
}
void BayerDenoise::Mean::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(mean_row)(registers, io, span);
}

void BayerDenoise::Distances::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (std::size_t i = 0; i < kPairs.size(); ++i) {
    const auto [ax, ay, bx, by] = kPairs[i];
    for (int x = 0; x < span.count; ++x) {
      std::int16_t sum = 0;
      for (int plane = 0; plane < 4; ++plane) {
        const int difference = io.in<std::int16_t>(0, plane, ay)[x + ax] - io.in<std::int16_t>(0, plane, by)[x + bx];
        sum = add_saturated(
            sum, mul_q15(saturate16(std::abs(difference)), registers.similarity[static_cast<std::size_t>(plane)]));
      }
      sum = mul_q15(sum, registers.noise.at(span.x + x, span.y));
      io.out<std::uint8_t>(static_cast<int>(i))[x] = static_cast<std::uint8_t>(std::min<std::int16_t>(sum, 255));
    }
  }
}

void BayerDenoise::Weights::reference_row(const Registers&, const RowIo& io, Span span) {
  for (int pair = 0; pair < static_cast<int>(kPairs.size()); ++pair)
    for (int x = 0; x < span.count; ++x) {
      const int distance = binomial_3x3([&](int dx, int dy) { return io.in<std::uint8_t>(0, pair, dy)[x + dx]; });
      io.out<std::uint8_t>(pair)[x] = static_cast<std::uint8_t>(std::clamp(kThreshold - distance, 0, kLargestWeight));
    }
}

void BayerDenoise::Mean::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (int x = 0; x < span.count; ++x) {
    std::array<std::int16_t, 4> sum{};
    int weights = kLargestWeight;
    for (std::size_t i = 0; i < kPairs.size(); ++i) {
      const auto [ax, ay, bx, by] = kPairs[i];
      const auto add = [&](std::uint8_t weight, int dx, int dy) {
        weights += weight;  // <= 13 * 39 = 507
        for (int plane = 0; plane < 4; ++plane) {
          const int difference = io.in<std::int16_t>(0, plane, dy)[x + dx] - io.in<std::int16_t>(0, plane)[x];
          std::int16_t& s = sum[static_cast<std::size_t>(plane)];  // sum of weight * difference / 128
          s = add_saturated(s, mul_q15(saturate16(difference), static_cast<std::int16_t>(256 * weight)));
        }
      };
      add(io.in<std::uint8_t>(1, static_cast<int>(i), -ay)[x - ax], bx - ax, by - ay);
      add(io.in<std::uint8_t>(1, static_cast<int>(i), -by)[x - bx], ax - bx, ay - by);
    }
    const auto part = static_cast<std::size_t>(weights >> 5);
    const int base = registers.base_low[part] + 256 * registers.base_high[part];
    const int slope = registers.slope_low[part] + 256 * registers.slope_high[part];
    const int reciprocal = base - (slope * (weights & 31) >> 5);  // <= 2^20 / 39 = 26887
    for (int plane = 0; plane < 4; ++plane) {
      // |sum| <= 16383 weights / 128, and the reciprocal is at most 3 % above 2^20 / weights: the shift is below 16900.
      const int shift = sum[static_cast<std::size_t>(plane)] * reciprocal >> 13;
      io.out<std::int16_t>(plane)[x] =
          static_cast<std::int16_t>(std::clamp(io.in<std::int16_t>(0, plane)[x] + shift, 0, domain::CodeRaw::max));
    }
  }
}

namespace {

/// How much lens shading gains, of all channels, leave of a distance in deviations of noise.
Mesh noise_mesh(const Conditions& conditions) {
  std::vector<double> values{1};
  int columns = 1, rows = 1;
  if (const GainMesh* mesh = conditions.shading.get(); mesh && !mesh->empty()) {
    columns = mesh->columns, rows = mesh->rows;
    values.resize(mesh->gains[0].size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double mean = (mesh->gains[kR][i] + mesh->gains[kGr][i] + mesh->gains[kGb][i] + mesh->gains[kB][i]) / 4;
      values[i] = 1 / exact::sqrt(exact::max(mean, 1));
    }
  }
  return quantised_mesh(values, columns, rows, binned(conditions.frame, conditions.binning), kR, 32767);
}

}  // namespace

BayerDenoise::Registers BayerDenoise::derive(const Tuning& tuning, const Conditions& conditions) {
  Registers registers;
  registers.enabled = tuning.enabled && tuning.strength > 0;
  constexpr std::array<std::size_t, 4> kColour{0, 1, 1, 2};
  for (std::size_t plane = 0; plane < 4; ++plane) {
    const double deviation =
        code_deviation(conditions) * exact::sqrt(conditions.wb_gains[kColour[plane]]) * tuning.strength;
    registers.similarity[plane] = Q<0, 15>::real(kDeviation / exact::max(deviation, 1)).raw;
  }
  registers.noise = noise_mesh(conditions);
  for (std::size_t part = 1; part < 16; ++part) {
    // The chord of 1 / w over the part, lowered by half its largest distance from the curve: within 3 %, which only
    // scales how far a quad moves towards the mean.
    const double w = 32 * static_cast<double>(part), first = exact::max(w, kLargestWeight), last = w + 32;
    const double slope = 1 / (first * last), root_gap = 1 / exact::sqrt(first) - 1 / exact::sqrt(last);
    const double base = 1 / first + slope * (first - w) - root_gap * root_gap / 2;
    const double one = (1 - tuning.texture) * (1 << 20);
    const auto b = round_half_up(base * one), s = round_half_up(slope * 32 * one);
    registers.base_low[part] = static_cast<std::uint8_t>(b & 255),
    registers.base_high[part] = static_cast<std::uint8_t>(b >> 8);
    registers.slope_low[part] = static_cast<std::uint8_t>(s & 255),
    registers.slope_high[part] = static_cast<std::uint8_t>(s >> 8);
  }
  return registers;
}

}  // namespace sunny16::isp
#endif
