// What belongs to no kind: house fronts, boats, goods, charts. A classifier should be in doubt of them.
#include "sim/scene/families/families.h"
#include "sim/scene/families/painted.h"
#include "sim/scene/families/skies.h"
#include "sim/scene/shapes.h"

namespace sunny16::sim::family {
namespace {

/// A cell of a grid: which one, and where in it.
struct Cell {
  int column, row;
  Point place;

  Cell(Point at, double width, double height)
      : column(static_cast<int>(exact::floor(at.x / width))),
        row(static_cast<int>(exact::floor(at.y / height))),
        place{at.x / width - column, at.y / height - row} {}
  bool within(double left, double top, double right, double bottom) const {
    return place.x > left && place.x < right && place.y > top && place.y < bottom;
  }
};

/// Any colour, from pale to strong.
Colour any_colour(int a, int b, double strength) {
  const Colour c{cell_noise(a, b), cell_noise(a + 31, b + 7), cell_noise(a + 5, b + 71)};
  return mix(grey(0.1 + 0.5 * cell_noise(b, a)), c * c * 0.8, strength);
}

}  // namespace

Made house_fronts(Dice& dice) {
  const double bay = dice.between(0.16, 0.4), storey = dice.between(0.22, 0.45), street = dice.between(0.25, 0.5);
  const double relief = dice.between(0.3, 0.9), shutter = dice.between(0, 0.14);
  const Colour plaster = dice.like(dice.one_of(
      {{0.50, 0.42, 0.30}, {0.45, 0.45, 0.44}, {0.34, 0.15, 0.10}, {0.30, 0.36, 0.42}, {0.55, 0.50, 0.38}}));
  const Colour wood = dice.like(dice.one_of({{0.10, 0.18, 0.12}, {0.25, 0.07, 0.05}, {0.40, 0.38, 0.34}}));
  const double shadow = dice.between(-0.6, 0.6), slope = dice.between(-1.5, 1.5);
  const Point noise = dice.place();
  return painted(9, [=](Point at) {
    const double light = at.x + slope * at.y > shadow ? 1 : relief;
    if (at.y > street) return grey(0.22) * (light * (0.8 + 0.5 * fractal_noise(at * 14)));
    const Cell cell({at.x + 3, at.y - street + 4 * storey}, bay, storey);
    const Colour wall = plaster * (0.85 + 0.3 * value_noise(at * 6 + noise) + 0.15 * fractal_noise(at * 40));
    if (cell.within(0.30, 0.22, 0.70, 0.78)) {
      const bool bar = exact::abs(cell.place.x - 0.5) < 0.02 || exact::abs(cell.place.y - 0.45) < 0.02;
      return bar ? wood * light : Colour{0.06, 0.07, 0.09} * (0.6 + 1.4 * cell_noise(cell.column, cell.row));
    }
    if (cell.within(0.30 - shutter, 0.20, 0.70 + shutter, 0.80)) return wood * light;
    return wall * (cell.place.y > 0.97 ? 0.6 * light : light);
  });
}

Made moored_boats(Dice& dice) {
  const Sky sky = day_sky(dice, dice.between(-0.3, -0.05));
  const double apart = dice.between(0.22, 0.4), draught = dice.between(0.10, 0.2);
  const int seed = dice.whole(0, 1000);
  const Colour deep = dice.like({0.04, 0.10, 0.12});
  const Point noise = dice.place();
  return painted(12, [=](Point at) {
    for (int row = 2; row >= 0; --row) {
      const double size = 1 - 0.25 * row, line = 0.34 - 0.22 * row;
      const Cell boat({at.x + 5 + 0.13 * row, 0}, apart * size, 1);
      const double along = 2 * boat.place.x - 1, deck = line - draught * size * (0.6 + 0.4 * along * along);
      const int name = boat.column * 3 + row + seed;
      if (exact::abs(along) < 0.92 - 0.9 * exact::max(0, at.y - line + 0.4 * draught) && at.y > deck && at.y < line)
        return any_colour(name, 1, 0.6) * (at.y - deck < 0.02 ? 1.2 : 0.8);
      if (exact::abs(along + 0.1) < 0.02 && at.y < deck && at.y > deck - 0.55 * size) return grey(0.30);
      if (exact::abs(along - 0.2) < 0.35 && at.y < deck && at.y > deck - 0.06 * size) return any_colour(name, 2, 0.2);
    }
    return at.y < sky.horizon ? sky.at(at) : water(sky, at, deep, noise);
  });
}

Made shelf_of_goods(Dice& dice) {
  const double shelf = dice.between(0.18, 0.34), width = dice.between(0.07, 0.2), strength = dice.between(0.2, 1);
  const int seed = dice.whole(0, 1000);
  const Colour back = dice.like({0.25, 0.24, 0.22});
  return painted(1.5, [=](Point at) {
    const Cell row({0, at.y + 4}, 1, shelf);
    const Cell good({at.x + 5 + 0.11 * row.row, 0}, width * (0.7 + 0.6 * cell_noise(row.row, seed)), 1);
    if (row.place.y > 0.94) return grey(0.45);
    const double top = 0.15 + 0.5 * cell_noise(good.column, row.row + seed);
    if (row.place.y < top || good.place.x < 0.06) return back * (0.4 + 0.5 * row.place.y);
    const double label = row.place.y > top + 0.2 && row.place.y < top + 0.45 ? 1 : 0;
    return mix(any_colour(good.column + seed, row.row, strength), any_colour(row.row, good.column + seed, strength),
               label) *
           (1.1 - 1.2 * (good.place.x - 0.45) * (good.place.x - 0.45));
  });
}

Made colour_patches(Dice& dice) {
  const double width = dice.between(0.09, 0.22), height = width * dice.between(0.8, 1.25),
               strength = dice.between(0.3, 1);
  const double gap = dice.between(0, 0.18), reach = dice.between(0.3, 0.7);
  const int seed = dice.whole(0, 1000);
  const Colour card = grey(dice.between(0.03, 0.5)), table = dice.like({0.25, 0.22, 0.18});
  return painted(0.8, [=](Point at) {
    if (exact::abs(at.x) > reach || exact::abs(at.y) > 0.75 * reach) return table;
    const Cell cell(at, width, height);
    if (!cell.within(gap, gap, 1, 1)) return card;
    return any_colour(cell.column + seed, cell.row, strength);
  });
}

Made machinery(Dice& dice) {
  const Colour metal = dice.like(dice.one_of({{0.30, 0.31, 0.32}, {0.12, 0.13, 0.14}, {0.36, 0.24, 0.08}}));
  const Colour paint = dice.like(dice.one_of({{0.35, 0.05, 0.04}, {0.05, 0.12, 0.30}, {0.06, 0.20, 0.10}}));
  std::array<Point, 7> wheels{};
  for (Point& wheel : wheels) wheel = {dice.between(-0.65, 0.65), dice.between(-0.45, 0.45)};
  const double size = dice.between(0.1, 0.2), pipe = dice.between(0.1, 0.25);
  const Point noise = dice.place();
  return painted(2, [=](Point at) {
    for (std::size_t i = 0; i < wheels.size(); ++i) {
      const Point d = at - wheels[i];
      const double r = length(d) / (size * (0.5 + 0.1 * static_cast<double>(i)));
      if (r > 1) continue;
      const double gleam = exact::max(0, 0.5 - d.x / size - d.y / size);
      return (r > 0.75 ? grey(0.05) : i % 2 == 0 ? metal : paint) * (0.5 + gleam * gleam * gleam);
    }
    const Cell pipes({at.x + 5 + 0.05 * at.y, 0}, pipe, 1);
    const double round = 1 - 4 * (pipes.place.x - 0.5) * (pipes.place.x - 0.5);
    return (cell_noise(pipes.column, 5) < 0.3 ? paint : metal) *
           (0.1 + 0.9 * round * round + 0.3 * value_noise(at * 7 + noise));
  });
}

Made bare_wall(Dice& dice) {
  const Colour wall = dice.like(dice.one_of(
      {{0.45, 0.42, 0.38}, {0.12, 0.12, 0.12}, {0.40, 0.25, 0.18}, {0.20, 0.28, 0.36}, {0.30, 0.36, 0.24}}));
  const double fine = dice.between(0, 0.6), coarse = dice.between(0, 0.5), slope = dice.between(-0.8, 0.8);
  const double size = dice.between(4, 60);
  const Point noise = dice.place();
  return painted(2, [=](Point at) {
    return wall * exact::max(0.05, (1 + slope * at.x) * (1 + fine * fractal_noise(at * size) +
                                                         coarse * (value_noise(at * 3 + noise) - 0.5)));
  });
}

Made stacked_boxes(Dice& dice) {
  const double width = dice.between(0.25, 0.6), height = width * dice.between(0.3, 0.6),
               ground = dice.between(0.2, 0.45);
  const double ribs = dice.between(0, 18);
  const int seed = dice.whole(0, 1000), highest = dice.whole(2, 4);
  const Sky sky = dice.chance(0.5) ? overcast_sky(dice, ground) : day_sky(dice, ground);
  return painted(15, [=](Point at) {
    if (at.y > ground) return grey(0.25) * (0.8 + 0.5 * fractal_noise(at * 10));
    const Cell box({at.x + 4, at.y - ground + 8 * height}, width, height);
    if (8 - box.row > highest - static_cast<int>(2.5 * cell_noise(box.column, seed))) return sky.at(at);
    if (!box.within(0.02, 0.04, 0.98, 0.98)) return grey(0.04);
    return any_colour(box.column + seed, box.row, 0.8) * (0.8 + 0.25 * sine(ribs * box.place.x));
  });
}

Made poster_wall(Dice& dice) {
  const Colour wall = dice.like({0.35, 0.33, 0.30});
  const double width = dice.between(0.2, 0.4), height = width * dice.between(1.1, 1.5);
  const int seed = dice.whole(0, 1000);
  const Point noise = dice.place();
  return painted(2.5, [=](Point at) {
    const Cell sheet(at + Point{4, 4}, width, height);
    const double askew = 0.06 * cell_noise(sheet.column, sheet.row);
    if (!sheet.within(0.05 + askew, 0.08, 0.9 + askew, 0.95)) return wall * (0.8 + 0.4 * value_noise(at * 9 + noise));
    const int name = sheet.column * 7 + sheet.row + seed;
    const Point d = sheet.place - Point{0.3 + 0.4 * cell_noise(name, 3), 0.3 + 0.3 * cell_noise(name, 4)};
    if (length(d) < 0.12 + 0.2 * cell_noise(name, 6)) return any_colour(name, 8, 1);
    if (sheet.place.y > 0.75 && cell_noise(static_cast<int>(sheet.place.x * 14), name) > 0.4) return grey(0.04);
    return any_colour(name, 9, 0.7);
  });
}

}  // namespace sunny16::sim::family
