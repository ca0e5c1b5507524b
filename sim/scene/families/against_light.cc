// What stands in its own shadow before a bright sky.
#include "sim/scene/families/families.h"
#include "sim/scene/families/people.h"
#include "sim/scene/families/skies.h"
#include "sim/scene/foliage.h"

namespace sunny16::sim::family {

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

Made archway(Dice& dice) {
  const double half = dice.between(0.22, 0.38), spring = dice.between(-0.15, 0.05), foot = dice.between(0.3, 0.45);
  const double centre = dice.between(-0.15, 0.15);
  const Sky sky = day_sky(dice, 0.1);
  const Colour stone = dice.like({0.34, 0.30, 0.25}), ground = dice.like({0.40, 0.36, 0.28}),
               green = dice.like({0.20, 0.26, 0.08});
  const double inside = dice.between(0.012, 0.035);
  const Point noise = dice.place();
  return painted(4, [=](Point at) {
    const Point d{at.x - centre, at.y - spring};
    const bool open = exact::abs(d.x) < half && at.y < foot && (d.y > 0 || length(d) < half);
    if (open) {
      const double ridge = 0.08 - 0.10 * hills(at.x, 2.5, noise);
      if (at.y < ridge) return sky.at(at);
      return at.y < 0.17 ? green * (0.6 + 0.9 * value_noise(at * 30 + noise))
                         : ground * (0.9 + 0.4 * fractal_noise(at * 12));
    }
    const double courses = at.y * 11, row = exact::floor(courses);
    const double x = at.x * 6 + 0.5 * (static_cast<int>(row) & 1), joint = x - exact::floor(x);
    const double tone = joint < 0.03 || courses - row < 0.05
                            ? 0.5
                            : 0.8 + 0.4 * cell_noise(static_cast<int>(exact::floor(x)), static_cast<int>(row));
    const double spill = at.y > foot ? 0.25 * smooth_step(0.5, 0, exact::abs(d.x) - half) : 0;
    return stone * (tone * (inside + spill * smooth_step(foot, 0.5, at.y)) * (0.8 + 0.5 * fractal_noise(at * 20)));
  });
}

Made tree_against_sky(Dice& dice) {
  Sky sky = dice.chance(0.5) ? overcast_sky(dice, 0.35) : day_sky(dice, 0.35);
  sky.sun = {dice.between(-0.3, 0.3), dice.between(-0.3, 0.1)};
  sky.glow = dice.between(0.8, 1.6), sky.glow_colour = {1, 0.96, 0.88};
  const Point root{dice.between(-0.25, 0.25), 0.5};
  std::vector<Bough> boughs;
  for (int i = 0; i < 9; ++i)
    boughs.push_back({root + Point{dice.between(-0.2, 0.2), dice.between(-0.85, -0.5)}, dice.between(0.13, 0.2)});
  auto leaves = std::make_shared<const Leaves>(crown({{-0.9, -0.6}, {0.9, 0.4}}, boughs, 9000, 0.014, 5));
  const double light = dice.between(0.10, 0.22), width = dice.between(0.025, 0.045);
  const double land = dice.between(0.30, 0.42);
  const Point noise = dice.place();
  return painted(6, [=](Point at) {
    if (const Leaf* leaf = leaves->at(at)) return leaf->paint * light;
    const double taper = smooth_step(-0.3, 0.3, at.y) + 1.5 * exact::max(0, at.y - 0.2);
    const double trunk = exact::abs(at.x - root.x - 0.03 * sine(at.y)) - width * (0.35 + 0.65 * taper);
    if (trunk < 0 && at.y > -0.2)
      return Colour{0.10, 0.08, 0.06} * (light * (1 + fractal_noise({at.x * 60, at.y * 9})));
    for (const Bough& bough : boughs) {
      const Point fork{root.x, 0.15};
      if (distance(fork, bough.centre, at) < 0.012) return Colour{0.10, 0.08, 0.06} * light;
    }
    if (at.y > land - 0.06 * hills(at.x, 2, noise))
      return Colour{0.12, 0.13, 0.05} * (light * (0.8 + value_noise(at * 40)));
    return sky.at(at);
  });
}

}  // namespace sunny16::sim::family
