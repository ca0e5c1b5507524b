// Parameters that follow the light: any number (or array of numbers) of a described struct may be given as a curve over
// analogue gain, colour temperature or lux.
//
//   "strength": {"by": "AnalogueGain", "at": [1, 4, 16], "value": [1.0, 0.6, 0.2]}
//
// Gain and lux are interpolated over their logarithm (a stop is a stop), colour temperature over its reciprocal
// (mired), which is how illuminants and their noise spread evenly. Outside `at` the end values hold. Results end in
// Registers, so the arithmetic is the same on every machine.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include "isp/core/conditions.h"
#include "isp/core/describe.h"
#include "isp/core/fixed.h"

namespace sunny16::firmware {

enum class Axis : std::uint8_t { analogue_gain, colour_temperature, lux };

/// Where the conditions stand on an axis, in its own unit.
double value_on(Axis axis, const isp::Conditions& conditions);

/// Two neighbouring nodes of a curve and how far to go from the first to the second, 0..1.
struct Between {
  std::size_t first = 0, second = 0;
  double fraction = 0;
  /// The interpolated number; never outside a..b.
  double mix(double a, double b) const {
    return fraction == 0 ? a : std::clamp(a + (b - a) * fraction, std::min(a, b), std::max(a, b));
  }
};

/// Finds `v` among increasing nodes (at least one).
Between locate(Axis axis, const std::vector<double>& nodes, double v);

/// A field given as a curve: `value[i]` holds the field's numbers at node `at[i]`.
struct Curve {
  std::string field;
  Axis by = Axis::analogue_gain;
  std::vector<double> at;
  std::vector<std::vector<double>> value;

  std::vector<double> sample(const isp::Conditions& conditions) const;
  friend bool operator==(const Curve&, const Curve&) = default;
};

// Numbers and arrays of numbers as lists of doubles, the common form of interpolation.

template <class T>
inline constexpr bool is_number = std::is_same_v<T, double> || std::is_same_v<T, int>;

template <class T>
struct NumberList : std::false_type {};
template <class T>
requires is_number<T>
struct NumberList<std::vector<T>> : std::true_type {
};
template <class T, std::size_t N>
requires is_number<T>
struct NumberList<std::array<T, N>> : std::true_type {
};

/// Types of fields that may be curves.
template <class T>
concept Numeric = is_number<T> || NumberList<T>::value;

/// Whether a field F of struct T may be a curve. Counts that other fields must agree with (see described_json.h on
/// problem()) may not: between two nodes they would agree with neither.
template <class T, class F>
inline constexpr bool may_be_curve = Numeric<F> && !(std::is_same_v<F, int> && requires(const T& t) { t.problem(); });

template <Numeric T>
std::vector<double> to_numbers(const T& value) {
  if constexpr (is_number<T>)
    return {static_cast<double>(value)};
  else
    return {value.begin(), value.end()};
}

template <Numeric T>
void from_numbers(const std::vector<double>& numbers, T& value) {
  const auto convert = [](double v, auto& number) {
    if constexpr (std::is_same_v<decltype(number), int&>)
      number = static_cast<int>(isp::round_half_up(v));
    else
      number = v;
  };
  if constexpr (is_number<T>) {
    convert(numbers[0], value);
  } else {
    if constexpr (requires { value.resize(numbers.size()); }) value.resize(numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) convert(numbers[i], value[i]);
  }
}

/// A described struct, some fields of which may be curves. Those stand in `base` with the value of their first node.
template <isp::Described T>
struct Adaptive {
  T base;
  std::vector<Curve> curves;

  T at(const isp::Conditions& conditions) const {
    T result = base;
    for (const Curve& curve : curves)
      isp::for_each_field(result, [&](const auto& row, auto& value) {
        if constexpr (Numeric<std::remove_cvref_t<decltype(value)>>)
          if (row.name == curve.field) from_numbers(curve.sample(conditions), value);
      });
    return result;
  }
};

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::EnumNames<sunny16::firmware::Axis> {
  static constexpr std::array<std::string_view, 3> names{"AnalogueGain", "ColourTemperature", "Lux"};
};
