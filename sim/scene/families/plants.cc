// Green all over: meadows, hedges, parks, woods.
#include "sim/scene/families/families.h"
#include "sim/scene/families/painted.h"
#include "sim/scene/families/skies.h"
#include "sim/scene/foliage.h"

namespace sunny16::sim::family {
namespace {

std::shared_ptr<const Leaves> shared(Leaves leaves) { return std::make_shared<const Leaves>(std::move(leaves)); }

std::uint32_t seed_of(Dice& dice) { return static_cast<std::uint32_t>(dice.whole(0, 5000)); }

}  // namespace

Made meadow(Dice& dice) {
  const double horizon = dice.between(-0.75, -0.15);
  const auto blades = shared(grass({{-0.95, horizon}, {0.95, 0.52}}, horizon, seed_of(dice)));
  const Sky sky = day_sky(dice, horizon);
  const Colour soil = dice.like({0.12, 0.16, 0.04}), woods = dice.like({0.05, 0.08, 0.025});
  const Colour light = dice.like(grey(1));
  const Point noise = dice.place();
  return painted(3, [=](Point at) {
    if (const Leaf* blade = at.y > horizon ? blades->at(at) : nullptr) return blade->paint * light;
    if (at.y > horizon + 0.02) return soil * (0.8 + 0.6 * fractal_noise({at.x * 14, at.y * 60}));
    if (at.y > horizon - 0.08 - 0.06 * hills(at.x, 6, noise)) return woods * (0.6 + value_noise(at * 60 + noise));
    return sky.at(at);
  });
}

Made hedge(Dice& dice) {
  std::vector<Bough> boughs;
  for (int y = 0; y < 4; ++y)
    for (int x = 0; x < 6; ++x)
      boughs.push_back({{-0.9 + 0.36 * x + dice.between(-0.08, 0.08), -0.45 + 0.3 * y + dice.between(-0.06, 0.06)},
                        dice.between(0.22, 0.3)});
  const double size = dice.between(0.012, 0.045);
  const auto leaves = shared(crown({{-0.95, -0.55}, {0.95, 0.55}}, boughs,
                                   static_cast<int>(exact::min(14000, 4 / (size * size))), size, seed_of(dice)));
  const Colour tint = dice.like(dice.one_of({{1, 1, 1}, {0.8, 1.05, 0.9}, {1.15, 1.05, 0.8}}));
  const bool blossoms = dice.chance(0.3);
  const Colour blossom = dice.one_of({{0.75, 0.72, 0.70}, {0.65, 0.25, 0.35}, {0.70, 0.60, 0.12}});
  return painted(1.5, [=](Point at) {
    const Leaf* leaf = leaves->at(at);
    if (!leaf) return Colour{0.012, 0.020, 0.006};
    const bool petal =
        blossoms && cell_noise(static_cast<int>(leaf->centre.x * 4000), static_cast<int>(leaf->centre.y * 4000)) < 0.06;
    return petal ? blossom : leaf->paint * tint;
  });
}

Made park(Dice& dice) {
  const double horizon = dice.between(-0.15, 0);
  std::vector<Bough> boughs;
  for (int i = 0; i < 16; ++i) {
    const Point d{dice.between(-0.95, 0.95), horizon - dice.between(0.02, 0.42)};
    boughs.push_back({d, dice.between(0.10, 0.2)});
  }
  const auto trees = shared(crown({{-0.95, -0.6}, {0.95, 0.2}}, boughs, 12000, 0.013, seed_of(dice)));
  const Sky sky = day_sky(dice, horizon);
  const Colour lawn = dice.like({0.15, 0.23, 0.05}), gravel = dice.like({0.42, 0.37, 0.29});
  const double bend = dice.between(-0.5, 0.5), path = dice.between(0.1, 0.35);
  const Point noise = dice.place();
  return painted(8, [=](Point at) {
    if (const Leaf* leaf = trees->at(at)) return leaf->paint;
    for (const Bough& bough : boughs)
      if (at.y > bough.centre.y && at.y < horizon + 0.05 && exact::abs(at.x - bough.centre.x) < 0.011)
        return Colour{0.09, 0.07, 0.05};
    if (at.y < horizon - 0.02) return sky.at(at);
    const double below = at.y - horizon + 0.02, middle = bend * (1 - 2 * below) * (1 - 2 * below);
    if (exact::abs(at.x - middle) < path * below) return gravel * (0.85 + 0.3 * fractal_noise(at * 40));
    const double shade = smooth_step(0.42, 0.55, value_noise({at.x * 3 + noise.x, 0.5 / below + noise.y}));
    const double mown = 0.8 + 0.35 * fractal_noise({at.x * 12 / (0.2 + below), 9 / (0.1 + below)});
    return lawn * (mown * (0.45 + 0.55 * shade));
  });
}

Made forest(Dice& dice) {
  struct Trunk {
    double x, width, foot;
    Colour bark;
  };
  std::vector<Trunk> trunks;
  for (int i = 0; i < 11; ++i) {
    const double near = 1 - 0.08 * i;
    trunks.push_back({dice.between(-0.9, 0.9), 0.05 * near * near, 0.12 + 0.25 * near * near,
                      dice.like({0.12, 0.10, 0.07}) * (1.6 - 0.7 * near)});
  }
  std::vector<Bough> ferns, crowns;
  for (int i = 0; i < 20; ++i)
    ferns.push_back({{dice.between(-0.95, 0.95), dice.between(0.2, 0.5)}, dice.between(0.06, 0.14)});
  for (int i = 0; i < 20; ++i)
    crowns.push_back({{dice.between(-0.95, 0.95), dice.between(-0.6, -0.15)}, dice.between(0.12, 0.22)});
  const auto below = shared(crown({{-0.95, 0}, {0.95, 0.6}}, ferns, 7000, 0.02, seed_of(dice)));
  const auto above = shared(crown({{-0.95, -0.6}, {0.95, 0.1}}, crowns, 9000, 0.015, seed_of(dice)));
  const Colour moss = dice.like({0.10, 0.15, 0.035}), depth = dice.like({0.10, 0.15, 0.06});
  const Point noise = dice.place();
  return painted(5, [=](Point at) {
    const double dapple = 0.45 + 1.1 * smooth_step(0.5, 0.7, value_noise(at * 7 + noise));
    if (const Leaf* fern = below->at(at)) return fern->paint * (1.2 * dapple);
    for (const Trunk& trunk : trunks) {
      const double across = (at.x - trunk.x - 0.02 * sine(at.y * 0.6 + trunk.x)) / trunk.width;
      if (exact::abs(across) > 1 || at.y > trunk.foot) continue;
      const double mossy = smooth_step(0.55, 0.7, value_noise({across * 2 + noise.x, at.y * 9 + trunk.x * 40}));
      return mix(trunk.bark, moss, 0.7 * mossy) *
             (dapple * (1 - 0.45 * across) * (0.8 + fractal_noise({at.x * 120, at.y * 16})));
    }
    if (const Leaf* leaf = above->at(at)) return leaf->paint * dapple;
    if (at.y > 0.14) return moss * (dapple * (0.7 + 0.7 * value_noise({at.x * 40, at.y * 70})));
    return depth * (0.5 + 1.2 * value_noise(at * 22 + noise));
  });
}

}  // namespace sunny16::sim::family
