// The dead leaves chart, whose statistics are a natural picture's: how much texture a camera keeps (ISO 19567-2).
#pragma once

#include "sim/scene/leaves.h"

namespace sunny16::sim {

/// Discs dropped on each other at random until nothing is seen between them. Their radii have the density r^-3 from
/// kSmallest to kLargest, which makes the pattern look alike at every scale (Cao, Guichard and Hornung, 'Measuring
/// texture sharpness of a digital camera', SPIE 7250, 2009); their greys, or each of their three colours, are uniform
/// between kDarkest and kLightest. Even areas beside the discs have their mean. What no disc covers, less than a
/// millionth, has it too.
class DeadLeaves final : public Scene {
 public:
  static constexpr double kSmallest = 0.003, kLargest = 0.1;
  static constexpr double kDarkest = 0.25, kLightest = 0.75, kMean = (kDarkest + kLightest) / 2;

  explicit DeadLeaves(bool coloured);
  Colour light(Point at, double time, const Palette& palette) const override;
  std::vector<Target> targets() const override;

  /// The radius below which a part `rank`, 0..1, of the discs lies.
  static double radius(double rank);

 private:
  Leaves discs_;
};

}  // namespace sunny16::sim
