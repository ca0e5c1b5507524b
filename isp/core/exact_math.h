// Transcendental functions with the same result on every machine: built from IEEE 754 + - * / and bit operations only
// (compile with -ffp-contract=off). Whatever ends in Registers, or in a simulated pixel, uses these, never <cmath>.
// Relative error below 1e-13 over the ranges given.
#pragma once

#include <bit>
#include <cstdint>

namespace sunny16::isp::exact {

constexpr double abs(double v) { return v < 0 ? -v : v; }
constexpr double min(double a, double b) { return b < a ? b : a; }
constexpr double max(double a, double b) { return a < b ? b : a; }
constexpr double clamp(double v, double lo, double hi) { return min(max(v, lo), hi); }

/// Largest integer not above v; |v| < 2^62.
constexpr double floor(double v) {
  const auto t = static_cast<double>(static_cast<std::int64_t>(v));
  return t > v ? t - 1 : t;
}

/// Square root by Newton's iteration from a bit-level first guess; v >= 0.
constexpr double sqrt(double v) {
  if (!(v > 0)) return 0;
  double r = std::bit_cast<double>((std::bit_cast<std::uint64_t>(v) >> 1) + (std::uint64_t{0x3FF} << 51));
  for (int i = 0; i < 6; ++i) r = 0.5 * (r + v / r);
  return r;
}

/// Base-2 logarithm of a positive normal number: exponent bits plus an atanh series of the mantissa.
constexpr double log2(double v) {
  constexpr double kLog2E = 1.4426950408889634074;
  const auto bits = std::bit_cast<std::uint64_t>(v);
  auto exponent = static_cast<int>((bits >> 52) & 0x7FF) - 1023;
  double m = std::bit_cast<double>((bits & 0xFFFFFFFFFFFFFull) | (std::uint64_t{1023} << 52));  // [1, 2)
  if (m > 1.4142135623730951) m *= 0.5, ++exponent;
  const double t = (m - 1) / (m + 1), t2 = t * t;
  double sum = 0;
  for (int k = 25; k >= 1; k -= 2) sum = sum * t2 + 1.0 / k;
  return exponent + 2 * kLog2E * t * sum;
}

/// 2^v for -1022 <= v <= 1023, saturating outside.
constexpr double exp2(double v) {
  constexpr double kLn2 = 0.69314718055994530942;
  v = clamp(v, -1022, 1023);
  const double whole = floor(v + 0.5), x = (v - whole) * kLn2;
  double sum = 1;
  for (int k = 18; k >= 1; --k) sum = 1 + sum * x / k;
  return sum * std::bit_cast<double>(static_cast<std::uint64_t>(static_cast<std::int64_t>(whole) + 1023) << 52);
}

constexpr double exp(double v) { return exp2(v * 1.4426950408889634074); }
constexpr double log(double v) { return log2(v) * 0.69314718055994530942; }

/// base^power for base >= 0; 0^power is 0.
constexpr double pow(double base, double power) { return base > 0 ? exp2(power * log2(base)) : 0; }

}  // namespace sunny16::isp::exact
