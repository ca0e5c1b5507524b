// Families of scenes: each is one composition, whose measures, colours and light are drawn by lot. They are what the
// camera's scene classifier learns from and is tested on.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "sim/scene/families/dice.h"

namespace sunny16::sim {

/// What a family is for. Held-out families are seen by nobody before the model is done.
enum class FamilyPart : std::uint8_t { training, held_out };

/// Under which light one meets such a scene.
struct UsualLight {
  std::vector<std::string_view> illuminants;
  double least_lux = 0, most_lux = 0;
};

struct SceneFamily {
  std::string_view name, kind;  ///< kind: the classifier's name of what it shows; "unknown": none of its kinds
  FamilyPart part = FamilyPart::training;
  std::string_view description;  ///< one line, without a full stop
  std::unique_ptr<Scene> (*make)(Dice& dice);
  UsualLight light;
};

const std::vector<SceneFamily>& scene_families();

/// The family's scene of a seed.
std::unique_ptr<Scene> make_scene(const SceneFamily& family, std::uint32_t seed);

namespace family {

using Made = std::unique_ptr<Scene>;

Made studio_portrait(Dice&), garden_portrait(Dice&), room_portrait(Dice&), street_portrait(Dice&), wall_portrait(Dice&);
Made group_portrait(Dice&), seaside_portrait(Dice&), two_people(Dice&);
Made window_silhouette(Dice&), archway(Dice&), shore_silhouette(Dice&), tree_against_sky(Dice&);
Made skyline(Dice&), campfire(Dice&), lit_square(Dice&), night_road(Dice&);
Made letter(Dice&), form(Dice&), open_book(Dice&), newspaper(Dice&);
Made meadow(Dice&), hedge(Dice&), park(Dice&), forest(Dice&);
Made sea_sunset(Dice&), cloudscape(Dice&), evening_hills(Dice&), sky_above_roofs(Dice&);
Made snow_field(Dice&), beach(Dice&), snowy_woods(Dice&), dunes(Dice&);
Made living_room(Dice&), bedroom(Dice&), office(Dice&), kitchen(Dice&), corridor(Dice&);
Made flower(Dice&), plate(Dice&), fruit_bowl(Dice&), pizza(Dice&);
Made house_fronts(Dice&), moored_boats(Dice&), shelf_of_goods(Dice&), colour_patches(Dice&), machinery(Dice&);
Made bare_wall(Dice&), stacked_boxes(Dice&), poster_wall(Dice&);

}  // namespace family
}  // namespace sunny16::sim

template <>
struct sunny16::isp::EnumNames<sunny16::sim::FamilyPart> {
  static constexpr std::array<std::string_view, 2> names{"training", "held_out"};
};
