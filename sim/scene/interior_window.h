// A dim room with a window: more than 100 dB between what lies under the shelves and the clouds outside.
#pragma once

#include "sim/scene/landscape.h"
#include "sim/scene/solids.h"

namespace sunny16::sim {

/// The main lamp lights the room, a few hundredths of its light reach most of it; the landscape outside and what falls
/// in through the window are daylight of kDaylightLux, whatever the main lamp is. A ColorChecker hangs beside the
/// window, evenly lit by kChartLight of the main lamp alone.
class InteriorWindow final : public Scene {
 public:
  static constexpr double kDaylightLux = 40000, kChartLight = 0.05;

  InteriorWindow();
  std::vector<Lamp> lamps(const Lamp& main) const override;
  std::span<const Spectrum> materials() const override;
  Colour light(Point at, double time, const Palette& palette) const override;
  std::vector<Target> targets() const override;
  double distance_m() const override { return 3; }

 private:
  /// What a surface sends to us: its paint, and how much of both lights it gets.
  struct Lit {
    Colour paint;
    double main, daylight;
  };
  std::optional<Lit> furniture(Point at) const;
  std::optional<Lit> window(Point at, double x, double y) const;

  Landscape outside_;
  Leaves plant_;
  Turned pot_, bottle_;
};

}  // namespace sunny16::sim
