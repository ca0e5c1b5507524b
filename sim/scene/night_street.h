// A wet street at night: lit windows, street lamps far brighter than all they light, and a sign that flickers.
#pragma once

#include <vector>

#include "sim/scene/shapes.h"

namespace sunny16::sim {

/// The windows are lit by the main lamp, as rooms are; the street lamps are high-pressure sodium on the left and LED on
/// the right, the sign is an LED matrix that is dark for half of each 1/90 s. All follow the main lamp's illuminance: a
/// façade under a street lamp gets about a tenth of it.
class NightStreet final : public Scene {
 public:
  static constexpr double kSignHz = 90;

  NightStreet();
  std::vector<Lamp> lamps(const Lamp& main) const override;
  Colour light(Point at, double time, const Palette& palette) const override;
  double distance_m() const override { return 12; }

 private:
  Colour dry(Point at, const Palette& palette) const;
  bool on_sign(Point at, const Palette& palette, Colour& seen) const;

  std::vector<std::uint8_t> sign_;  ///< whether each LED is lit, row by row
};

}  // namespace sunny16::sim
