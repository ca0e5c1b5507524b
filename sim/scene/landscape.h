// A meadow with flowers and a tree before hills, on a day with a few clouds.
#pragma once

#include "sim/scene/foliage.h"

namespace sunny16::sim {

/// Lit by the main lamp as by the sun and the sky together; a sunlit cloud is about as bright as a white surface. A
/// ColorChecker stands in the meadow.
class Landscape final : public Scene {
 public:
  Landscape();
  std::span<const Spectrum> materials() const override;
  Colour light(Point at, double time, const Palette& palette) const override;
  std::vector<Target> targets() const override;
  double distance_m() const override { return 8; }

  /// What a painter would paint: everything but the chart, as surfaces in full light.
  Colour view(Point at) const;

 private:
  Leaves crown_, grass_, near_woods_, far_woods_;
};

}  // namespace sunny16::sim
