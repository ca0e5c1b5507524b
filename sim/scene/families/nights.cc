// Towns, roads and fires in the dark. Lamps are paints far above white.
#include "sim/scene/families/families.h"
#include "sim/scene/families/painted.h"
#include "sim/scene/families/skies.h"

namespace sunny16::sim::family {
namespace {

constexpr Colour kWarm{1, 0.62, 0.28}, kCold{0.75, 0.88, 1.0};

/// A lamp and the haze around it.
Colour lamp_at(Point at, Point lamp, double radius, Colour colour, double power) {
  const Point d = at - lamp;
  const double r2 = dot(d, d) / (radius * radius);
  return r2 < 1 ? colour * (power * 60) : colour * (power * 0.10 / (1 + 0.6 * r2));
}

/// What a lamp above the ground throws on it.
double pool_of_light(Point at, Point foot, double reach) {
  const Point d{(at.x - foot.x) / reach, (at.y - foot.y) / (0.35 * reach)};
  return 1 / ((1 + dot(d, d)) * (1 + dot(d, d)));
}

}  // namespace

Made skyline(Dice& dice) {
  const double shore = dice.between(0.05, 0.25), tallest = dice.between(0.25, 0.5), width = dice.between(0.05, 0.11);
  const double lit = dice.between(0.15, 0.5);
  const int seed = dice.whole(0, 1000);
  const Colour haze = dice.like({0.012, 0.011, 0.014});
  const Point noise = dice.place();
  const auto dry = [=](Point at) {
    if (at.y < roofs(at.x, shore, tallest, width, seed)) return haze * (0.4 + smooth_step(-0.5, shore, at.y));
    const double column = at.x / 0.012, row = at.y / 0.02;
    const int c = static_cast<int>(exact::floor(column)), r = static_cast<int>(exact::floor(row));
    const double x = column - c, y = row - r;
    if (cell_noise(c, r + seed) > lit || x < 0.2 || x > 0.8 || y < 0.2 || y > 0.75) return grey(0.006);
    return mix(kWarm, kCold, smooth_step(0.6, 0.8, cell_noise(c + 7, r))) * (0.3 + 1.7 * cell_noise(c, r + 99));
  };
  return painted(50, [=](Point at) {
    if (at.y < shore) return dry(at);
    const double below = at.y - shore, swell = value_noise({noise.x + at.x * 30, noise.y + 6 / (0.03 + below)}) - 0.5;
    Colour sum{};
    for (const double spread : {-1.0, 0.0, 1.0})
      sum = sum + dry({at.x + 0.012 * swell, shore - below * (1 + 0.5 * spread * below + 0.5 * swell)});
    return sum * (0.14 / (1 + 2 * below)) + grey(0.001);
  });
}

Made lit_square(Dice& dice) {
  const double ground = dice.between(0.12, 0.25), top = dice.between(-0.35, -0.1);
  const double bay = dice.between(0.10, 0.18), left = dice.between(-0.75, -0.4), right = dice.between(0.4, 0.75);
  const Colour stone = dice.like({0.42, 0.36, 0.27}), lamp = dice.chance(0.7) ? kWarm : kCold;
  const double lit = dice.between(0.1, 0.4);
  std::array<double, 3> lamps{};
  for (double& x : lamps) x = dice.between(-0.6, 0.6);
  const int seed = dice.whole(0, 1000);
  return painted(15, [=](Point at) {
    Colour c{};
    for (const double x : lamps) {
      const Point head{x, ground - 0.16};
      if (exact::abs(at.x - x) < 0.004 && at.y > head.y && at.y < ground + 0.03) return grey(0.004);
      c = c + lamp_at(at, head, 0.011, lamp, 1);
    }
    double light = 0.01;
    if (at.y > ground) {
      for (const double x : lamps) light += 0.5 * pool_of_light(at, {x, ground + 0.03}, 0.18);
      return c + lamp * (0.16 * light *
                         (0.8 + 0.4 * cell_noise(static_cast<int>(at.x * 60 + 500), static_cast<int>(at.y * 90))));
    }
    if (at.y < top || at.x < left || at.x > right) return c + Colour{0.0015, 0.002, 0.004};
    for (const double x : lamps) {
      const Point d{(at.x - x) / 0.25, (at.y - ground + 0.12) / 0.25};
      light += 0.35 / (1 + 2 * dot(d, d));
    }
    const double column = at.x / bay, row = (at.y - ground) / 0.14;
    const double x = column - exact::floor(column), y = row - exact::floor(row);
    if (x > 0.3 && x < 0.7 && y > 0.2 && y < 0.8) {
      const bool on =
          cell_noise(static_cast<int>(exact::floor(column)) + seed, static_cast<int>(exact::floor(row))) < lit;
      return c + (on ? kWarm * 0.9 : Colour{0.01, 0.01, 0.012} * (20 * light * 0.05));
    }
    return c + stone * lamp * (light * (y < 0.05 ? 0.6 : 1));
  });
}

Made campfire(Dice& dice) {
  const Point fire{dice.between(-0.25, 0.25), dice.between(0.12, 0.28)};
  const double size = dice.between(0.06, 0.12), horizon = dice.between(-0.05, 0.1);
  const Colour ground = dice.like({0.20, 0.15, 0.10});
  const Point noise = dice.place();
  return painted(4, [=](Point at) {
    const Point d = (at - fire) * (1 / size);
    const double tongue = d.y + 1.2 + 0.9 * (value_noise({d.x * 2.2 + noise.x, d.y + noise.y}) - 0.5);
    const double half = 0.6 * smooth_step(-1.9, 0.2, d.y) * smooth_step(0.55, 0.2, d.y);
    if (tongue > 0 && d.y < 0.5 && exact::abs(d.x) < half)
      return mix(Colour{1, 0.30, 0.03}, Colour{1, 0.75, 0.3}, smooth_step(half, 0, exact::abs(d.x))) * 9;
    const double near = 1 / (1 + 0.12 * dot(d, d));
    if (at.y > horizon)
      return ground * Colour{1, 0.55, 0.22} *
                 (2.2 * near * near * (0.7 + 0.8 * fractal_noise({at.x * 20, at.y * 60}))) +
             grey(0.0006);
    const double trunk = value_noise({at.x * 14 + noise.x, 1});
    if (trunk > 0.6) return Colour{0.10, 0.06, 0.03} * (0.9 * near) + grey(0.0006);
    return Colour{0.0012, 0.0016, 0.003} + Colour{1, 0.5, 0.2} * (0.006 * near);
  });
}

Made night_road(Dice& dice) {
  const Point vanishing{dice.between(-0.2, 0.2), dice.between(-0.05, 0.05)};
  const Colour lamp = dice.chance(0.6) ? kWarm : kCold;
  const double side = dice.chance(0.5) ? -1 : 1, height = dice.between(0.6, 1.0);
  const int cars = dice.whole(0, 3);
  std::array<double, 3> car{};
  for (double& z : car) z = dice.between(2, 14);
  const Point noise = dice.place();
  return painted(20, [=](Point at) {
    Colour c{0.0012, 0.0014, 0.0022};
    const double below = at.y - vanishing.y;
    double light = 0.004;
    for (int i = 1; i < 9; ++i) {
      const double scale = 1.0 / (0.6 + 1.4 * i);
      const Point head = vanishing + Point{side * 0.62 * scale, -height * scale};
      if (exact::abs(at.x - head.x) < 0.006 * scale && at.y > head.y && at.y < vanishing.y + 0.4 * scale)
        return grey(0.003);
      c = c + lamp_at(at, head, 0.016 * scale, lamp, 1);
      light += 0.45 * pool_of_light(at, {head.x * 0.6 + vanishing.x * 0.4, vanishing.y + 0.4 * scale}, 0.5 * scale);
    }
    for (int i = 0; i < cars; ++i) {
      const double scale = 1 / car[static_cast<std::size_t>(i)];
      const bool coming = i % 2 == 0;
      for (const double wheel : {-0.16, 0.16}) {
        const Point front = vanishing + Point{((coming ? -0.35 : 0.35) + wheel) * scale, 0.30 * scale};
        c = c + lamp_at(at, front, 0.035 * scale, coming ? kCold : Colour{1, 0.04, 0.02}, coming ? 1 : 0.08);
      }
    }
    if (below > 0) {
      const double across = (at.x - vanishing.x) / below;
      const bool line = exact::abs(across) < 0.03 && value_noise({1 / below * 2 + noise.x, 2}) > 0.45;
      const double tone = exact::abs(across) > 2.4 ? 0.10 : line ? 0.4 : 0.07;
      return c + lamp * (tone * light * (0.8 + 0.5 * fractal_noise({across * 6, 3 / (below + 0.02)})));
    }
    const double trees = 0.05 + 0.25 * exact::abs(at.x - vanishing.x) + 0.05 * hills(at.x, 9, noise);
    return -below < trees ? c + Colour{0.02, 0.03, 0.01} * (0.3 * light) : c;
  });
}

}  // namespace sunny16::sim::family
