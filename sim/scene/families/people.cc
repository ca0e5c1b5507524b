#include "sim/scene/families/people.h"

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

PortraitLight soft_light(Dice& dice, double key, double fill) {
  return {.from = direction(dice.between(-0.7, 0.7), dice.between(-0.7, -0.2), 0.8), .key = key, .fill = fill};
}

std::unique_ptr<Scene> before(double distance_m, std::vector<Person> people, PortraitLight light,
                              std::vector<Spectrum> skins, Painted::Paint background) {
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

}  // namespace sunny16::sim
