// Written and printed matter, seen from above.
#include "sim/scene/families/families.h"
#include "sim/scene/families/painted.h"
#include "sim/scene/families/print.h"
#include "sim/scene/furnishings.h"
#include "sim/scene/shapes.h"

namespace sunny16::sim::family {
namespace {

/// A sheet that lies askew: places on it in units of its height, and the light of the room, which falls off to one
/// side.
struct Sheet {
  Point centre, axis;  ///< axis: direction of its lines, length 1
  double scale, width;
  Colour paper, ink;
  Point falling;

  Point place(Point at) const {
    const Point d = at - centre;
    return Point{dot(d, axis), d.y * axis.x - d.x * axis.y} * (1 / scale) + Point{width / 2, 0.5};
  }
  bool holds(Point p) const { return p.x > 0 && p.y > 0 && p.x < width && p.y < 1; }
  double light(Point at) const { return 0.85 + dot(at, falling); }
};

Sheet some_sheet(Dice& dice, double width, double least_scale, double most_scale) {
  const double turn = dice.between(-0.035, 0.035);
  return {.centre = {dice.between(-0.06, 0.06), dice.between(-0.05, 0.05)},
          .axis = {sine(turn + 0.25), sine(turn)},
          .scale = dice.between(least_scale, most_scale),
          .width = width,
          .paper = dice.like(grey(0.78)) * 0.95,
          .ink = dice.one_of({{0.045, 0.045, 0.05}, {0.03, 0.04, 0.14}, {0.06, 0.05, 0.05}}),
          .falling = {dice.between(-0.25, 0.25), dice.between(-0.2, 0.2)}};
}

/// What the sheet lies on.
struct Desk {
  Colour paint;
  bool wood;
  Colour at(Point p) const {
    return wood ? parquet(p.x * 0.5 + 1, p.y * 0.5 + 2) : paint * (0.95 + 0.1 * fractal_noise(p * 30));
  }
};
Desk some_desk(Dice& dice) {
  return {dice.like(dice.one_of({{0.30, 0.28, 0.25}, {0.07, 0.07, 0.08}, {0.45, 0.32, 0.20}, {0.16, 0.22, 0.20}})),
          dice.chance(0.4)};
}

}  // namespace

Made letter(Dice& dice) {
  const Sheet sheet = some_sheet(dice, 0.71, 0.9, 1.5);
  const Desk desk = some_desk(dice);
  const int lines = dice.whole(24, 44), seed = dice.whole(0, 900);
  const bool head = dice.chance(0.5);
  const Colour logo = dice.like(dice.one_of({{0.45, 0.06, 0.05}, {0.05, 0.15, 0.40}, {0.06, 0.28, 0.12}}));
  return painted(0.4, [=](Point at) {
    const Point p = sheet.place(at);
    if (!sheet.holds(p)) return desk.at(at) * sheet.light(at);
    if (head && p.y < 0.09 && p.y > 0.05 && p.x > 0.08 && p.x < 0.25) return logo * sheet.light(at);
    const Point text{(p.x - 0.08) * lines, (p.y - 0.13) * lines};
    const bool written = p.y < 0.93 && ink(text, static_cast<int>(0.55 * lines / 0.42), seed);
    return (written ? sheet.ink : sheet.paper) * sheet.light(at);
  });
}

Made form(Dice& dice) {
  const Sheet sheet = some_sheet(dice, dice.chance(0.5) ? 0.71 : 1.41, 0.85, 1.4);
  const Desk desk = some_desk(dice);
  const int rows = dice.whole(12, 26), columns = dice.whole(3, 7), seed = dice.whole(0, 900);
  const Colour band = dice.like(dice.one_of({{0.55, 0.62, 0.72}, {0.62, 0.62, 0.60}, {0.70, 0.62, 0.50}}));
  const Point stamp{dice.between(0.2, 0.6), dice.between(0.6, 0.85)};
  return painted(0.35, [=](Point at) {
    const Point p = sheet.place(at);
    if (!sheet.holds(p)) return desk.at(at) * sheet.light(at);
    const double ring = length(p - stamp);
    if (ring > 0.065 && ring < 0.075) return Colour{0.35, 0.07, 0.12} * sheet.light(at);
    const Box table{{0.06, 0.14}, {sheet.width - 0.06, 0.94}};
    if (!table.contains(p)) {
      const bool title = p.y > 0.05 && p.y < 0.11 && ink({(p.x - 0.06) * 22, (p.y - 0.06) * 22}, 20, seed);
      return (title ? sheet.ink : sheet.paper) * sheet.light(at);
    }
    const Point cell{table.place(p).x * columns, table.place(p).y * rows};
    const int c = static_cast<int>(cell.x), r = static_cast<int>(cell.y);
    const double x = cell.x - c, y = cell.y - r;
    if (x < 0.02 || y < 0.07) return sheet.ink * (1.6 * sheet.light(at));
    const bool written =
        cell_noise(c + seed, r) < 0.6 && ink({(x - 0.06) * 6 * 7 / columns, (y - 0.25) * 1.6}, 9, seed + 31 * c + r);
    return (written && y < 0.8 ? sheet.ink : r == 0 ? band : sheet.paper) * sheet.light(at);
  });
}

Made open_book(Dice& dice) {
  Sheet sheet = some_sheet(dice, 1.42, 0.8, 1.15);
  sheet.paper = sheet.paper * Colour{1, 0.96, 0.86};
  const Desk desk = some_desk(dice);
  const int lines = dice.whole(26, 38), seed = dice.whole(0, 900);
  const double picture = dice.chance(0.4) ? dice.between(0.25, 0.45) : 0;
  return painted(0.4, [=](Point at) {
    const Point p = sheet.place(at);
    if (!sheet.holds(p)) return desk.at(at) * sheet.light(at);
    const double from_fold = p.x - 0.71, fold = 1 - 0.6 * smooth_step(0.12, 0, exact::abs(from_fold));
    const bool right = from_fold > 0;
    const double x = right ? from_fold - 0.08 : p.x - 0.08;
    if (right && p.y > 0.1 && p.y < 0.1 + picture && x > 0 && x < 0.54)
      return grey(0.12 + 0.5 * value_noise({x * 9, p.y * 9})) * (fold * sheet.light(at));
    const double top = right && picture > 0 ? 0.14 + picture : 0.09;
    const bool written = x < 0.56 && p.y < 0.92 && p.y > top &&
                         ink({x * lines, (p.y - 0.09) * lines}, static_cast<int>(0.54 * lines / 0.42), seed + right);
    return (written ? sheet.ink : sheet.paper) * (fold * sheet.light(at));
  });
}

Made newspaper(Dice& dice) {
  Sheet sheet = some_sheet(dice, 1.6, 1.0, 1.5);
  sheet.paper = dice.like({0.60, 0.58, 0.53});
  const Desk desk = some_desk(dice);
  const int columns = dice.whole(4, 6), lines = dice.whole(38, 56), seed = dice.whole(0, 900);
  const Box photograph{{dice.between(0.1, 0.6), dice.between(0.3, 0.45)},
                       {dice.between(0.85, 1.3), dice.between(0.6, 0.8)}};
  return painted(0.45, [=](Point at) {
    const Point p = sheet.place(at);
    if (!sheet.holds(p)) return desk.at(at) * sheet.light(at);
    if (photograph.contains(p)) return grey(0.08 + 0.45 * value_noise(p * 7 + Point{seed * 0.7, 3})) * sheet.light(at);
    if (p.y < 0.2) {
      const bool title = p.y > 0.04 && ink({(p.x - 0.05) * 9, (p.y - 0.05) * 9}, 30, seed);
      return (title ? sheet.ink : sheet.paper) * sheet.light(at);
    }
    const double width = (sheet.width - 0.1) / columns, column = (p.x - 0.05) / width;
    const int c = static_cast<int>(exact::floor(column));
    const double x = (column - c) * width;
    const bool written =
        c >= 0 && c < columns && p.y < 0.95 && x < width - 0.02 &&
        ink({x * lines, (p.y - 0.22) * lines}, static_cast<int>((width - 0.02) * lines / 0.42), seed + 50 * c);
    return (written ? sheet.ink : sheet.paper) * sheet.light(at);
  });
}

}  // namespace sunny16::sim::family
