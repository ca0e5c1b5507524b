// Skies with a little land, and bright ground: snow and sand.
#include "sim/scene/families/families.h"
#include "sim/scene/families/painted.h"
#include "sim/scene/families/skies.h"
#include "sim/scene/shapes.h"

namespace sunny16::sim::family {
namespace {

/// Ground that undulates, lit from the upper left.
double relief(Point at, double horizon, double size, Point noise) {
  const double below = at.y - horizon + 0.03, away = 1 / (0.25 + below);
  const Point p{at.x * away * size + noise.x, away * 2.5 * size + noise.y};
  return fractal_noise(p * 0.4 + Point{-0.05, 0.05}) - fractal_noise(p * 0.4 + Point{0.05, -0.05});
}

/// A fir: rows of boughs that grow wider downwards. `p` from its foot, in its height.
bool fir(Point p) {
  if (p.y > 0 || p.y < -1) return false;
  const double up = -p.y, row = up * 7 - exact::floor(up * 7);
  return exact::abs(p.x) < (up < 0.08 ? 0.03 : 0.26 * (1 - up) * (1.15 - 0.45 * row));
}

}  // namespace

Made sea_sunset(Dice& dice) {
  const Sky sky = evening_sky(dice, dice.between(0.08, 0.35));
  const Point noise = dice.place();
  const Colour deep = dice.like({0.03, 0.05, 0.07});
  return painted(50, [=](Point at) { return at.y < sky.horizon ? sky.at(at) : water(sky, at, deep, noise); });
}

Made cloudscape(Dice& dice) {
  const Sky sky = day_sky(dice, dice.between(0.38, 0.6));
  const Colour land = dice.like(dice.one_of({{0.10, 0.14, 0.05}, {0.22, 0.18, 0.10}, {0.14, 0.14, 0.13}}));
  const Point noise = dice.place();
  return painted(50, [=](Point at) {
    return at.y < sky.horizon - 0.05 * hills(at.x, 3, noise) ? sky.at(at)
                                                             : land * (0.6 + 0.8 * value_noise({at.x * 30, at.y * 90}));
  });
}

Made evening_hills(Dice& dice) {
  const Sky sky = evening_sky(dice, dice.between(0.15, 0.4));
  const Colour haze = mix(sky.low, grey(0.1), 0.6);
  const Point noise = dice.place();
  const int ridges = dice.whole(2, 4);
  return painted(50, [=](Point at) {
    for (int i = 0; i < ridges; ++i) {  // the nearest, which is the lowest, first
      const double near = 1 - static_cast<double>(i) / ridges;
      if (at.y > sky.horizon - 0.02 + 0.2 * (near - 0.3) - 0.12 * hills(at.x, 2.5, noise + Point{9.0 * i, 5.0 * i}))
        return mix(haze, {0.015, 0.015, 0.02}, near) * (0.9 + 0.3 * value_noise(at * 40));
    }
    return sky.at(at);
  });
}

Made sky_above_roofs(Dice& dice) {
  const double street = dice.between(0.5, 0.58), height = dice.between(0.14, 0.26), width = dice.between(0.12, 0.25);
  const bool evening = dice.chance(0.6);
  const Sky sky = evening ? evening_sky(dice, street - 0.1) : day_sky(dice, street - 0.1);
  const int seed = dice.whole(0, 900);
  const Colour wall = dice.like({0.36, 0.28, 0.21}) * (evening ? 0.12 : 0.8),
               tiles = dice.like({0.26, 0.10, 0.06}) * (evening ? 0.12 : 0.8);
  return painted(40, [=](Point at) {
    const double roof = roofs(at.x, street, height, width, seed);
    if (at.y < roof) return sky.at(at);
    if (at.y < roof + 0.06) return tiles * (0.8 + 0.3 * sine(at.y * 60));
    const double column = at.x / 0.05, row = at.y / 0.07;
    const bool window = column - exact::floor(column) > 0.6 && row - exact::floor(row) > 0.45;
    return window ? wall * 0.25 : wall;
  });
}

Made snow_field(Dice& dice) {
  const double horizon = dice.between(-0.35, 0.05);
  const Sky sky = dice.chance(0.6) ? day_sky(dice, horizon) : overcast_sky(dice, horizon);
  const Colour snow = dice.like({0.80, 0.82, 0.86}) * 0.9 + grey(0.08), far = dice.like({0.10, 0.12, 0.12});
  const double size = dice.between(1.5, 4);
  const bool mountains = dice.chance(0.5);
  const Point noise = dice.place();
  return painted(15, [=](Point at) {
    if (at.y > horizon + 0.02 * hills(at.x, 3, noise)) {
      const double drift = relief(at, horizon, size, noise);
      return mix(snow, snow * Colour{0.55, 0.64, 0.82}, smooth_step(0.05, -0.12, drift)) *
             (0.97 + 0.06 * value_noise(at * 90));
    }
    if (mountains && at.y > horizon - 0.1 - 0.15 * hills(at.x, 2, noise + Point{5, 9}))
      return mix(far, snow, smooth_step(-0.02, 0.06, fine_noise({at.x * 9 + at.y * 7, at.y * 14})));
    if (!mountains && at.y > horizon - 0.05 - 0.03 * hills(at.x, 9, noise)) return far * (0.5 + value_noise(at * 50));
    return sky.at(at);
  });
}

Made beach(Dice& dice) {
  const double horizon = dice.between(-0.3, 0), surf = horizon + dice.between(0.06, 0.2);
  const Sky sky = day_sky(dice, horizon);
  const Colour sand = dice.like(dice.one_of({{0.56, 0.46, 0.33}, {0.66, 0.60, 0.50}, {0.48, 0.38, 0.27}}));
  const Colour sea = dice.like(dice.one_of({{0.03, 0.14, 0.20}, {0.05, 0.25, 0.27}}));
  const double slope = dice.between(-0.12, 0.12);
  const Point noise = dice.place();
  std::array<Point, 3> parasols{};
  for (Point& p : parasols) p = {dice.between(-0.6, 0.6), dice.between(surf + 0.08, 0.3)};
  const int count = dice.whole(0, 3);
  return painted(15, [=](Point at) {
    for (int i = 0; i < count; ++i) {
      const double scale = 0.5 * (parasols[static_cast<std::size_t>(i)].y - horizon);
      const Point d = (at - parasols[static_cast<std::size_t>(i)]) * (1 / scale);
      if (d.y < -0.8 && length({d.x, d.y + 0.8}) < 0.42)
        return sine(d.x * 2.2) > 0 ? Colour{0.65, 0.10, 0.08} : grey(0.8);
      if (exact::abs(d.x) < 0.015 && d.y < 0 && d.y > -0.85) return grey(0.5);
    }
    const double edge = surf + slope * at.x + 0.012 * fractal_noise({at.x * 3 + noise.x, 1});
    if (at.y < horizon) return sky.at(at);
    if (at.y < edge) {
      const double foam =
          smooth_step(0.05, 0, edge - at.y) + 0.6 * smooth_step(0.68, 0.75, value_noise({at.x * 8, at.y * 120}));
      return mix(water(sky, at, sea, noise), grey(0.85), exact::clamp(foam, 0, 1));
    }
    const double wet = smooth_step(0.07, 0, at.y - edge), ripple = relief(at, horizon, 6, noise);
    return sand * ((1 - 0.45 * wet) * (0.95 + 1.1 * ripple) * (0.92 + 0.16 * value_noise(at * 150)));
  });
}

Made snowy_woods(Dice& dice) {
  const double horizon = dice.between(-0.15, 0.05);
  const Sky sky = dice.chance(0.5) ? day_sky(dice, horizon) : overcast_sky(dice, horizon);
  const Colour snow = dice.like({0.78, 0.81, 0.86}) * 0.9 + grey(0.08), needles = dice.like({0.04, 0.07, 0.04});
  std::array<Point, 8> firs{};
  std::array<double, 8> tall{};
  for (std::size_t i = 0; i < firs.size(); ++i) {
    const double near = 1 - 0.11 * static_cast<double>(i);
    firs[i] = {dice.between(-0.85, 0.85), horizon + 0.03 + 0.3 * near * near};
    tall[i] = 0.22 + 0.55 * near * near * dice.between(0.6, 1);
  }
  const Point noise = dice.place();
  return painted(12, [=](Point at) {
    for (std::size_t i = 0; i < firs.size(); ++i) {
      const Point p = (at - firs[i]) * (1 / tall[i]);
      if (!fir(p)) continue;
      const double load = smooth_step(0.42, 0.52, value_noise({p.x * 9 + noise.x, p.y * 16}) + 0.12 * sine(-p.y * 7));
      return mix(needles, snow, load) * (0.8 - 0.6 * p.x);
    }
    if (at.y > horizon) {
      const double drift = relief(at, horizon, 2.5, noise);
      return mix(snow, snow * Colour{0.55, 0.64, 0.82}, smooth_step(0.05, -0.12, drift));
    }
    if (at.y > horizon - 0.10 - 0.05 * hills(at.x, 9, noise))
      return mix(needles * 2, snow, 0.3 + 0.4 * value_noise({at.x * 50, at.y * 30}));
    return sky.at(at);
  });
}

Made dunes(Dice& dice) {
  const double horizon = dice.between(-0.3, 0.02);
  const Sky sky = dice.chance(0.75) ? day_sky(dice, horizon) : overcast_sky(dice, horizon);
  const Colour sand = dice.like(dice.one_of({{0.62, 0.52, 0.38}, {0.70, 0.64, 0.54}, {0.55, 0.42, 0.28}}));
  const Point noise = dice.place();
  const double tufts = dice.between(0.7, 0.85);
  return painted(20, [=](Point at) {
    for (int i = 3; i >= 0; --i) {  // crests, the nearest first
      const double near = 0.3 * i;
      const Point own = noise + Point{7.0 * i, 3.0 * i};
      const double crest = horizon + 0.4 * near * near - 0.16 * (0.3 + near) * hills(at.x, 1.8 - near, own);
      if (at.y < crest) continue;
      const double below = at.y - crest;
      const double lee = smooth_step(0.35, 0.65, value_noise({at.x * 2 + own.x, below * 3 + own.y}));
      const double ripple = 1 + 0.05 * sine(below * 26 / (0.4 + near) + 2.5 * value_noise(at * 5));
      const bool grass = value_noise(at * 14 + noise) > tufts && value_noise({at.x * 190, at.y * 45}) > 0.55;
      if (grass) return Colour{0.20, 0.20, 0.08};
      const double light = (1 - 0.4 * lee * smooth_step(0.3, 0.02, below)) * (0.88 + 0.12 * near);
      return sand * (light * ripple * (0.95 + 0.1 * value_noise(at * 140)));
    }
    return sky.at(at);
  });
}

}  // namespace sunny16::sim::family
