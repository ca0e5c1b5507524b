// Fixed-point numbers as they stand in Registers: Q<i, f> signed, UQ<i, f> unsigned, i integer and f fraction bits.
// A Q's sign is not counted: Q<3, 12> fills int16. Conversion from real numbers rounds half up and saturates.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

namespace sunny16::isp {

/// Rounds half up: floor(v + 1/2), the project's one rounding rule. |v| < 2^62.
constexpr std::int64_t round_half_up(double v) {
  const double shifted = v + 0.5;
  const auto truncated = static_cast<std::int64_t>(shifted);
  return truncated - (static_cast<double>(truncated) > shifted ? 1 : 0);
}

template <class Raw, unsigned IntegerBits, unsigned FractionBits>
struct Fixed {
  static_assert(IntegerBits + FractionBits + (std::numeric_limits<Raw>::is_signed ? 1 : 0) <= 8 * sizeof(Raw));
  static constexpr unsigned fraction_bits = FractionBits;
  static constexpr double one = static_cast<double>(std::int64_t{1} << FractionBits);
  /// Largest magnitudes that real() may give. The most negative raw value is left out, because
  /// MulFixedPoint15(-32768, -32768) differs between instruction sets.
  static constexpr std::int64_t raw_max = (std::int64_t{1} << (IntegerBits + FractionBits)) - 1;
  static constexpr std::int64_t raw_min = std::numeric_limits<Raw>::is_signed ? -raw_max : 0;

  Raw raw = 0;

  static constexpr Fixed real(double v) {
    const double scaled = std::clamp(v * one, static_cast<double>(raw_min), static_cast<double>(raw_max));
    return {static_cast<Raw>(round_half_up(scaled))};
  }
  constexpr double to_real() const { return static_cast<double>(raw) / one; }
  friend constexpr bool operator==(Fixed, Fixed) = default;
};

template <unsigned IntegerBits, unsigned FractionBits>
using Q = Fixed<std::int16_t, IntegerBits, FractionBits>;
template <unsigned IntegerBits, unsigned FractionBits>
using UQ = Fixed<std::uint16_t, IntegerBits, FractionBits>;

}  // namespace sunny16::isp
