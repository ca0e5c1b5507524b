// An eye for scenes: the CIE 1931 observer, in linear sRGB.
#pragma once

#include <array>

#include "sim/light/cie_1931.h"
#include "sim/light/illuminant.h"
#include "sim/scene/scene.h"

namespace sunny16::sim {

inline constexpr double kLux = 200;

inline Lamp daylight() { return {.name = "D65", .spectrum = parse_illuminant("D65").spectrum, .lux = kLux}; }

/// IEC 61966-2-1's matrix applied to the observer: a perfect white under D65 is grey, 1 / 683 for each lux.
inline Observer srgb_observer() {
  constexpr std::array<std::array<double, 3>, 3> kFromXyz{
      {{3.2404542, -1.5371385, -0.4985314}, {-0.9692660, 1.8760108, 0.0415560}, {0.0556434, -0.2040259, 1.0572252}}};
  Observer observer;
  for (std::size_t i = 0; i < 3; ++i)
    observer[i] = kCie1931[0] * kFromXyz[i][0] + kCie1931[1] * kFromXyz[i][1] + kCie1931[2] * kFromXyz[i][2];
  return observer;
}

/// The three curves of the observer itself, none of which is ever negative.
inline const Observer& xyz_observer() { return kCie1931; }

/// A scene under daylight, as parts of what a perfect white surface sends.
class Seen {
 public:
  explicit Seen(const Scene& scene, const Observer& observer = xyz_observer())
      : scene_(scene), palette_(scene.lamps(daylight()), scene.materials(), observer), white_(palette_.white(0)) {}

  Colour at(Point p, double time = 0) const {
    const Colour c = scene_.light(p, time, palette_);
    return {c.r / white_.r, c.g / white_.g, c.b / white_.b};
  }
  /// Luminance over that of white: xyz_observer()'s second curve.
  double luminance(Point p, double time = 0) const { return at(p, time).g; }

 private:
  const Scene& scene_;
  Palette palette_;
  Colour white_;
};

inline Point between(const std::array<Point, 4>& corners, double across, double down) {
  const Point top = corners[0] + (corners[1] - corners[0]) * across;
  const Point bottom = corners[3] + (corners[2] - corners[3]) * across;
  return top + (bottom - top) * down;
}

}  // namespace sunny16::sim
