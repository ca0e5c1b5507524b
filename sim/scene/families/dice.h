// The measures of a scene that is drawn by lot: the same seed makes the same scene on every machine.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/scene/pattern.h"

namespace sunny16::sim {

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : seed_(static_cast<int>(seed % 1'000'003 * 7919)) {}

  double between(double low, double high) { return low + (high - low) * cell_noise(seed_, next_++); }
  bool chance(double probability) { return between(0, 1) < probability; }
  int whole(int low, int high) { return low + static_cast<int>(between(0, high - low + 0.999)); }
  template <std::size_t N>
  Colour one_of(const Colour (&colours)[N]) {
    return colours[static_cast<std::size_t>(between(0, N - 1e-6))];
  }
  /// A colour that is about like this one: lighter or darker, and each of its channels by a little.
  Colour like(Colour c) {
    const double level = between(0.75, 1.3);
    return {c.r * level * between(0.92, 1.08), c.g * level * between(0.95, 1.05), c.b * level * between(0.9, 1.1)};
  }
  /// A place of a noise's plane, where nothing repeats what other seeds show.
  Point place() { return {between(0, 97), between(0, 97)}; }

 private:
  int seed_, next_ = 0;
};

}  // namespace sunny16::sim
