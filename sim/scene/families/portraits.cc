// People who look at the camera, before what people are photographed before.
#include "sim/scene/families/families.h"
#include "sim/scene/families/people.h"
#include "sim/scene/families/skies.h"
#include "sim/scene/furnishings.h"

namespace sunny16::sim::family {
namespace {

/// Far lights and leaves through a wide lens: discs of one brightness.
Colour out_of_focus(Point at, double size, Colour dark, Colour light, Point noise) {
  const Point p = at * (1 / size) + noise;
  return mix(dark, light, smooth_step(0.3, 0.75, 0.65 * value_noise(p) + 0.35 * value_noise(p * 1.9)));
}

}  // namespace

Made studio_portrait(Dice& dice) {
  std::vector<Spectrum> skins;
  const Person person =
      some_person(dice, {dice.between(-0.15, 0.15), dice.between(-0.12, 0.02)}, dice.between(0.18, 0.30), skins);
  const Colour paper = dice.like(dice.one_of(
      {{0.35, 0.35, 0.36}, {0.70, 0.70, 0.70}, {0.12, 0.13, 0.15}, {0.20, 0.26, 0.36}, {0.42, 0.34, 0.27}}));
  const Point bright{dice.between(-0.3, 0.3), dice.between(-0.3, 0.2)};
  return before(1.2, {person}, soft_light(dice, dice.between(0.5, 0.8), dice.between(0.12, 0.4)), skins,
                [=](Point at) { return paper * (0.35 + 0.65 / (1 + 3 * dot(at - bright, at - bright))); });
}

Made garden_portrait(Dice& dice) {
  std::vector<Spectrum> skins;
  const Person person =
      some_person(dice, {dice.between(-0.25, 0.25), dice.between(-0.12, 0.03)}, dice.between(0.15, 0.27), skins);
  const Colour dark = dice.like({0.05, 0.085, 0.02}), light = dice.like({0.22, 0.30, 0.08});
  const double sky = dice.between(-0.6, -0.2);
  const Point noise = dice.place();
  return before(1.4, {person}, soft_light(dice, dice.between(0.4, 0.65), dice.between(0.25, 0.45)), skins,
                [=](Point at) {
                  const Colour leaves = out_of_focus(at, 0.10, dark, light, noise);
                  const double edge = sky + 0.12 * (value_noise({at.x * 5 + noise.x, 3}) - 0.5);
                  return mix({0.75, 0.80, 0.85}, leaves, smooth_step(edge - 0.05, edge + 0.05, at.y));
                });
}

Made room_portrait(Dice& dice) {
  std::vector<Spectrum> skins;
  const Person person =
      some_person(dice, {dice.between(-0.25, 0.25), dice.between(-0.1, 0.05)}, dice.between(0.14, 0.24), skins);
  const Colour wall = dice.like(dice.one_of({{0.50, 0.46, 0.40}, {0.35, 0.40, 0.38}, {0.55, 0.52, 0.50}}));
  const Box picture =
      square({person.middle.x + dice.between(0.35, 0.5), dice.between(-0.32, -0.2)}, dice.between(0.09, 0.14));
  const Colour drawn = dice.like({0.20, 0.22, 0.28});
  const double shelf = dice.between(-0.62, -0.45), table = dice.between(0.25, 0.4);
  return before(1.3, {person}, soft_light(dice, dice.between(0.35, 0.7), dice.between(0.2, 0.4)), skins, [=](Point at) {
    const double level = 0.75 - 0.4 * at.x * at.x;
    if (picture.contains(at)) return mix(drawn, {0.5, 0.45, 0.35}, value_noise(at * 12)) * level;
    if (picture.grown(0.02).contains(at)) return Colour{0.06, 0.04, 0.03};
    if (at.x < shelf) {
      double light = 1;
      if (const auto books = bookshelf(at.y * 2.2, 1.3 + (at.x + 1.1) * 2, light)) return *books * (0.8 * light);
    }
    if (at.y > table) return Colour{0.22, 0.13, 0.07} * (0.8 + 0.3 * fractal_noise({at.x * 3, at.y * 40}));
    return wall * level;
  });
}

Made two_people(Dice& dice) {
  std::vector<Spectrum> skins;
  const double scale = dice.between(0.15, 0.21), apart = dice.between(1.15, 1.5) * scale;
  const Point middle{dice.between(-0.1, 0.1), dice.between(-0.12, 0)};
  std::vector<Person> people{
      some_person(dice, middle + Point{-apart, dice.between(-0.04, 0.04)}, scale, skins),
      some_person(dice, middle + Point{apart, dice.between(-0.04, 0.04)}, scale * dice.between(0.9, 1.1), skins)};
  const Colour brick = dice.like(dice.one_of({{0.30, 0.12, 0.07}, {0.42, 0.34, 0.24}, {0.40, 0.40, 0.40}}));
  const double rows = dice.between(14, 26);
  return before(1.8, people, soft_light(dice, dice.between(0.4, 0.65), dice.between(0.25, 0.4)), skins, [=](Point at) {
    const double row = exact::floor(at.y * rows), x = at.x * rows * 0.38 + 0.5 * (static_cast<int>(row) & 1);
    const double up = at.y * rows - row, along = x - exact::floor(x);
    const double tone = 0.7 + 0.6 * cell_noise(static_cast<int>(exact::floor(x)), static_cast<int>(row));
    const bool mortar = up < 0.12 || along < 0.05;
    return mortar ? grey(0.33) : brick * (tone * (0.9 + 0.3 * fractal_noise(at * 30)));
  });
}

Made street_portrait(Dice& dice) {
  std::vector<Spectrum> skins;
  const double scale = dice.between(0.13, 0.25);
  const Person person = some_person(dice, {dice.between(-0.25, 0.25), dice.between(-0.12, 0.03)}, scale, skins);
  const Colour houses[]{dice.like(dice.one_of({{0.45, 0.38, 0.28}, {0.50, 0.48, 0.45}, {0.34, 0.16, 0.11}})),
                        dice.like(dice.one_of({{0.48, 0.44, 0.32}, {0.38, 0.40, 0.44}, {0.46, 0.28, 0.20}}))};
  const double corner = dice.between(-0.4, 0.4), bay = dice.between(0.11, 0.2), storey = dice.between(0.16, 0.26);
  const double street = dice.between(0.28, 0.42), roof = dice.between(-0.9, -0.25), shade = dice.between(0.35, 1);
  const Point noise = dice.place();
  const double key = dice.between(0.4, 0.7), fill = dice.between(0.25, 0.4);
  const PortraitLight light = soft_light(dice, key, fill);
  return before(1.6, {person}, light, skins, [=](Point at) {
    if (at.y > street) return grey(0.2) * (0.8 + 0.4 * value_noise({at.x * 5 + noise.x, at.y * 14}));
    if (at.y < roof) return Colour{0.85, 0.92, 1.0};
    const bool right = at.x > corner;
    const double column = (at.x - corner) / bay, row = (at.y - street) / storey;
    const double x = column - exact::floor(column), y = row - exact::floor(row);
    const double pane = smooth_step(0.22, 0.32, x) * smooth_step(0.78, 0.68, x) * smooth_step(0.15, 0.24, y) *
                        smooth_step(0.82, 0.72, y);
    return mix(houses[right], {0.07, 0.08, 0.09}, pane) *
           ((right ? shade : 1) * (0.9 + 0.2 * value_noise(at * 9 + noise)));
  });
}

Made wall_portrait(Dice& dice) {
  std::vector<Spectrum> skins;
  const double scale = dice.between(0.13, 0.27);
  const Person person = some_person(dice, {dice.between(-0.25, 0.25), dice.between(-0.1, 0.04)}, scale, skins);
  const Colour wall = dice.like(dice.one_of(
      {{0.28, 0.18, 0.10}, {0.52, 0.50, 0.46}, {0.16, 0.22, 0.26}, {0.44, 0.36, 0.22}, {0.40, 0.16, 0.12}}));
  const double across = dice.between(7, 22), down = dice.chance(0.5) ? dice.between(5, 16) : 0;  // tiles, or boards
  const double rough = dice.between(0.05, 0.5), joint = dice.between(0.03, 0.1), side = dice.between(-0.5, 0.5);
  const double key = dice.between(0.35, 0.7), fill = dice.between(0.2, 0.4);
  const PortraitLight light = soft_light(dice, key, fill);
  return before(1.5, {person}, light, skins, [=](Point at) {
    const double column = at.x * across, row = at.y * down;
    const double x = column - exact::floor(column), y = row - exact::floor(row);
    const double piece = cell_noise(static_cast<int>(exact::floor(column)), static_cast<int>(exact::floor(row)));
    const double grain = fractal_noise(down > 0 ? at * 24 : Point{at.x * 50, at.y * 5});
    const double gap = x < joint || (down > 0 && y < joint) ? 0.55 : 1;
    return wall * (gap * (1 + rough * (piece - 0.5) + 0.5 * rough * grain) * (1 + side * at.x));
  });
}

Made group_portrait(Dice& dice) {
  std::vector<Spectrum> skins;
  std::vector<Person> people;
  const int count = dice.whole(2, 5);
  const double scale = dice.between(0.55, 0.75) / (count + 2), apart = dice.between(1.9, 2.5) * scale;
  const Point middle{dice.between(-0.08, 0.08), dice.between(-0.15, 0.05)};
  for (int i = 0; i < count; ++i) {
    const double x = (i - 0.5 * (count - 1)) * apart, y = dice.between(-0.05, 0.05), size = dice.between(0.9, 1.1);
    people.push_back(some_person(dice, middle + Point{x, y}, scale * size, skins));
  }
  const bool hedge = dice.chance(0.5);
  const Colour cloth = dice.like(dice.one_of({{0.30, 0.05, 0.05}, {0.12, 0.16, 0.30}, {0.45, 0.42, 0.36}}));
  const Colour dark = dice.like({0.05, 0.085, 0.02}), bright = dice.like({0.20, 0.28, 0.08});
  const double folds = dice.between(4, 11);
  const Point noise = dice.place();
  const double key = dice.between(0.35, 0.65), fill = dice.between(0.25, 0.4);
  const PortraitLight light = soft_light(dice, key, fill);
  return before(2.2, people, light, skins, [=](Point at) {
    if (hedge) return out_of_focus(at, 0.05, dark, bright, noise);
    return cloth * (0.75 + 0.3 * sine(at.x * folds + 0.3 * value_noise({at.x * 3 + noise.x, at.y})));
  });
}

Made seaside_portrait(Dice& dice) {
  std::vector<Spectrum> skins;
  const double scale = dice.between(0.13, 0.24);
  const Person person = some_person(dice, {dice.between(-0.25, 0.25), dice.between(-0.1, 0.04)}, scale, skins);
  const double horizon = dice.between(-0.15, 0.15), shore = horizon + dice.between(0.05, 0.25);
  const Sky sky = dice.chance(0.6) ? day_sky(dice, horizon) : overcast_sky(dice, horizon);
  const Colour sand = dice.like({0.55, 0.47, 0.34}), deep = dice.like({0.04, 0.14, 0.20});
  const Point noise = dice.place();
  PortraitLight light = soft_light(dice, 0.6, 0.4);
  light.key = dice.between(0.5, 0.8), light.fill = dice.between(0.3, 0.5);
  return before(1.7, {person}, light, skins, [=](Point at) {
    if (at.y < horizon) return sky.at(at) * 0.8;
    if (at.y < shore) return water(sky, at, deep, noise);
    return sand * (0.85 + 0.3 * value_noise(Point{at.x * 9, at.y * 30} + noise));
  });
}

}  // namespace sunny16::sim::family
