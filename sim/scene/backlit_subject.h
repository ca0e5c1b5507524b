// Two people before a bright sea: faces in their own shadow, a sky of many times their light.
#pragma once

#include "sim/scene/portrait.h"

namespace sunny16::sim {

/// The main lamp is the sun with its sky. The sun stands low behind the two: faces get kFill of it, edges of hair and
/// shoulders far more. One has fair, one dark skin, both with the spectra of skin. A ColorChecker before them is in the
/// same fill.
class BacklitSubject final : public Scene {
 public:
  static constexpr double kFill = 0.07;

  BacklitSubject();
  std::span<const Spectrum> materials() const override { return materials_; }
  Colour light(Point at, double time, const Palette& palette) const override;
  std::vector<Target> targets() const override;
  double distance_m() const override { return 2; }

 private:
  Portrait portrait_;
  std::vector<Spectrum> materials_;  ///< the chart's, then both skins
};

}  // namespace sunny16::sim
