#include "sim/scene/families/skies.h"

#include "sim/scene/shapes.h"

namespace sunny16::sim {

Colour Sky::at(Point p) const {
  const double up = exact::clamp((horizon - p.y) * 2, 0, 1);
  Colour c = mix(low, high, std::sqrt(up));
  if (cover > 0) {
    const double away = 1 / (0.25 + exact::max((horizon - p.y) * 2, 0));  // clouds lie on a ceiling
    const Point q{noise.x + p.x * away * 1.6, noise.y + flat * away};
    const double density = fine_noise(q) + 0.3 * (value_noise(q * 0.4) - 0.5) + 0.5 * (cover - 0.5);
    const double there = smooth_step(0, 0.16, density) * smooth_step(0, 0.12, up);
    const double shade = exact::clamp(0.55 + 2 * (density - fractal_noise(q + Point{-0.2, 0.25})), 0, 1);
    c = mix(c, mix(shaded, lit, shade), there);
  }
  if (glow > 0) {
    const Point d = p - sun;
    const double r2 = dot(d, d);
    c = c + glow_colour * (glow * (0.02 / (r2 + 0.015) + 0.25 / (1 + 7 * r2)));
    if (r2 < sun_radius * sun_radius) c = c + glow_colour * 40;
  }
  return c;
}

Sky day_sky(Dice& dice, double horizon) {
  return {.horizon = horizon,
          .low = dice.like({0.47, 0.60, 0.74}),
          .high = dice.like({0.09, 0.20, 0.46}),
          .cover = dice.chance(0.3) ? 0 : dice.between(0.25, 0.75),
          .lit = {1.02, 1.0, 0.96},
          .shaded = {0.42, 0.47, 0.56},
          .flat = dice.between(2, 5),
          .sun = {},
          .glow_colour = {},
          .noise = dice.place()};
}

Sky evening_sky(Dice& dice, double horizon) {
  const bool sun_up = dice.chance(0.6);
  const Colour warm = dice.one_of({{1.0, 0.45, 0.12}, {1.0, 0.62, 0.28}, {0.95, 0.35, 0.25}, {1.0, 0.52, 0.38}});
  const Point sun{dice.between(-0.45, 0.45), horizon + (sun_up ? -dice.between(0.03, 0.25) : dice.between(0.01, 0.05))};
  return {.horizon = horizon,
          .low = dice.like(warm * 0.7),
          .high = dice.like(dice.one_of({{0.12, 0.18, 0.38}, {0.28, 0.20, 0.32}, {0.20, 0.24, 0.36}})),
          .cover = dice.between(0.1, 0.8),
          .lit = dice.like(warm),
          .shaded = dice.like({0.20, 0.13, 0.16}),
          .flat = dice.between(6, 14),
          .sun = sun,
          .sun_radius = sun_up ? dice.between(0.015, 0.04) : 0,
          .glow = dice.between(0.5, 1.1),
          .glow_colour = mix(warm, {1, 0.9, 0.7}, 0.4),
          .noise = dice.place()};
}

Sky overcast_sky(Dice& dice, double horizon) {
  return {.horizon = horizon,
          .low = dice.like({0.74, 0.76, 0.78}),
          .high = dice.like({0.60, 0.63, 0.67}),
          .cover = 0.7,
          .lit = {0.85, 0.86, 0.87},
          .shaded = {0.58, 0.60, 0.63},
          .flat = 3,
          .sun = {},
          .glow_colour = {},
          .noise = dice.place()};
}

Colour water(const Sky& sky, Point at, Colour deep, Point noise) {
  const double below = at.y - sky.horizon, away = 1 / (0.012 + below);
  const Point p{noise.x + at.x * away * 0.5, noise.y + away * 3};
  const double swell = value_noise(p) + 0.6 * value_noise({p.x * 2.1 + 7, p.y * 2.3}) - 0.8;
  const Colour mirrored =
      sky.at({at.x + 0.03 * swell, sky.horizon - exact::clamp(0.6 * below + 0.25 * swell, 0.01, 0.6)});
  const double flat = 0.12 + 0.55 / ((1 + 6 * below) * (1 + 6 * below));
  return mix(deep, mirrored, flat * exact::clamp(0.9 + 0.5 * swell, 0, 1));
}

double hills(double x, double frequency, Point noise) {
  return fine_noise({x * frequency + noise.x, noise.y}) + 0.35 * sine(0.15 * x * frequency + noise.x);
}

double roofs(double x, double lowest, double height, double width, int seed) {
  const double place = x / width;
  const int house = static_cast<int>(exact::floor(place));
  const double across = place - exact::floor(place) - 0.5;
  const double top = height * (0.35 + 0.65 * cell_noise(house, seed));
  const bool gabled = cell_noise(house, seed + 1) < 0.5;
  const bool chimney = exact::abs(across - 0.22) < 0.05 && cell_noise(house, seed + 2) < 0.4;
  return lowest - top - (gabled ? width * 0.5 * (0.5 - exact::abs(across)) : 0) - (chimney ? 0.035 : 0);
}

}  // namespace sunny16::sim
