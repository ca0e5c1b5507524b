// ISO 12233's low-contrast slanted edges: dark squares turned by 5 degrees over the whole field.
#pragma once

#include "sim/scene/shapes.h"

namespace sunny16::sim {

/// 3 x 3 squares on light card, the contrast 4:1 as ISO 12233:2017 wants. Every second one is turned the other way.
/// Each side is a target, so that every part of the field is measured across rows and across columns.
class SlantedEdges final : public Scene {
 public:
  static constexpr double kLight = 0.6, kDark = 0.15;

  Colour light(Point at, double time, const Palette& palette) const override;
  std::vector<Target> targets() const override;
};

}  // namespace sunny16::sim
