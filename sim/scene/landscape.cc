#include "sim/scene/landscape.h"

#include "sim/light/colour_checker.h"
#include "sim/scene/charts.h"
#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

constexpr double kHorizon = 0.08;
constexpr Card kChart{{-0.50, 0.215}, kColourCheckerWidth, 0.15};
constexpr Colour kHaze{0.46, 0.56, 0.68};

/// Cumulus clouds: where noise is high; what lies towards the sun, at the upper left, shades the rest.
Colour sky(Point at) {
  const double height = exact::clamp((kHorizon - at.y) * 1.7, 0, 1);
  const Colour blue = mix({0.47, 0.60, 0.74}, {0.07, 0.18, 0.45}, std::sqrt(height));
  const Point p{at.x * (3.6 - 2.0 * height) + 2.2, 3.4 * height * (1 - 0.35 * height) + 11.8};
  const double far = 0.30 * (value_noise(p * 0.45) - 0.5);
  const double density = fractal_noise(p, 5) + far;
  const double cover = smooth_step(0.02, 0.13, density) * smooth_step(0.01, 0.1, height);
  if (cover == 0) return blue;
  const double towards_sun = fractal_noise(p + Point{-0.22, 0.20}, 3) + far;
  const double shade = exact::clamp(0.60 + 2.2 * (density - towards_sun) - 0.9 * (density - 0.12), 0, 1);
  return mix(blue, mix({0.42, 0.47, 0.56}, {1.02, 1.0, 0.96}, shade), cover);
}

/// Height of a ridge, in the picture's unit, above `base`.
double ridge(double x, double base, double height, double width, double seed) {
  return base - height * (0.5 + fractal_noise({x / width + seed, seed}, 4));
}
double near_ridge(double x) { return ridge(x, kHorizon + 0.010, 0.085, 0.45, 23); }
double far_ridge(double x) { return ridge(x, kHorizon - 0.03, 0.15, 0.7, 11); }
double valley(double x) { return ridge(x, kHorizon + 0.018, 0.03, 0.5, 41); }

/// Meadows and hedges behind ours.
Colour fields(Point at) {
  const double field = value_noise({at.x * 5, (at.y - kHorizon) * 70 + at.x * 3});
  const Colour green = mix({0.13, 0.19, 0.045}, {0.33, 0.30, 0.09}, smooth_step(0.35, 0.65, field));
  const double hedge = smooth_step(0.58, 0.64, value_noise({at.x * 9, at.y * 160}) + 0.3 * fractal_noise(at * 90, 2));
  return mix(mix(green, {0.03, 0.055, 0.018}, hedge), kHaze, 0.10);
}

Colour mountains(Point at) {
  const double slope = fractal_noise({at.x * 11 + at.y * 9, at.y * 17}, 4);
  return mix(Colour{0.13, 0.15, 0.15} * (1 + 1.8 * slope), kHaze, 0.70);
}

/// A tree of far woods, a lit ball.
Colour far_tree(const Leaf& tree, Point on_tree, double haze) {
  return mix(tree.paint * (0.72 - 0.34 * on_tree.x - 0.42 * on_tree.y), kHaze, haze);
}

/// Where no blade hides the ground.
Colour turf(Point at) {
  const double patches = fractal_noise({at.x * 14, at.y * 60}, 3);
  return mix({0.10, 0.155, 0.035}, {0.26, 0.27, 0.075}, exact::clamp(0.5 + 1.2 * patches, 0, 1));
}

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

Landscape::Landscape()
    : crown_(crown({{0.2, -0.5}, {0.8, 0.14}}, kBoughs, 16000, 0.007, 9)),
      grass_(grass({{-1, kHorizon + 0.02}, {1, 0.51}}, kHorizon, 3)),
      near_woods_(
          woods({{-1, -0.1}, {1, kHorizon + 0.012}}, near_ridge, 0.013, {0.15, 0.19, 0.045}, {0.03, 0.06, 0.02}, 5)),
      far_woods_(woods({{-1, -0.2}, {1, kHorizon}}, far_ridge, 0.009, {0.12, 0.15, 0.05}, {0.03, 0.055, 0.03}, 6)) {}

Colour Landscape::view(Point at) const {
  Point on_leaf;
  if (at.y < kRoot.y) {
    if (const Leaf* leaf = crown_.at(at, on_leaf)) return leaf->paint;
    if (const auto bark = trunk(at)) return *bark;
  }
  if (at.y > kHorizon + 0.02)
    if (const Leaf* leaf = grass_.at(at, on_leaf)) return leaf->paint * ((0.78 + 0.28 * on_leaf.x) * shade_of_tree(at));
  if (at.y > kHorizon + 0.03 + 0.006 * sine(at.x * 0.8)) return turf(at) * shade_of_tree(at);
  if (at.y < -0.2) return sky(at);
  if (at.y > valley(at.x)) return fields(at);
  if (const Leaf* tree = near_woods_.at(at, on_leaf)) return far_tree(*tree, on_leaf, 0.13);
  if (const Leaf* tree = far_woods_.at(at, on_leaf)) return far_tree(*tree, on_leaf, 0.45);
  return at.y > ridge(at.x, kHorizon - 0.05, 0.23, 0.6, 5) ? mountains(at) : sky(at);
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
