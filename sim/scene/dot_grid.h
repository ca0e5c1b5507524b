// A grid of dark dots on white card: distortion and lateral colour over the field (ISO 17850, ISO 19084).
#pragma once

#include "sim/scene/shapes.h"

namespace sunny16::sim {

class DotGrid final : public Scene {
 public:
  static constexpr int kColumns = 17, kRows = 13;
  static constexpr double kPitch = 0.075, kRadius = 0.018;
  static constexpr double kLight = 0.85, kDark = 0.04;

  Colour light(Point at, double time, const Palette& palette) const override;
  std::vector<Target> targets() const override;
};

}  // namespace sunny16::sim
