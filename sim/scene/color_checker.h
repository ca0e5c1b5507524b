// A ColorChecker that fills most of the picture, on a grey card.
#pragma once

#include "sim/scene/shapes.h"

namespace sunny16::sim {

class ColorCheckerScene final : public Scene {
 public:
  static constexpr double kBackground = 0.18;

  std::span<const Spectrum> materials() const override;
  Colour light(Point at, double time, const Palette& palette) const override;
  std::vector<Target> targets() const override;
  double distance_m() const override { return 0.6; }
};

}  // namespace sunny16::sim
