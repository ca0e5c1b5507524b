// Random numbers without a state: each is a function of a key and a counter, so that a simulated pixel is the same on
// any machine, with any number of threads, in any order.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

#include "isp/core/exact_math.h"

namespace sunny16::sim {

/// Philox4x32-10 of J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011:
/// four 32-bit numbers for each counter.
constexpr std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * counter[0], b = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
               static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += 0x9E3779B9, key[1] += 0xBB67AE85;
  }
  return counter;
}

/// A uniform number in (0, 1) from 32 random bits.
constexpr double uniform(std::uint32_t bits) { return (bits + 0.5) / 0x1p32; }

/// Two independent uniform numbers in (0, 1) for each pixel of each frame. Pixels at even and odd x share a draw.
constexpr std::array<double, 4> pixel_pair_uniforms(std::uint64_t seed, std::uint64_t frame, int pair, int y) {
  const auto word = philox({static_cast<std::uint32_t>(pair), static_cast<std::uint32_t>(y),
                            static_cast<std::uint32_t>(frame), static_cast<std::uint32_t>(frame >> 32)},
                           {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
  return {uniform(word[0]), uniform(word[1]), uniform(word[2]), uniform(word[3])};
}
constexpr std::array<double, 2> pixel_uniforms(std::uint64_t seed, std::uint64_t frame, int x, int y) {
  const auto u = pixel_pair_uniforms(seed, frame, x >> 1, y);
  return x & 1 ? std::array{u[2], u[3]} : std::array{u[0], u[1]};
}

/// 64 random bits that belong to a place and a key for good: the finaliser of S. Vigna's SplitMix64.
constexpr std::uint64_t fixed_bits(std::uint64_t key, int x, int y) {
  std::uint64_t h =
      key * 0x9E3779B97F4A7C15u + (std::uint64_t{static_cast<std::uint32_t>(y)} << 32 | static_cast<std::uint32_t>(x));
  h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9u;
  h = (h ^ h >> 27) * 0x94D049BB133111EBu;
  return h ^ h >> 31;
}

/// The standard normal deviate below which a part `p` of all lie, 0 < p < 1; within 1e-7 (algorithm PPND7 of M.
/// Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37(3), 1988).
constexpr double normal_quantile(double p) {
  namespace exact = isp::exact;
  const double q = p - 0.5;
  if (exact::abs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * (((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179) /
           (((67.18756360 * r + 78.757757664) * r + 17.895169469) * r + 1);
  }
  double r = exact::sqrt(-exact::log(q < 0 ? p : 1 - p));
  double tail = 0;
  if (r <= 5) {
    r -= 1.6;
    tail = (((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777) /
           ((0.12021132975 * r + 0.73700164250) * r + 1);
  } else {
    r -= 5;
    tail = (((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150) /
           ((0.012258202635 * r + 0.24197894225) * r + 1);
  }
  return q < 0 ? -tail : tail;
}

/// normal_quantile() from a table, within 1e-4: linear between 4096 steps, exact in the tails.
inline double fast_normal_quantile(double p) {
  constexpr int kSteps = 4096, kTail = 32;
  static const auto table = [] {
    std::array<double, kSteps + 1> t{};
    for (int i = 1; i < kSteps; ++i) t[static_cast<std::size_t>(i)] = normal_quantile(static_cast<double>(i) / kSteps);
    return t;
  }();
  const double step = p * kSteps;
  const auto i = static_cast<std::size_t>(step);
  if (i < kTail || i >= kSteps - kTail) return normal_quantile(p);
  return table[i] + (table[i + 1] - table[i]) * (step - static_cast<double>(i));
}

/// exp(-v) for 0 <= v < 16, within 1e-10.
inline double small_exp(double v) {
  static const auto table = [] {
    std::array<double, 16 * 64 + 1> t{};
    for (std::size_t i = 0; i < t.size(); ++i) t[i] = isp::exact::exp(-static_cast<double>(i) / 64);
    return t;
  }();
  const auto i = static_cast<std::size_t>(v * 64);
  const double r = v - static_cast<double>(i) / 64;
  return table[i] * (1 - r * (1 - r * (0.5 - r * (1.0 / 6 - r / 24))));
}

/// The Poisson deviate of a uniform number: counted where the mean is small, else the normal one with its skewness put
/// right (Cornish and Fisher, 1938), whose first three moments agree within 1 %.
inline double poisson_quantile(double mean, double uniform) {
  if (!(mean > 0)) return 0;
  if (mean < 16) {
    double count = 0, probability = small_exp(mean), sum = probability;
    for (; sum < uniform && count < 128; sum += probability) probability *= mean / ++count;
    return count;
  }
  const double z = fast_normal_quantile(uniform);
  return isp::exact::max(0, isp::exact::floor(mean + z * std::sqrt(mean) + (z * z - 1) / 6 + 0.5));
}

}  // namespace sunny16::sim
