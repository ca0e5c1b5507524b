// ISO 14524's test chart for the opto-electronic conversion function: 20 greys around the picture's centre.
#pragma once

#include "sim/scene/shapes.h"

namespace sunny16::sim {

/// The patches lie on one circle, so that the lens darkens all alike, on a background of 18 %. Densities grow by 0.17
/// a step from 0 to 3.23: the lightest sends 1700 times as much light as the darkest.
class OecfChart final : public Scene {
 public:
  static constexpr int kPatches = 20;
  static constexpr double kBackground = 0.18, kDensityStep = 0.17;

  OecfChart();
  Colour light(Point at, double time, const Palette& palette) const override;
  std::vector<Target> targets() const override;

 private:
  struct Patch {
    Box box;
    double reflectance;
  };
  std::array<Patch, kPatches> patches_;
};

}  // namespace sunny16::sim
