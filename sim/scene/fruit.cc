#include "sim/scene/fruit.h"

#include "sim/scene/pattern.h"

namespace sunny16::sim {

Colour apple(const Surface& s) {
  const double streak = fractal_noise({s.around * 9, s.along * 2});
  const double ripe = smooth_step(-0.55, 0.5, s.around * 0.8 + 0.5 * s.along + 1.3 * streak);
  if (s.inside) return {0.20, 0.11, 0.02};
  return mix({0.62, 0.40, 0.06}, {0.46, 0.020, 0.022}, ripe);
}

Colour pear(const Surface& s) {
  const double freckle = smooth_step(0.66, 0.8, value_noise({s.around * 24 + 9, s.along * 34}));
  const Colour skin = mix({0.34, 0.36, 0.035}, {0.58, 0.33, 0.05}, smooth_step(-0.4, 0.9, s.around + 0.4 * s.along));
  return mix(skin, {0.20, 0.13, 0.03}, 0.5 * freckle);
}

Colour orange(const Surface& s) {
  const Point skin{s.around * 22, s.along * 26};
  return Colour{0.78, 0.235, 0.012} * (0.86 + 0.28 * value_noise(skin));
}

Colour lemon(const Surface& s) {
  const double tip = smooth_step(0.90, 1, s.along) + smooth_step(0.06, 0, s.along);
  return mix({0.82, 0.58, 0.025}, {0.45, 0.42, 0.03}, tip) * (0.9 + 0.2 * value_noise({s.around * 20, s.along * 30}));
}

Colour vase(const Surface& s) {
  if (s.inside) return {0.015, 0.05, 0.05};
  const double run = 0.30 + 0.06 * value_noise({s.around * 4, 3}) + 0.02 * sine(s.around * 2.2);  // the glaze has run
  const Colour glaze = mix({0.015, 0.15, 0.17}, {0.03, 0.26, 0.27}, value_noise({s.around * 5, s.along * 9}));
  const Colour clay{0.62, 0.55, 0.45};
  const double rim = smooth_step(0.035, 0.02, s.along);
  return mix(mix(glaze, clay, smooth_step(run + 0.3, run + 0.33, s.along)), {0.20, 0.12, 0.06}, rim);
}

Colour egg(const Surface& s) { return grey(0.78) * (0.97 + 0.06 * value_noise({s.around * 30, s.along * 40})); }

}  // namespace sunny16::sim
