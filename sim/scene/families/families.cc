#include "sim/scene/families/families.h"

namespace sunny16::sim {
namespace {

using enum FamilyPart;

const UsualLight kSun{{"D50", "D55", "D65", "5200K"}, 8000, 80000};
const UsualLight kShade{{"D55", "D65", "D75"}, 1500, 20000};
const UsualLight kEvening{{"4000K", "4500K", "D50", "D55"}, 300, 8000};
const UsualLight kLamps{{"A", "3200K", "F2", "F11", "LED", "4000K"}, 40, 600};
const UsualLight kRoom{{"3200K", "F2", "F11", "LED", "4000K", "D50"}, 100, 1200};
const UsualLight kStreet{{"A", "HP1", "LED-B1", "3000K", "2400K"}, 0.5, 12};

const std::vector<SceneFamily> kFamilies{
    {"studio-portrait", "portrait", training, "One person before a paper backdrop", family::studio_portrait, kRoom},
    {"garden-portrait", "portrait", training, "One person before blurred greenery", family::garden_portrait, kShade},
    {"room-portrait", "portrait", training, "One person in a lit room", family::room_portrait, kLamps},
    {"street-portrait", "portrait", training, "One person before blurred houses", family::street_portrait, kShade},
    {"wall-portrait", "portrait", training, "One person before boards or tiles", family::wall_portrait, kShade},
    {"group-portrait", "portrait", training, "Two to five people before a curtain or a hedge", family::group_portrait,
     kRoom},
    {"seaside-portrait", "portrait", training, "One person before sand, sea and sky", family::seaside_portrait, kSun},
    {"two-people", "portrait", held_out, "Two people before a brick wall", family::two_people, kShade},

    {"window-silhouette", "backlit", training, "A person in a room before its window", family::window_silhouette,
     kShade},
    {"shore-silhouette", "backlit", training, "People before a low sun over water", family::shore_silhouette, kSun},
    {"archway", "backlit", training, "From within an arch to the bright outdoors", family::archway, kSun},
    {"tree-against-sky", "backlit", held_out, "A tree before the bright sky", family::tree_against_sky, kSun},

    {"skyline", "night", training, "A town's lit windows over dark water", family::skyline, kStreet},
    {"lit-square", "night", training, "A façade under lamps, the sky black", family::lit_square, kStreet},
    {"campfire", "night", training, "A fire that lights the ground around it", family::campfire, kStreet},
    {"night-road", "night", held_out, "Lamps along a road, cars with their lights on", family::night_road, kStreet},

    {"letter", "document", training, "A written page on a desk", family::letter, kRoom},
    {"form", "document", training, "A printed table with stamps", family::form, kRoom},
    {"open-book", "document", training, "Two pages of a book", family::open_book, kRoom},
    {"newspaper", "document", held_out, "Columns, headlines and pictures", family::newspaper, kRoom},

    {"meadow", "greenery", training, "Grass and flowers, little or no sky", family::meadow, kSun},
    {"hedge", "greenery", training, "Leaves all over the picture", family::hedge, kShade},
    {"park", "greenery", training, "A lawn with trees and a path", family::park, kSun},
    {"forest", "greenery", held_out, "Trunks, bushes and moss", family::forest, kShade},

    {"sea-sunset", "sky_sunset", training, "The sun sets over the sea", family::sea_sunset, kEvening},
    {"cloudscape", "sky_sunset", training, "Blue sky and clouds over a strip of land", family::cloudscape, kSun},
    {"evening-hills", "sky_sunset", training, "Ridges before an evening sky", family::evening_hills, kEvening},
    {"sky-above-roofs", "sky_sunset", held_out, "Sky by day or in the evening over roofs", family::sky_above_roofs,
     kEvening},

    {"snow-field", "snow_beach", training, "Snow with drifts under a clear or white sky", family::snow_field, kSun},
    {"beach", "snow_beach", training, "Sand, surf and sea", family::beach, kSun},
    {"snowy-woods", "snow_beach", training, "Trunks and firs in deep snow", family::snowy_woods, kSun},
    {"dunes", "snow_beach", held_out, "Dunes of pale sand with some grass", family::dunes, kSun},

    {"living-room", "indoor", training, "Wallpaper, parquet, shelves and a sofa", family::living_room, kLamps},
    {"bedroom", "indoor", training, "A bed, a wardrobe and a lamp", family::bedroom, kLamps},
    {"office", "indoor", training, "Desks and screens under ceiling lights", family::office, kRoom},
    {"kitchen", "indoor", training, "Cupboards, tiles and a worktop", family::kitchen, kLamps},
    {"corridor", "indoor", held_out, "Doors along a corridor", family::corridor, kLamps},

    {"flower", "macro_food", training, "One blossom, all else out of focus", family::flower, kShade},
    {"plate", "macro_food", training, "A dish on a plate", family::plate, kRoom},
    {"fruit-bowl", "macro_food", training, "Fruit from near by", family::fruit_bowl, kRoom},
    {"pizza", "macro_food", held_out, "A round loaf with toppings on a board", family::pizza, kLamps},

    {"house-fronts", "unknown", training, "Plastered walls with windows by day", family::house_fronts, kSun},
    {"moored-boats", "unknown", training, "Boats in a harbour", family::moored_boats, kSun},
    {"shelf-of-goods", "unknown", training, "Boxes with labels on shelves", family::shelf_of_goods, kRoom},
    {"colour-patches", "unknown", training, "A card of coloured patches", family::colour_patches, kRoom},
    {"machinery", "unknown", training, "Pipes and wheels", family::machinery, kShade},
    {"bare-wall", "unknown", training, "Plaster, concrete or stone and nothing else", family::bare_wall, kShade},
    {"stacked-boxes", "unknown", held_out, "Stacked containers on a yard", family::stacked_boxes, kSun},
    {"poster-wall", "unknown", held_out, "Posters on a wall", family::poster_wall, kShade},
};

}  // namespace

const std::vector<SceneFamily>& scene_families() { return kFamilies; }

std::unique_ptr<Scene> make_scene(const SceneFamily& family, std::uint32_t seed) {
  Dice dice(seed);
  return family.make(dice);
}

}  // namespace sunny16::sim
