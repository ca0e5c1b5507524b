// A person as scenes show one: whose skin, hair and clothes, and how they are lit.
#pragma once

#include "sim/scene/palette.h"
#include "sim/scene/portrait.h"

namespace sunny16::sim {

struct Person {
  Point middle;      ///< of the face
  double scale = 0;  ///< half of the face's height
  bool mirrored = false;
  std::size_t skin = 0;  ///< material
  Colour hair, lips, iris, cloth;

  /// A place of the picture as one on the portrait.
  Point place(Point at) const {
    const Point p = (at - middle) * (1 / scale);
    return mirrored ? Point{-p.x, p.y} : p;
  }
};

/// The main lamp's light where a person is seen, as parts of its full light.
struct PersonLight {
  double light = 0;  ///< all of it
  double fill = 0;   ///< without what only grazes the edges
  double level = 0;  ///< of what faces the lamp
  double shine = 0;  ///< how nearly the surface mirrors the lamp, 0..1
  double halo = 0;   ///< through the hair from behind
};

/// What is seen of a person at a place of the portrait; `feature` is not none.
Colour seen_of(const Person& person, Feature feature, Point p, const PersonLight& light, const Palette& palette);

}  // namespace sunny16::sim
