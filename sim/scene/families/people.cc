#include "sim/scene/families/people.h"

#include "sim/scene/families/families.h"
#include "sim/scene/families/painted.h"
#include "sim/scene/families/skies.h"
#include "sim/scene/furnishings.h"
#include "sim/scene/skin.h"

namespace sunny16::sim {

Person some_person(Dice& dice, Point middle, double scale, std::vector<Spectrum>& materials) {
  const double dark = dice.between(0, 1);
  materials.push_back(skin_reflectance(0.02 + 0.26 * dark * dark, dice.between(0.015, 0.05)));
  const Colour lips = mix({0.34, 0.09, 0.075}, {0.13, 0.045, 0.04}, dark);
  return {.middle = middle,
          .scale = scale,
          .mirrored = dice.chance(0.5),
          .skin = materials.size() - 1,
          .hair = dice.like(dark > 0.6 || dice.chance(0.4)
                                ? Colour{0.014, 0.011, 0.010}
                                : mix({0.09, 0.045, 0.02}, {0.36, 0.24, 0.11}, dice.between(0, 1))),
          .lips = lips,
          .iris = dice.one_of({{0.10, 0.17, 0.22}, {0.045, 0.022, 0.012}, {0.08, 0.09, 0.03}}),
          .cloth = dice.like(dice.one_of({{0.60, 0.56, 0.47},
                                          {0.05, 0.11, 0.20},
                                          {0.35, 0.05, 0.05},
                                          {0.04, 0.04, 0.045},
                                          {0.10, 0.22, 0.14},
                                          {0.70, 0.70, 0.68},
                                          {0.30, 0.22, 0.35}}))};
}

std::optional<Colour> seen_of(const Person& person, const PortraitLight& light, Point at, const Palette& palette) {
  static const Portrait kPortrait;
  const Point p = person.place(at);
  const Feature feature = kPortrait.feature(p);
  if (feature == Feature::none) return std::nullopt;
  Direction n = kPortrait.normal(p);
  if (person.mirrored) n.x = -n.x;
  const double towards = dot(n, light.from);
  const double fill = light.fill * (0.75 + 0.25 * n.z) + light.key * exact::max(0, (towards + 0.25) / 1.25);
  const double edge = 1 - n.z, rim = light.rim * edge * edge * edge;
  const double glow = smooth_step(0.62, 0.98, length({p.x / 0.85, (p.y + 0.26) / 0.95}));
  return seen_of(person, feature, p,
                 {.light = fill + rim,
                  .fill = fill,
                  .level = light.key + light.fill,
                  .shine = exact::max(0, towards),
                  .halo = light.rim * glow * glow * glow},
                 palette);
}

namespace family {
namespace {

PortraitLight soft_light(Dice& dice, double key, double fill) {
  return {.from = direction(dice.between(-0.7, 0.7), dice.between(-0.7, -0.2), 0.8), .key = key, .fill = fill};
}

/// People before a background; the first are nearest.
Made before(double distance_m, std::vector<Person> people, PortraitLight light, std::vector<Spectrum> skins,
            Painted::Paint background) {
  std::vector<Target> faces;
  for (const Person& person : people) {
    const Point middle = person.middle + Point{0, 0.2} * person.scale, reach = Point{0.75, 0.85} * person.scale;
    faces.push_back({.kind = TargetKind::face, .name = "face", .corners = rectangle(middle - reach, middle + reach)});
  }
  return std::make_unique<Painted>(
      distance_m,
      [people = std::move(people), light, background = std::move(background)](Point at, const Palette& palette) {
        for (const Person& person : people)
          if (const auto seen = seen_of(person, light, at, palette)) return *seen;
        return palette.surface(0, background(at));
      },
      std::move(skins), std::move(faces));
}

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

Made window_silhouette(Dice& dice) {
  std::vector<Spectrum> skins;
  const Person person =
      some_person(dice, {dice.between(-0.2, 0.2), dice.between(-0.06, 0.04)}, dice.between(0.15, 0.24), skins);
  const Point reach{dice.between(0.34, 0.5), dice.between(0.34, 0.44)},
      middle{person.middle.x * 0.5, dice.between(-0.12, -0.02)};
  const Box window{middle - reach, middle + reach};
  const Sky sky = dice.chance(0.5) ? overcast_sky(dice, 0.2) : day_sky(dice, 0.2);
  const Colour wall = dice.like({0.45, 0.43, 0.40}), trees = dice.like({0.16, 0.21, 0.06});
  const double inside = dice.between(0.015, 0.04), view = dice.between(0.7, 1.2);
  PortraitLight light = soft_light(dice, inside * 0.7, inside);
  light.rim = 0.25;
  return before(1.5, {person}, light, skins, [=](Point at) {
    if (!window.contains(at)) return wall * (inside * (1 + 1.5 * smooth_step(0.2, 0, distance(window, at))));
    const Point d = at - window.centre();
    if (exact::abs(d.x) < 0.012 || exact::abs(d.y + 0.12) < 0.009 || distance(window, at) > -0.018) return grey(0.02);
    const double ridge = 0.05 - 0.12 * hills(at.x, 2, sky.noise);
    return (at.y > ridge ? trees * (0.6 + value_noise(at * 24)) : sky.at(at)) * view;
  });
}

Made shore_silhouette(Dice& dice) {
  std::vector<Spectrum> skins;
  std::vector<Person> people;
  const int count = dice.whole(1, 2);
  for (int i = 0; i < count; ++i)
    people.push_back(some_person(dice,
                                 {dice.between(-0.2, 0.2) + (count > 1 ? 0.5 * i - 0.25 : 0), dice.between(-0.1, 0)},
                                 dice.between(0.15, 0.22), skins));
  Sky sky = evening_sky(dice, dice.between(-0.02, 0.15));
  sky.glow *= 1.6;
  sky.high = sky.high * 2;
  const Point noise = dice.place();
  PortraitLight light = soft_light(dice, 0.02, dice.between(0.03, 0.06));
  light.rim = 0.8;
  return before(2, people, light, skins, [=](Point at) {
    return at.y < sky.horizon ? sky.at(at) : water(sky, at, {0.02, 0.05, 0.06}, noise);
  });
}

}  // namespace family
}  // namespace sunny16::sim
