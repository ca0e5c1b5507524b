// The demo's scene: charts that can be measured, and surfaces that show what a measurement does not.
#pragma once

#include "sim/scene/scene.h"

namespace sunny16::sim {

/// A ColorChecker, a grey ramp and a resolution chart before a wall that darkens to one side; balls with highlights,
/// and cloth of fine threads, on a wooden table; a bare lamp far brighter than white. Made for pictures of 4:3. Charts
/// are evenly lit: their light is the reflectance printed on them.
class StillLife final : public Scene {
 public:
  Colour light(Point at) const override;

  /// Centre of the ColorChecker's patch `index`, and how far a patch reaches from there.
  static Point patch(int index);
  static constexpr double kPatchReach = 0.035;
};

}  // namespace sunny16::sim
