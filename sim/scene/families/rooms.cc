// Rooms, seen along their middle.
#include "sim/scene/families/families.h"
#include "sim/scene/families/painted.h"
#include "sim/scene/furnishings.h"
#include "sim/scene/room.h"

namespace sunny16::sim::family {
namespace {

Room some_room(Dice& dice, double half_width, double depth) {
  return {.vanishing = {dice.between(-0.15, 0.15), dice.between(-0.08, 0.04)},
          .focal = dice.between(0.7, 0.95),
          .left = -half_width * dice.between(0.7, 1.2),
          .right = half_width * dice.between(0.7, 1.2),
          .top = -1.3,
          .bottom = 1.25,
          .back = depth * dice.between(0.8, 1.25)};
}

/// Light of lamps on the ceiling: falls off with the distance, corners see less of the room.
double room_light(const Room& room, const Place& p) {
  const double side = exact::min(p.x - room.left, room.right - p.x), up = exact::min(p.y - room.top, room.bottom - p.y);
  const double corner =
      exact::min(exact::min(exact::max(side, 0), exact::max(up, 0)) + exact::max(0, room.back - p.z), 0.5);
  return (0.45 + 0.7 * corner) * (0.55 + 0.6 / (1 + 0.08 * p.z * p.z));
}

struct Block {
  Box front;  ///< on the picture
  Colour paint;
};

/// Something upright before the room: shaded towards its rim.
std::optional<Colour> block(std::span<const Block> blocks, Point at) {
  for (const Block& b : blocks)
    if (const double d = distance(b.front, at); d < 0) return b.paint * (0.5 + 0.3 * smooth_step(0, -0.03, d));
  return std::nullopt;
}

}  // namespace

Made living_room(Dice& dice) {
  const Room room = some_room(dice, 2, 3.4);
  const bool shelf_left = dice.chance(0.5), papered = dice.chance(0.6);
  const Colour wall = dice.like(dice.one_of({{0.50, 0.47, 0.42}, {0.38, 0.42, 0.36}, {0.52, 0.40, 0.32}}));
  const Colour sofa =
      dice.like(dice.one_of({{0.10, 0.14, 0.22}, {0.28, 0.10, 0.07}, {0.22, 0.20, 0.17}, {0.07, 0.12, 0.08}}));
  const double x = dice.between(-0.25, 0.25), y = dice.between(0.12, 0.2);
  const std::vector<Block> blocks{{{{x - 0.26, y + 0.12}, {x + 0.26, y + 0.2}}, sofa * 1.2},
                                  {{{x - 0.32, y + 0.05}, {x - 0.25, y + 0.2}}, sofa * 1.1},
                                  {{{x + 0.25, y + 0.05}, {x + 0.32, y + 0.2}}, sofa * 1.1},
                                  {{{x - 0.26, y - 0.02}, {x + 0.26, y + 0.12}}, sofa}};
  const Box picture{{dice.between(-0.8, -0.2), -0.75}, {dice.between(0.2, 0.8), dice.between(-0.2, 0)}};
  const Colour drawn = dice.like({0.25, 0.24, 0.22});
  const Point lamp{dice.between(-0.35, 0.35), dice.between(-0.2, -0.08)}, noise = dice.place();
  const bool lit = dice.chance(0.5);
  return painted(2.5, [=](Point at) {
    const Point d = at - lamp;
    if (lit && exact::abs(d.y) < 0.035 && exact::abs(d.x) < 0.035 + 0.4 * d.y) return Colour{1.6, 1.25, 0.8};
    const double glow = lit ? 0.5 / (1 + 60 * dot(d, d)) : 0;
    if (const auto c = block(blocks, at)) return *c;
    const auto [side, p] = room.hit(at);
    double light = room_light(room, p) + glow, inside = 1;
    switch (side) {
      case Side::back:
        if (picture.contains({p.x, p.y}))
          return mix(drawn, {0.45, 0.35, 0.2}, value_noise(Point{p.x, p.y} * 4 + noise)) * light;
        if (picture.grown(0.04).contains({p.x, p.y})) return Colour{0.08, 0.05, 0.03} * light;
        return (papered ? wallpaper(p.x, p.y) : wall) * light;
      case Side::left:
      case Side::right:
        if ((side == Side::left) == shelf_left)
          if (const auto books = bookshelf(p.y, p.z, inside)) return *books * (light * inside);
        return (papered ? wallpaper(p.z, p.y) : wall) * light;
      case Side::top:
        return grey(0.55) * light;
      default:
        if (const auto wool = carpet(p.x, p.z)) return *wool * light;
        return parquet(p.x, p.z) * light;
    }
  });
}

Made bedroom(Dice& dice) {
  const Colour wall =
      dice.like(dice.one_of({{0.55, 0.52, 0.46}, {0.38, 0.44, 0.48}, {0.50, 0.42, 0.40}, {0.62, 0.60, 0.57}}));
  const Colour wood = dice.like(dice.one_of({{0.30, 0.19, 0.10}, {0.58, 0.56, 0.52}, {0.14, 0.09, 0.06}}));
  const Colour linen =
      dice.like(dice.one_of({{0.70, 0.69, 0.66}, {0.16, 0.22, 0.32}, {0.45, 0.20, 0.18}, {0.40, 0.42, 0.34}}));
  const double floor = dice.between(0.28, 0.38), bed = dice.between(-0.3, 0.15),
               wardrobe = bed + dice.between(0.42, 0.55);
  const double lamp = bed - dice.between(0.30, 0.34), top = dice.between(-0.45, -0.3), bright = dice.between(-0.6, 0.6);
  const std::vector<Block> blocks{{{{bed - 0.24, 0.02}, {bed - 0.02, 0.10}}, grey(0.95)},  // pillows
                                  {{{bed + 0.02, 0.02}, {bed + 0.24, 0.10}}, grey(0.95)},
                                  {{{bed - 0.27, 0.09}, {bed + 0.27, floor + 0.02}}, linen * 1.4},
                                  {{{bed - 0.28, -0.08}, {bed + 0.28, 0.12}}, wood * 1.3},  // its head
                                  {{{lamp - 0.07, 0.12}, {lamp + 0.05, floor + 0.01}}, wood * 1.2}};
  return painted(2.5, [=](Point at) {
    const Point d{at.x - lamp, at.y - 0.04};
    const double light = 0.45 + 0.5 / (1 + 2 * (at.x - bright) * (at.x - bright));
    if (exact::abs(d.y) < 0.03 && exact::abs(d.x) < 0.04 + 0.4 * d.y) return Colour{1.3, 1.05, 0.75};
    if (exact::abs(d.x) < 0.006 && d.y > 0 && d.y < 0.09) return grey(0.10);
    if (const auto c = block(blocks, at)) return *c * (1.2 * light);
    if (at.x > wardrobe && at.x < wardrobe + 0.42 && at.y > top && at.y < floor + 0.02) {
      const double door = (at.x - wardrobe) / 0.21, across = door - exact::floor(door);
      const bool gap = across < 0.02 || across > 0.98,
                 knob = exact::abs(across - 0.9) < 0.03 && exact::abs(at.y) < 0.02;
      return (knob ? grey(0.5) : wood * (gap ? 0.3 : 0.8 + 0.4 * fractal_noise({at.x * 40, at.y * 5}))) * light;
    }
    if (at.y > floor) return parquet(at.x * 2.2, 2 + 0.6 / (at.y - floor + 0.25)) * light;
    return (at.y > floor - 0.02 ? grey(0.6) : wall) * (light + 0.35 / (1 + 40 * dot(d, d)));
  });
}

Made office(Dice& dice) {
  const Room room = some_room(dice, 3, 6);
  const Colour wall = dice.like({0.60, 0.60, 0.58}),
               floor = dice.like(dice.one_of({{0.16, 0.17, 0.20}, {0.22, 0.20, 0.18}, {0.13, 0.18, 0.15}}));
  const Colour desk = dice.like(dice.one_of({{0.55, 0.53, 0.50}, {0.45, 0.33, 0.20}})),
               screen = dice.like({0.35, 0.45, 0.60});
  std::vector<Block> blocks;
  const int desks = dice.whole(2, 3);
  for (int i = 0; i < desks; ++i) {
    const double scale = 1 - 0.25 * i, x = dice.between(-0.5, 0.5), y = 0.30 - 0.11 * i;
    blocks.push_back({{{x - 0.11 * scale, y - 0.19 * scale}, {x + 0.11 * scale, y - 0.05 * scale}},
                      dice.chance(0.6) ? screen * 1.4 : grey(0.02)});
    blocks.push_back({{{x - 0.125 * scale, y - 0.205 * scale}, {x + 0.125 * scale, y - 0.035 * scale}}, grey(0.03)});
    blocks.push_back({{{x - 0.02 * scale, y - 0.05 * scale}, {x + 0.02 * scale, y}}, grey(0.04)});
    blocks.push_back({{{x - 0.32 * scale, y}, {x + 0.32 * scale, y + 0.03}}, desk * 1.5});
    blocks.push_back({{{x - 0.30 * scale, y + 0.03}, {x - 0.26 * scale, y + 0.22 * scale}}, grey(0.10)});
    blocks.push_back({{{x + 0.26 * scale, y + 0.03}, {x + 0.30 * scale, y + 0.22 * scale}}, grey(0.10)});
  }
  const bool board = dice.chance(0.5);
  return painted(3, [=](Point at) {
    if (const auto c = block(blocks, at)) return *c;
    const auto [side, p] = room.hit(at);
    const double light = room_light(room, p);
    if (side == Side::top) {
      const double x = p.x * 0.8 - exact::floor(p.x * 0.8), z = p.z * 0.6 - exact::floor(p.z * 0.6);
      return x > 0.35 && x < 0.65 && z > 0.2 && z < 0.8 ? grey(1.6) : grey(0.62) * light;
    }
    if (side == Side::bottom) return floor * (light * (0.85 + 0.3 * value_noise({p.x * 60, p.z * 60})));
    if (side == Side::back && board && exact::abs(p.x) < 1 && p.y > -0.7 && p.y < 0.3)
      return (exact::abs(p.x) > 0.96                    ? grey(0.3)
              : value_noise({p.x * 30, p.y * 9}) > 0.86 ? Colour{0.1, 0.15, 0.4}
                                                        : grey(0.8)) *
             light;
    const double post = p.z * 0.7 - exact::floor(p.z * 0.7);
    if (side != Side::back && p.y > -0.2 && p.y < 1 && post < 0.7)
      return Colour{0.40, 0.38, 0.35} * (light * (post < 0.02 ? 0.5 : 1));
    return wall * light;
  });
}

Made kitchen(Dice& dice) {
  const Colour doors =
      dice.like(dice.one_of({{0.62, 0.60, 0.55}, {0.20, 0.30, 0.28}, {0.40, 0.26, 0.14}, {0.50, 0.14, 0.10}}));
  const Colour tile = dice.like(dice.one_of({{0.65, 0.65, 0.62}, {0.50, 0.58, 0.60}})),
               top = dice.like({0.18, 0.15, 0.13});
  const double worktop = dice.between(0.08, 0.2), upper = dice.between(-0.22, -0.1), width = dice.between(0.22, 0.34);
  std::vector<Block> things;
  for (int i = 0; i < 5; ++i) {
    const double x = dice.between(-0.75, 0.75), w = dice.between(0.02, 0.06), h = dice.between(0.05, 0.14);
    things.push_back(
        {{{x - w, worktop - h}, {x + w, worktop}},
         dice.like(dice.one_of(
             {{0.55, 0.10, 0.06}, {0.5, 0.5, 0.5}, {0.08, 0.20, 0.25}, {0.55, 0.42, 0.15}, {0.75, 0.74, 0.7}}))});
  }
  const double bright = dice.between(-0.5, 0.5);
  return painted(2, [=](Point at) {
    const double light = 0.45 + 0.55 / (1 + 2 * (at.x - bright) * (at.x - bright));
    if (const auto c = block(things, at)) return *c * (1.4 * light);
    const double column = at.x / width, across = column - exact::floor(column);
    const bool gap = across < 0.02 || across > 0.98;
    if (at.y < upper)
      return doors * (light * (gap || at.y > upper - 0.015 ? 0.35 : 0.9 + 0.06 * fractal_noise({at.x * 4, at.y * 60})));
    if (at.y < worktop) {
      const double x = at.x * 12 - exact::floor(at.x * 12), y = at.y * 12 - exact::floor(at.y * 12);
      const double shade = 0.6 + 0.4 * smooth_step(upper, upper + 0.1, at.y);
      return tile * (light * shade * (x < 0.06 || y < 0.06 ? 0.65 : 1));
    }
    if (at.y < worktop + 0.045) return top * (light * (1.2 + 0.8 * fractal_noise(at * 40)));
    const bool handle = exact::abs(across - 0.85) < 0.02 && at.y < worktop + 0.18 && at.y > worktop + 0.08;
    if (at.y > 0.46) return parquet(at.x * 2, 3 + at.y * 4) * light;
    return handle ? grey(0.45) * light : doors * (light * (gap ? 0.3 : 0.7));
  });
}

Made corridor(Dice& dice) {
  const Room room = some_room(dice, 1.1, 14);
  const Colour wall = dice.like(dice.one_of({{0.55, 0.54, 0.48}, {0.45, 0.50, 0.52}, {0.58, 0.50, 0.38}}));
  const Colour door = dice.like(dice.one_of({{0.30, 0.18, 0.09}, {0.10, 0.17, 0.25}, {0.40, 0.40, 0.38}})),
               floor = dice.like({0.28, 0.25, 0.21});
  const double apart = dice.between(1.8, 3);
  const bool dado = dice.chance(0.5);
  return painted(3, [=](Point at) {
    const auto [side, p] = room.hit(at);
    const double lamps = p.z / apart - exact::floor(p.z / apart) - 0.5,
                 light = room_light(room, p) * (0.7 + 0.5 * (1 - 4 * lamps * lamps));
    switch (side) {
      case Side::top:
        return exact::abs(p.x) < 0.2 && exact::abs(lamps) < 0.15 ? grey(2) : grey(0.58) * light;
      case Side::bottom: {
        const double shine = exact::abs(p.x) < 0.25 && exact::abs(lamps) < 0.2 ? 0.25 : 0;
        return floor * (light * (0.9 + 0.2 * value_noise({p.x * 20, p.z * 20}))) + grey(shine * 0.5);
      }
      case Side::back:
        return (exact::abs(p.x) < 0.5 && p.y > -0.7 ? door : wall) * light;
      default: {
        const double place = (p.z + 0.7) / apart - exact::floor((p.z + 0.7) / apart);
        if (place < 0.95 / apart && p.y > -0.8) return door * (light * (place < 0.08 / apart || p.y < -0.74 ? 0.5 : 1));
        if (dado && p.y > 0.1) return wall * (0.55 * light);
        return wall * light;
      }
    }
  });
}

}  // namespace sunny16::sim::family
