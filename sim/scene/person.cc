#include "sim/scene/person.h"

#include "sim/scene/pattern.h"

namespace sunny16::sim {

Colour seen_of(const Person& person, Feature feature, Point p, const PersonLight& lit, const Palette& palette) {
  const auto painted = [&](Colour paint) { return palette.surface(0, paint * lit.light); };
  const Colour skin = palette.material(0, person.skin) * (lit.light * (0.96 + 0.08 * value_noise(p * 60)));
  switch (feature) {
    case Feature::skin: {
      const double s4 = lit.shine * lit.shine * lit.shine * lit.shine;
      return skin + palette.white(0) * (0.05 * lit.level * s4 * s4 * s4);
    }
    case Feature::lips:
      return mix(skin, painted(person.lips), 0.75) + palette.white(0) * (0.02 * lit.level);
    case Feature::brow:
      return mix(skin, painted(person.hair), 0.8);
    case Feature::eye:
      return painted({0.50, 0.48, 0.46}) * (p.y < 0.03 ? 0.55 : 1);
    case Feature::iris:
      return painted(person.iris) + palette.white(0) * (p.y < 0.03 ? 0.004 : 0);
    case Feature::pupil:
      return palette.white(0) * (0.006 * lit.level);
    case Feature::hair: {
      const double across = exact::abs(p.x) + 0.15 * sine(p.y * 0.6);
      const double strands = value_noise({across * 90, p.y * 5}) + 0.6 * value_noise({across * 190, p.y * 9});
      const double gloss = smooth_step(0.25, 0, exact::abs(p.y + 0.72 + 0.3 * p.x * p.x)) * 0.06 * lit.level;
      return palette.surface(0, person.hair * ((0.4 + 0.9 * strands) * (lit.fill + lit.halo))) +
             palette.white(0) * (gloss * strands);
    }
    case Feature::cloth: {
      const double weave = 0.85 + 0.3 * value_noise({p.x * 80, p.y * 80});
      const double folds = 1 + 0.5 * fractal_noise({p.x * 2.2 + p.y, p.y * 1.3});
      return painted(person.cloth * (weave * folds));
    }
    case Feature::none:
      break;
  }
  return {};
}

}  // namespace sunny16::sim
