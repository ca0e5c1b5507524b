#include "sim/scene/interior_window.h"

#include "sim/light/colour_checker.h"
#include "sim/light/illuminant.h"
#include "sim/scene/charts.h"
#include "sim/scene/furnishings.h"
#include "sim/scene/pattern.h"
#include "sim/scene/room.h"

namespace sunny16::sim {
namespace {

constexpr std::size_t kMain = 0, kDaylight = 1;  ///< lamps

constexpr Room kRoom{
    .vanishing = {0.02, -0.03}, .focal = 0.8, .left = -2.0, .right = 2.2, .top = -1.3, .bottom = 1.3, .back = 3.4};
constexpr Box kPane{{-0.30, -0.95}, {1.40, 0.45}};  ///< the window on the back wall, metres
constexpr Card kChart{{-0.415, -0.175}, kColourCheckerWidth, 0.115};
constexpr double kFrame = 0.05;

/// Whether a place of the window is glass: two casements of two panes each.
bool glass(double x, double y) {
  if (!kPane.grown(-kFrame).contains({x, y})) return false;
  const double middle = kPane.centre().x, bar = kPane.from.y + 0.38 * kPane.size().y;
  return exact::abs(x - middle) > kFrame && exact::abs(y - bar) > 0.4 * kFrame;
}

/// How much of the daylight comes from the window to a place, by the solid angle that it fills there: Lambert's law at
/// the surface and at the window.
double from_window(const Place& p, const Place& normal) {
  const Place d = Place{kPane.centre().x, kPane.centre().y, kRoom.back + 0.15} - p;
  const double r2 = dot(d, d), facing = dot(d, normal);
  if (facing <= 0) return 0;
  constexpr double kArea = kPane.size().x * kPane.size().y, kThrough = 0.010;  // net curtains, a deep reveal, trees
  return kThrough * facing * d.z * kArea / (r2 * (3.14159265 * r2 + kArea));
}

/// How much of the main lamp, behind us, comes to a place; its walls send some of it everywhere.
double from_lamp(const Place& p, const Place& normal) {
  const Place d = Place{-0.9, -0.35, 0.5} - p;
  const double r2 = dot(d, d);
  return 0.006 + 0.14 * exact::max(0, dot(d, normal)) / ((r2 + 0.3) * std::sqrt(r2));
}

Place normal_of(Side side) {
  switch (side) {
    case Side::left:
      return {1, 0, 0};
    case Side::right:
      return {-1, 0, 0};
    case Side::top:
      return {0, 1, 0};
    case Side::bottom:
      return {0, -1, 0};
    default:
      return {0, 0, -1};
  }
}

/// Distance along a side to where it meets the next.
double to_corner(Side side, const Place& p) {
  const double across = exact::min(p.x - kRoom.left, kRoom.right - p.x);
  const double up = exact::min(p.y - kRoom.top, kRoom.bottom - p.y), back = kRoom.back - p.z;
  if (side == Side::back) return exact::min(across, up);
  return exact::min(back, side == Side::left || side == Side::right ? up : across);
}

/// Folds of a curtain: how far they come forward, and how bright their flank is.
double folds(double x) { return 0.62 + 0.38 * sine(x * 8.5 + 0.3 * sine(x * 3)); }

/// A wing chair seen from behind, on turned legs; `rim` is where the window's light grazes it.
std::optional<Colour> armchair(Point at, double& rim) {
  if (at.x < 0.2 || at.y < 0.0) return std::nullopt;
  const Point p{exact::abs(at.x - 0.43), at.y};  // it is symmetrical
  const double swell = 0.012 * sine((p.y - 0.07) * 1.8);
  const double back = distance(Box{{-0.2, 0.115}, {0.105 + swell, 0.33}}, p) - 0.035;
  const double arm = distance(Box{{0.115, 0.235}, {0.140, 0.375}}, p) - 0.028;
  const double d = exact::min(back, arm);
  if (d > 0) {
    const double leg = exact::abs(p.x - 0.135) - 0.010 + 0.05 * (p.y - 0.40);
    return p.y > 0.395 && p.y < 0.455 && leg < 0 ? std::optional(Colour{0.09, 0.05, 0.03}) : std::nullopt;
  }
  rim = smooth_step(-0.010, 0, d) * smooth_step(0.34, 0.10, at.y);
  const double round = smooth_step(0, -0.03, d), piping = smooth_step(0.003, 0.001, exact::abs(d + 0.012));
  const double crease = back < 0 ? 1 : 1 - 0.6 * smooth_step(0.012, 0, back);
  const double pile = 0.85 + 0.35 * fractal_noise(at * 26) + 0.12 * value_noise(at * 420);
  const double light = (0.45 + 0.55 * round) * (1.25 - 0.9 * (at.x - 0.25)) * (1 - 1.3 * exact::max(0, at.y - 0.28));
  return mix({0.05, 0.095, 0.065}, {0.10, 0.12, 0.07}, piping) * (pile * light * crease);
}

constexpr std::array<Bough, 5> kPlant{{{{-0.115, 0.055}, 0.06},
                                       {{-0.07, -0.005}, 0.06},
                                       {{-0.155, 0.00}, 0.05},
                                       {{-0.04, 0.06}, 0.045},
                                       {{-0.18, 0.06}, 0.04}}};
constexpr double kStool = -0.115;  ///< where the plant's stool stands

}  // namespace

InteriorWindow::InteriorWindow()
    : plant_(crown({{-0.3, -0.15}, {0.06, 0.16}}, kPlant, 560, 0.0155, 21)),
      pot_({kStool, 0.12}, {kStool, 0.215}, std::array{0.45, 0.44, 0.43, 0.41, 0.38, 0.34}),
      bottle_({0.265, -0.035}, {0.265, 0.0725}, std::array{0.10, 0.09, 0.10, 0.24, 0.29, 0.29, 0.28, 0.26}) {}

std::vector<Lamp> InteriorWindow::lamps(const Lamp& main) const {
  return {main, {.name = "daylight", .spectrum = parse_illuminant("D65").spectrum, .lux = kDaylightLux}};
}

std::span<const Spectrum> InteriorWindow::materials() const { return colour_checker_reflectances(); }

std::optional<InteriorWindow::Lit> InteriorWindow::furniture(Point at) const {
  double rim = 0;
  if (const auto c = armchair(at, rim)) return Lit{*c, 0.03, 0.00004 + 0.0025 * rim};
  Point on_leaf;
  if (const Leaf* leaf = plant_.at(at, on_leaf)) {
    const double vein = exact::abs(on_leaf.y) < 0.06 ? 1.3 : 1;
    return Lit{leaf->paint, 0.016 * vein, 0.0004 * vein};
  }
  if (const auto s = pot_.at(at)) {
    const double lit = 0.35 + 0.65 * exact::max(0, -0.5 * s->normal.x + 0.8 * s->normal.z);
    return Lit{s->inside ? Colour{0.03, 0.02, 0.015} : Colour{0.36, 0.13, 0.06}, 0.03 * lit,
               0.0015 * (1 - s->normal.z)};
  }
  if (exact::abs(at.x - kStool) < 0.06 && at.y > 0.2 && at.y < 0.40)  // the plant's stool
    if (at.y < 0.215 || exact::abs(exact::abs(at.x - kStool) - 0.04 - 0.04 * (at.y - 0.2)) < 0.006)
      return Lit{{0.20, 0.12, 0.07}, 0.025, 0.0002};
  return std::nullopt;
}

std::optional<InteriorWindow::Lit> InteriorWindow::window(Point at, double x, double y) const {
  if (exact::abs(y + 1.17) < 0.02 && x > kPane.from.x - 0.45 && x < kPane.to.x + 0.45)
    return Lit{{0.30, 0.21, 0.09}, 0.05 + 0.9 * (-1.16 - y), 0.0003};
  if (const double beside = exact::max(kPane.from.x + 0.10 - x, x - kPane.to.x + 0.10);
      beside > 0 && beside < 0.44 && y > -1.15 && y < 1.22) {  // curtains, with daylight through them
    const double fold = folds(x + 0.015 * sine(y * 0.35));
    const double through = (y < kPane.to.y ? 1 : 0.1) * smooth_step(0.45, 0.0, beside);
    return Lit{Colour{0.46, 0.30, 0.17}, 0.014 + 0.030 * fold, 0.0001 + 0.0016 * through * (1.25 - fold)};
  }
  if (const Box sill{{kPane.from.x, kPane.to.y}, {kPane.to.x, kPane.to.y + 0.05}}; sill.contains({x, y}))
    return Lit{grey(0.62), 0.03, y < sill.from.y + 0.02 ? 0.02 : 0.0003};
  if (!kPane.contains({x, y})) return std::nullopt;
  if (const auto s = bottle_.at(at)) {  // stands on the sill, green glass against the light
    const double edge = smooth_step(0.55, 0.95, exact::abs(s->around));
    return Lit{Colour{0.10, 0.30, 0.13} * (1 - 0.85 * edge), 0.02, 0.5};
  }
  if (glass(x, y)) return Lit{outside_.view((at - Point{0.14, -0.07}) * 2.3), 0, 1};
  const double inner = kPane.grown(-0.3 * kFrame).contains({x, y}) ? 1 : 0.6;
  return Lit{grey(0.6), 0.028 * inner, 0.0012};
}

Colour InteriorWindow::light(Point at, double, const Palette& palette) const {
  if (const auto place = kChart.place(at)) {
    const auto patch = colour_checker_patch_at(*place);
    return (patch ? palette.material(kMain, *patch) : palette.white(kMain) * kColourCheckerBlack) * kChartLight;
  }
  const auto sent = [&](const Lit& lit) {
    return palette.surface(kMain, lit.paint * lit.main) + palette.surface(kDaylight, lit.paint * lit.daylight);
  };
  if (const auto lit = furniture(at)) return sent(*lit);
  const auto [side, p] = kRoom.hit(at);
  const Place normal = normal_of(side);
  Lit lit{grey(0.5), from_lamp(p, normal), from_window(p, normal)};
  double inside = 1;
  switch (side) {
    case Side::back:
      if (const auto w = window(at, p.x, p.y)) return sent(*w);
      lit.paint = wallpaper(p.x, p.y);
      break;
    case Side::left: {
      const auto shelf = bookshelf(p.y, p.z, inside);
      lit.paint = shelf ? *shelf : wallpaper(p.z, p.y);
      break;
    }
    case Side::right:
      lit.paint = wallpaper(p.z, p.y);
      break;
    case Side::top:
      lit.paint = grey(0.55);
      break;
    case Side::bottom: {
      const auto wool = carpet(p.x, p.z);
      lit.paint = wool ? *wool : parquet(p.x, p.z);
      break;
    }
  }
  inside *= 0.55 + 0.45 * smooth_step(-0.05, 0.5, to_corner(side, p));  // corners see less of the room
  lit.main *= inside, lit.daylight *= inside;
  if (side == Side::bottom) {
    // The sun stands behind the window: along its rays to the panes.
    const double way = kRoom.back - p.z;
    if (glass(p.x + 0.32 * way, p.y - 0.92 * way)) lit.daylight += 0.35;
  }
  return sent(lit);
}

std::vector<Target> InteriorWindow::targets() const { return {colour_checker_target(kChart)}; }

}  // namespace sunny16::sim
