// A perfect white surface, evenly lit: for shading, photo response and photon transfer (EMVA 1288).
#pragma once

#include "sim/scene/shapes.h"

namespace sunny16::sim {

class FlatField final : public Scene {
 public:
  Colour light(Point, double, const Palette& palette) const override { return palette.white(0); }
  std::vector<Target> targets() const override {
    return {{.kind = TargetKind::flat, .name = "field", .corners = Box{{-0.6, -0.45}, {0.6, 0.45}}.corners()}};
  }
};

}  // namespace sunny16::sim
