// People drawn by lot, and how they stand in a scene's light.
#pragma once

#include <optional>

#include "sim/scene/families/dice.h"
#include "sim/scene/families/painted.h"
#include "sim/scene/person.h"

namespace sunny16::sim {

/// Skin from fair to dark, hair from fair to black. `skin` is the number of its material, which is added.
Person some_person(Dice& dice, Point middle, double scale, std::vector<Spectrum>& materials);

/// A broad light from one side, and what comes back from all around.
struct PortraitLight {
  Direction from;
  double key = 0.7, fill = 0.25;
  double rim = 0;  ///< from behind, on the edges
};

/// From some direction in front and above.
PortraitLight soft_light(Dice& dice, double key, double fill);

/// What is seen of a person; nothing beside them.
std::optional<Colour> seen_of(const Person& person, const PortraitLight& light, Point at, const Palette& palette);

/// People before a background; the first are nearest. `skins` are their materials.
std::unique_ptr<Scene> before(double distance_m, std::vector<Person> people, PortraitLight light,
                              std::vector<Spectrum> skins, Painted::Paint background);

}  // namespace sunny16::sim
