// Round resolution charts: every direction, and from coarse to finer than any sensor resolves.
#pragma once

#include "sim/scene/shapes.h"

namespace sunny16::sim {

/// ISO 12233's sinusoidal Siemens star of 144 cycles; a ramp of 16 greys on either side tells how light became numbers.
class SiemensStar final : public Scene {
 public:
  static constexpr int kCycles = 144;
  static constexpr double kRadius = 0.45;

  Colour light(Point at, double time, const Palette& palette) const override;
  std::vector<Target> targets() const override;
};

/// A circular zone plate: the local frequency grows with the radius, up to kFinest at the rim, so that each ring of
/// false circles is the aliasing of its own frequency.
class ZonePlate final : public Scene {
 public:
  static constexpr double kRadius = 0.45, kFinest = 1000;  ///< cycles per picture height

  Colour light(Point at, double time, const Palette& palette) const override;
  std::vector<Target> targets() const override;
};

}  // namespace sunny16::sim
