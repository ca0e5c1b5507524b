// Arbitrary conditions and tunings within their ranges, the same on every machine.
#pragma once

#include <concepts>
#include <cstddef>

#include "isp/core/conditions.h"
#include "isp/core/describe.h"
#include "isp/core/exact_math.h"
#include "isp/core/thumbnail.h"
#include "sim/sensor/random.h"

namespace sunny16::sim {

/// A sequence of draws; (seed, index) names it.
class Draw {
 public:
  Draw(std::uint32_t seed, int index) : seed_(seed), index_(index) {}

  /// Uniform in [first, last].
  int whole(int first, int last) {
    return first + static_cast<int>(isp::exact::floor(uniform() * (last - first + 1.0)));
  }
  double real(double first, double last) { return first + (last - first) * uniform(); }
  /// Between two positive numbers, each octave as likely as another.
  double magnitude(double first, double last) {
    return isp::exact::exp2(real(isp::exact::log2(first), isp::exact::log2(last)));
  }

  isp::Conditions conditions();
  /// With nodes all over, also beyond 0..1, and each axis its own extremes.
  isp::ColourCube cube(int size);
  /// Each cell's colour of its own, with ten stops between the darkest and the brightest.
  isp::Thumbnail thumbnail();

  /// Sets numbers, choices and switches of a described struct; lists stay as they are, and the stage on.
  template <isp::Described T>
  void vary(T& tuning) {
    isp::for_each_field(tuning, [&](const auto& row, auto& value) {
      if (row.name != "enabled") set(row.minimum, row.maximum, value);
    });
  }

 private:
  double uniform() {
    const auto word =
        philox({static_cast<std::uint32_t>(index_), static_cast<std::uint32_t>(count_++), 0, 0}, {seed_, 0});
    return (static_cast<double>(std::uint64_t{word[0]} << 20 | word[1] >> 12) + 0.5) / 0x1p52;
  }

  template <class T>
  void set(double minimum, double maximum, T& value) {
    if constexpr (std::is_enum_v<T>)
      value = static_cast<T>(whole(0, static_cast<int>(isp::EnumNames<T>::names.size()) - 1));
    else if constexpr (std::is_same_v<T, bool>)
      value = whole(0, 1) == 1;
    else if constexpr (std::is_same_v<T, int>)
      value = whole(static_cast<int>(minimum), static_cast<int>(maximum));
    else if constexpr (std::is_same_v<T, double>)
      value = real(minimum, maximum);
    else if constexpr (requires { std::tuple_size<T>::value; })
      for (auto& element : value) set(minimum, maximum, element);
  }

  std::uint32_t seed_;
  int index_, count_ = 0;
};

/// Switches a stage on, where it has a switch.
template <class T>
void switch_on(T& tuning) {
  if constexpr (requires { tuning.enabled = true; }) tuning.enabled = true;
}

}  // namespace sunny16::sim
