// A scene that one function paints.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "sim/scene/scene.h"

namespace sunny16::sim {

class Painted final : public Scene {
 public:
  /// What a place sends.
  using Light = std::function<Colour(Point, const Palette&)>;
  /// What a place would be in the main lamp's full light, as a paint; lamps and skies in the picture exceed 1.
  using Paint = std::function<Colour(Point)>;

  Painted(double distance_m, Light light, std::vector<Spectrum> materials = {}, std::vector<Target> targets = {})
      : distance_m_(distance_m),
        light_(std::move(light)),
        materials_(std::move(materials)),
        targets_(std::move(targets)) {}

  std::span<const Spectrum> materials() const override { return materials_; }
  Colour light(Point at, double, const Palette& palette) const override { return light_(at, palette); }
  std::vector<Target> targets() const override { return targets_; }
  double distance_m() const override { return distance_m_; }

 private:
  double distance_m_;
  Light light_;
  std::vector<Spectrum> materials_;
  std::vector<Target> targets_;
};

inline std::unique_ptr<Scene> painted(double distance_m, Painted::Paint paint) {
  return std::make_unique<Painted>(distance_m, [paint = std::move(paint)](Point at, const Palette& palette) {
    return palette.surface(0, paint(at));
  });
}

}  // namespace sunny16::sim
