// The demo's scene: charts that can be measured, and surfaces that show what a measurement does not.
#pragma once

#include <vector>

#include "sim/scene/solids.h"

namespace sunny16::sim {

/// A ColorChecker, a grey ramp and a resolution chart on a wall; fruit, a glazed vase and cloth of fine threads on a
/// wooden table under a window's light; a bare bulb, its own warm lamp, far brighter than white. Composed for 4:3; in
/// wider pictures wall and table go on. The charts see the main lamp alone, and evenly.
class StillLife final : public Scene {
 public:
  StillLife();
  std::vector<Lamp> lamps(const Lamp& main) const override;
  std::span<const Spectrum> materials() const override;
  Colour light(Point at, double time, const Palette& palette) const override;
  std::vector<Target> targets() const override;

  struct Body {
    Turned shape;
    Box shadow;  ///< where it may fall
    Colour (*paint)(const Surface&);
    double gloss, sharp;  ///< how much of the window is reflected, and how clearly
  };

 private:
  std::optional<Colour> body_at(Point at, const Palette& palette) const;
  Colour table(Point at, const Palette& palette) const;
  /// What the table mirrors of the bodies, as paint.
  Colour mirrored(Point at) const;

  std::vector<Body> bodies_;  ///< the nearest first
};

}  // namespace sunny16::sim
