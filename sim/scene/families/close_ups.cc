// Flowers and food from near by.
#include "sim/scene/families/families.h"
#include "sim/scene/families/painted.h"
#include "sim/scene/fruit.h"
#include "sim/scene/furnishings.h"
#include "sim/scene/solids.h"

namespace sunny16::sim::family {
namespace {

/// Cloth or boards that food stands on.
struct Ground {
  Colour paint;
  bool boards;
  double checks;  ///< of the cloth, 0: none

  Colour at(Point p) const {
    if (boards) return parquet(p.x + 1, p.y * 0.9 + 2);
    const double x = p.x * checks - exact::floor(p.x * checks), y = p.y * checks - exact::floor(p.y * checks);
    const double check = checks > 0 ? 0.5 + 0.25 * (x < 0.5) + 0.25 * (y < 0.5) : 1;
    return paint * (check * (0.9 + 0.2 * value_noise(p * 120)));
  }
};
Ground some_ground(Dice& dice) {
  return {dice.like(dice.one_of(
              {{0.62, 0.60, 0.55}, {0.40, 0.08, 0.07}, {0.12, 0.16, 0.28}, {0.10, 0.10, 0.10}, {0.42, 0.45, 0.36}})),
          dice.chance(0.45), dice.chance(0.4) ? dice.between(4, 10) : 0};
}

/// A slice or lump that lies on something.
struct Morsel {
  Point centre;
  double radius;
  Colour paint;
};

std::optional<Colour> morsel(std::span<const Morsel> morsels, Point at) {
  for (const Morsel& m : morsels) {
    const Point d = (at - m.centre) * (1 / m.radius);
    const double r = length(d) + 0.3 * (value_noise(at * 30 + m.centre * 70) - 0.5);
    if (r < 1)
      return m.paint * (0.75 - 0.25 * (d.x + d.y) + 0.5 * fractal_noise(at * 22)) +
             grey(0.25 * smooth_step(0.3, 0.1, length(d + Point{0.3, 0.35})));
  }
  return std::nullopt;
}

}  // namespace

Made flower(Dice& dice) {
  const Point centre{dice.between(-0.15, 0.15), dice.between(-0.12, 0.1)};
  const double radius = dice.between(0.26, 0.42), heart = dice.between(0.15, 0.32), turn = dice.between(0, 1);
  const int petals = dice.whole(5, 16);
  const Colour petal = dice.like(dice.one_of({{0.65, 0.05, 0.06},
                                              {0.75, 0.72, 0.70},
                                              {0.70, 0.50, 0.04},
                                              {0.45, 0.12, 0.45},
                                              {0.70, 0.30, 0.38},
                                              {0.20, 0.18, 0.60}}));
  const Colour disc = dice.like(dice.one_of({{0.55, 0.35, 0.02}, {0.10, 0.05, 0.03}, {0.30, 0.32, 0.05}}));
  const Colour dark = dice.like({0.04, 0.07, 0.02}), light = dice.like({0.20, 0.28, 0.08});
  const Point noise = dice.place();
  return painted(0.18, [=](Point at) {
    const Point d = (at - centre) * (1 / radius);
    const double r = length(d);
    if (r < heart) return disc * (0.6 + 0.8 * value_noise(d * 28) - 0.3 * (r / heart));
    if (r < 1.25) {
      for (int layer = 0; layer < 2; ++layer)
        for (int i = 0; i < petals; ++i) {
          const double angle = turn + (i + 0.5 * layer) / petals;
          const Point along{sine(angle), -sine(angle + 0.25)};
          const double out = dot(d, along) - 0.6, aside = (d.x * along.y - d.y * along.x) * (0.22 * petals + 0.6);
          if (out * out / 0.16 + aside * aside / 0.62 > 1) continue;
          const double vein = 0.06 * sine(aside * 4 + out);
          return petal * ((1 - 0.25 * layer) *
                          (0.85 + 0.25 * out - 0.15 * exact::abs(aside) + vein - 0.12 * (along.x + along.y)));
        }
    }
    const double stem = exact::abs(at.x - centre.x - 0.1 * (at.y - centre.y));
    if (at.y > centre.y && stem < 0.016) return Colour{0.10, 0.16, 0.04};
    const Point p = at * 5 + noise;
    return mix(dark, light, smooth_step(0.25, 0.8, 0.7 * value_noise(p) + 0.3 * value_noise(p * 2)));
  });
}

Made plate(Dice& dice) {
  const Point centre{dice.between(-0.1, 0.1), dice.between(-0.04, 0.08)};
  const double radius = dice.between(0.36, 0.52), squeeze = dice.between(0.62, 1);
  const Colour china = dice.like(dice.one_of({{0.78, 0.77, 0.74}, {0.70, 0.72, 0.72}, {0.10, 0.11, 0.13}}));
  const Ground ground = some_ground(dice);
  std::vector<Morsel> food;
  const int count = dice.whole(5, 22);
  const Colour sauce = dice.like(dice.one_of({{0.35, 0.09, 0.03}, {0.45, 0.33, 0.10}, {0.25, 0.13, 0.06}}));
  for (int i = 0; i < count; ++i) {
    const double angle = dice.between(0, 1), r = radius * 0.5 * std::sqrt(dice.between(0, 1));
    food.push_back({centre + Point{r * sine(angle), squeeze * r * sine(angle + 0.25)}, dice.between(0.03, 0.12),
                    dice.like(dice.one_of({{0.50, 0.20, 0.05},
                                           {0.40, 0.05, 0.03},
                                           {0.14, 0.24, 0.04},
                                           {0.62, 0.50, 0.22},
                                           {0.65, 0.32, 0.05},
                                           {0.25, 0.12, 0.06},
                                           {0.60, 0.55, 0.42}}))});
  }
  return painted(0.35, [=](Point at) {
    const Point d{(at.x - centre.x) / radius, (at.y - centre.y) / (radius * squeeze)};
    const double r = length(d);
    if (r < 0.75)
      if (const auto c = morsel(food, at)) return *c;
    if (r < 0.6 + 0.1 * value_noise(at * 8)) return sauce * (0.8 + 0.4 * fractal_noise(at * 14));
    if (r < 1)
      return china * (0.8 + 0.15 * smooth_step(0.70, 0.74, r) - 0.12 * d.x - 0.1 * d.y - 0.3 * smooth_step(0.96, 1, r));
    const double shadow = 0.5 + 0.5 * smooth_step(1, 1.25, length(d - Point{0.06, 0.08}));
    return ground.at(at) * (0.85 * shadow);
  });
}

Made fruit_bowl(Dice& dice) {
  struct Piece {
    Turned shape;
    Colour (*paint)(const Surface&);
  };
  constexpr std::array<double, 8> kRound{0.12, 0.36, 0.46, 0.50, 0.49, 0.43, 0.30, 0.0};
  constexpr std::array<double, 8> kPear{0.05, 0.17, 0.21, 0.27, 0.38, 0.43, 0.36, 0.0};
  const double rim = dice.between(0.14, 0.22);
  std::vector<Piece> pieces;
  const double size = dice.between(0.2, 0.3);
  for (int i = 0; i < 7; ++i) {
    const Point foot{-0.5 + 0.17 * i + dice.between(-0.05, 0.05), rim + dice.between(0.01, 0.1)};
    const int kind = dice.whole(0, 3);
    const double height = size * dice.between(0.85, 1.15);
    pieces.push_back({Turned(foot - Point{dice.between(-0.04, 0.04), height}, foot,
                             kind == 1 ? std::span<const double>(kPear) : kRound),
                      kind == 0   ? apple
                      : kind == 1 ? pear
                      : kind == 2 ? orange
                                  : lemon});
  }
  const Colour glaze = dice.like(dice.one_of({{0.70, 0.69, 0.66}, {0.10, 0.20, 0.30}, {0.40, 0.22, 0.10}}));
  const Ground ground = some_ground(dice);
  const KeyLight key{.from = direction(dice.between(-0.8, -0.3), -0.5, 0.6), .soft = 0.3};
  return painted(0.4, [=](Point at) {
    const Point d{at.x / 0.62, (at.y - rim) / 0.30};
    if (d.y > 0 && dot(d, d) < 1)
      return glaze * (0.65 - 0.35 * d.x) + grey(0.3 * smooth_step(0.12, 0.05, length(d - Point{-0.4, 0.3})));
    for (const Piece& piece : pieces)
      if (const auto s = piece.shape.at(at))
        return piece.paint(*s) * (0.15 + 0.8 * key.diffuse(s->normal)) + grey(0.35 * key.window(s->normal, 20));
    return at.y > 0.05 ? ground.at(at) * 0.8 : Colour{0.16, 0.14, 0.12} * (1 - 0.4 * at.x);
  });
}

Made pizza(Dice& dice) {
  const Point centre{dice.between(-0.1, 0.1), dice.between(-0.08, 0.08)};
  const double radius = dice.between(0.36, 0.55);
  const Colour crust = dice.like({0.48, 0.28, 0.11}), cheese = dice.like({0.68, 0.48, 0.16}),
               sauce = dice.like({0.42, 0.07, 0.03});
  const Ground ground{dice.like({0.36, 0.24, 0.13}), dice.chance(0.7), 0};
  std::vector<Morsel> toppings;
  const Colour main = dice.one_of({{0.45, 0.07, 0.05}, {0.55, 0.16, 0.10}, {0.35, 0.30, 0.22}});
  for (int i = 0; i < 34; ++i) {
    const double angle = dice.between(0, 1), r = radius * 0.8 * std::sqrt(dice.between(0, 1));
    const bool large = i % 3 == 0;
    toppings.push_back(
        {centre + Point{r * sine(angle), r * sine(angle + 0.25)},
         large ? dice.between(0.04, 0.06) : dice.between(0.012, 0.03),
         large ? dice.like(main)
               : dice.like(
                     dice.one_of({{0.12, 0.20, 0.03}, {0.04, 0.035, 0.03}, {0.60, 0.10, 0.05}, {0.62, 0.56, 0.42}}))});
  }
  return painted(0.4, [=](Point at) {
    const Point d = (at - centre) * (1 / radius);
    const double r = length(d) + 0.04 * (value_noise(at * 9) - 0.5);
    if (r < 0.86) {
      if (const auto c = morsel(toppings, at)) return *c;
      const double melted = smooth_step(0.35, 0.6, value_noise(at * 11) + 0.3 * fractal_noise(at * 24));
      return mix(sauce, cheese, melted) * (0.85 + 0.35 * fractal_noise(at * 30));
    }
    if (r < 1) return crust * (1.1 - 2.2 * exact::abs(r - 0.92) - 0.25 * (d.x + d.y) + 0.8 * fractal_noise(at * 18));
    return ground.at(at) * (0.55 + 0.4 * smooth_step(1, 1.2, length(d - Point{0.05, 0.06})));
  });
}

}  // namespace sunny16::sim::family
