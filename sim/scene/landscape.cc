#include "sim/scene/landscape.h"

#include "sim/light/colour_checker.h"
#include "sim/scene/charts.h"
#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

constexpr double kHorizon = 0.08;
constexpr Card kChart{{-0.50, 0.215}, kColourCheckerWidth, 0.15};
constexpr Colour kHaze{0.46, 0.56, 0.68};

/// Cumulus clouds: noise in a plane above us, thicker parts darker below; light comes from the upper left.
Colour sky(Point at) {
  const double height = exact::clamp((kHorizon - at.y) * 1.7, 0, 1);
  const Colour blue = mix({0.50, 0.62, 0.74}, {0.075, 0.19, 0.46}, std::sqrt(height));
  const double away = 1 / (0.18 + kHorizon - at.y);
  const Point p{at.x * away * 0.75 + 3.1, away * 1.9 + 0.35};
  const double density = fractal_noise(p, 5) + 0.24 * fractal_noise(p * 0.37 + Point{7, 2}, 1);
  const double cover = smooth_step(0.03, 0.19, density) * smooth_step(0.02, 0.12, height);
  if (cover == 0) return blue;
  const double towards_sun = fractal_noise(p + Point{-0.16, 0.22}, 3) + 0.24 * fractal_noise(p * 0.37 + Point{7, 2}, 1);
  const double shade = exact::clamp(0.62 + 1.7 * (density - towards_sun) - 0.5 * (density - 0.1), 0, 1);
  return mix(blue, mix({0.40, 0.45, 0.54}, {1.02, 1.0, 0.97}, shade), cover);
}

/// Height of a ridge, in the picture's unit, above `base`.
double ridge(double x, double base, double height, double width, double seed) {
  return base - height * (0.5 + fractal_noise({x / width + seed, seed}, 4));
}

/// Wooded slopes: crowns are bumps of noise that catch the light on their left.
Colour woods(Point at, double scale, Colour light, Colour dark) {
  const Point p = at * scale;
  const double bump = value_noise(p) + 0.5 * value_noise(p * 2.3), left = value_noise(p - Point{0.35, 0.25});
  return mix(dark, light, exact::clamp(0.45 + 0.9 * (bump - 0.75) + 0.5 * (value_noise(p) - left), 0, 1));
}

std::optional<Colour> hills(Point at) {
  if (at.y < -0.16) return std::nullopt;
  if (at.y > ridge(at.x, kHorizon + 0.012, 0.035, 0.5, 41)) {  // meadows and hedges behind ours
    const double field = value_noise({at.x * 5, (at.y - kHorizon) * 70 + at.x * 3});
    const Colour green = mix({0.15, 0.21, 0.05}, {0.30, 0.29, 0.09}, smooth_step(0.35, 0.65, field));
    const double hedge = smooth_step(0.55, 0.7, value_noise({at.x * 9, at.y * 160}));
    return mix(mix(green, {0.035, 0.06, 0.02}, hedge), kHaze, 0.12);
  }
  if (at.y > ridge(at.x, kHorizon - 0.005, 0.075, 0.45, 23))
    return mix(woods(at, 95, {0.13, 0.17, 0.045}, {0.022, 0.042, 0.016}), kHaze, 0.20);
  if (at.y > ridge(at.x, kHorizon - 0.02, 0.15, 0.7, 11))
    return mix(woods(at, 120, {0.10, 0.14, 0.06}, {0.03, 0.05, 0.03}), kHaze, 0.52);
  if (at.y > ridge(at.x, kHorizon - 0.05, 0.23, 0.6, 5)) {
    const double slope = fractal_noise({at.x * 14 + at.y * 9, at.y * 20}, 3);
    return mix(Colour{0.12, 0.14, 0.14} * (1 + 1.5 * slope), kHaze, 0.72);
  }
  return std::nullopt;
}

/// The flower of a kind that stands in a cell of the meadow, if one is at this place; `p` in cells.
std::optional<Colour> flower(Point p, int kind) {
  const int column = static_cast<int>(exact::floor(p.x)), row = static_cast<int>(exact::floor(p.y));
  const auto random = [&](int what) { return cell_noise(column * 7 + what, row * 13 + 101 * kind); };
  if (random(0) > 0.30 * (0.25 + 1.5 * value_noise({column * 0.11 + 5.0 * kind, row * 0.11}))) return std::nullopt;
  const Point d{p.x - column - 0.3 - 0.4 * random(1), (p.y - row - 0.35 - 0.3 * random(2)) * 1.5};
  const double r2 = dot(d, d) * (26 + 26 * random(3));
  if (r2 > 1) return std::nullopt;
  const double shade = 0.75 + 0.35 * random(4) - 0.5 * d.x - 0.9 * d.y;
  switch (kind) {
    case 0: return (r2 < 0.12 ? Colour{0.05, 0.03, 0.03} : Colour{0.62, 0.035, 0.02}) * shade;    // poppy
    case 1: return (r2 < 0.22 ? Colour{0.75, 0.50, 0.03} : Colour{0.80, 0.80, 0.77}) * shade;     // daisy
    default: return (r2 < 0.15 ? Colour{0.16, 0.10, 0.30} : Colour{0.12, 0.16, 0.62}) * shade;    // cornflower
  }
}

Colour meadow(Point at) {
  const double away = 1 / (0.035 + at.y - kHorizon);
  const Point p{at.x * away, away};
  for (int kind = 0; kind < 3; ++kind)
    if (const auto c = flower({p.x * (2.1 + kind) + 31 * kind, p.y * (5.1 + kind)}, kind)) return *c;
  // Blades stand upright in the picture, finer and denser far away.
  const double far = smooth_step(4, 22, away);
  const double lean = 0.35 * value_noise({p.x * 3, p.y * 6});
  const double blades = value_noise({(at.x + lean * at.y) * (110 + 12 * away), p.y * 11});
  const double patches = fractal_noise({p.x * 0.9, p.y * 1.6}, 3);
  const Colour near = mix({0.035, 0.075, 0.014}, {0.24, 0.30, 0.06}, exact::clamp(blades + 0.8 * patches, 0, 1));
  const Colour mown = mix({0.12, 0.18, 0.04}, {0.27, 0.28, 0.08}, exact::clamp(0.5 + 1.2 * patches, 0, 1));
  return mix(near, mown, 0.75 * far);
}

struct Bough {
  Point centre;
  double radius;
};
constexpr Point kRoot{0.47, 0.25};
constexpr std::array<Bough, 9> kBoughs{{{{0.38, -0.05}, 0.10},
                                        {{0.50, -0.12}, 0.12},
                                        {{0.60, -0.03}, 0.10},
                                        {{0.44, -0.23}, 0.11},
                                        {{0.57, -0.24}, 0.10},
                                        {{0.33, -0.15}, 0.08},
                                        {{0.51, -0.33}, 0.085},
                                        {{0.66, -0.14}, 0.08},
                                        {{0.47, 0.00}, 0.08}}};

std::optional<Colour> trunk(Point at) {
  const double up = (kRoot.y - at.y) / 0.3;
  if (up < 0 || up > 1.4 || at.x < 0.40 || at.x > 0.62) return std::nullopt;
  const double root = exact::max(0, 1 - up * 6), width = 0.017 - 0.007 * up + 0.016 * root * root;
  const double middle = kRoot.x + 0.012 * sine(0.3 * up) + 0.018 * up * up;
  const double across = (at.x - middle) / width;
  if (exact::abs(across) > 1) return std::nullopt;
  const double bark = fractal_noise({at.x * 160 + 3 * sine(up), at.y * 28}, 3);
  return Colour{0.13, 0.098, 0.068} * (0.75 - 0.5 * across + 1.3 * bark);
}

/// The tree's shadow on the grass, to its right.
double shade_of_tree(Point at) {
  const Point d{(at.x - 0.60) / 0.25, (at.y - 0.262) / 0.026};
  const double leaves = 0.35 * fractal_noise({at.x * 40, at.y * 160}, 2);
  return 1 - 0.68 * smooth_step(1.15, 0.7, length(d) + leaves);
}

}  // namespace

Landscape::Landscape() : crown_({{0.2, -0.5}, {0.8, 0.14}}, 0.01) {
  // From the front of each bough to its back: what is seen first hides the rest.
  constexpr int kLeaves = 16000;
  for (int i = 0; i < kLeaves; ++i) {
    const auto random = [i](int what) { return cell_noise(i, 900 + what); };
    const Bough& bough = kBoughs[static_cast<std::size_t>(random(0) * kBoughs.size())];
    const double front = 1 - 1.4 * i / kLeaves;  // 1 towards us
    const double turns = random(1), reach = std::sqrt(exact::max(0, 1 - front * front * 0.7) * random(2)) * 1.08;
    const Point d{reach * sine(turns), reach * sine(turns + 0.25)};
    const double lit = exact::clamp(0.42 - 0.40 * d.x - 0.48 * d.y + 0.22 * front, 0.06, 1) * (0.6 + 0.8 * random(3));
    const Colour green = mix({0.10, 0.15, 0.025}, {0.30, 0.33, 0.06}, random(4));
    const double lean = random(5), size = 0.0042 + 0.0035 * random(6);
    crown_.add({.centre = bough.centre + d * bough.radius,
                .axis = {sine(lean), sine(lean + 0.25)},
                .longer = size,
                .shorter = 0.55 * size,
                .paint = green * lit});
  }
}

Colour Landscape::view(Point at) const {
  if (at.y > -0.5 && at.y < kRoot.y) {
    if (const Leaf* leaf = crown_.at(at)) return leaf->paint;
    if (const auto bark = trunk(at)) return *bark;
  }
  if (at.y > kHorizon + 0.03 + 0.006 * sine(at.x * 0.8)) return meadow(at) * shade_of_tree(at);
  if (const auto c = hills(at)) return *c;
  return sky(at);
}

std::span<const Spectrum> Landscape::materials() const { return colour_checker_reflectances(); }

Colour Landscape::light(Point at, double, const Palette& palette) const {
  if (const auto place = kChart.place(at)) {
    const auto patch = colour_checker_patch_at(*place);
    return patch ? palette.material(0, *patch) : palette.white(0) * kColourCheckerBlack;
  }
  const Point foot{kChart.box().centre().x, kChart.box().to.y};
  if (exact::abs(at.x - foot.x) < 0.006 && at.y > foot.y && at.y < foot.y + 0.07)
    return palette.surface(0, Colour{0.20, 0.14, 0.09} * (0.8 - 90 * (at.x - foot.x)));
  return palette.surface(0, view(at));
}

std::vector<Target> Landscape::targets() const { return {colour_checker_target(kChart)}; }

}  // namespace sunny16::sim
