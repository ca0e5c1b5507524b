// Wedges of lines that become finer and finer, with numbers: where the eye says that resolution ends.
#pragma once

#include <string>
#include <vector>

#include "sim/scene/shapes.h"

namespace sunny16::sim {

/// Nine lines each, whose frequency grows evenly along the wedge (so that the lines are hyperbolas, as on ISO
/// 12233:2000's chart), across rows and across columns, in the centre and the corners. Numbers are hundreds of line
/// widths per picture height.
class ResolutionWedges final : public Scene {
 public:
  ResolutionWedges();
  Colour light(Point at, double time, const Palette& palette) const override;
  std::vector<Target> targets() const override;

 private:
  struct Number {
    std::string text;
    Point corner;
    double height;
  };
  struct Wedge {
    Point start, along;           ///< where the coarse end has its middle; direction
    double length, coarse, fine;  ///< cycles per picture height
    Box around;
    std::vector<Number> numbers;

    double frequency(double way) const { return coarse + (fine - coarse) * way / length; }
    bool ink(Point at) const;
  };
  void add(Point start, Point along, double length, int coarse, int fine);

  std::vector<Wedge> wedges_;
};

}  // namespace sunny16::sim
