// Pictures with a ColorChecker somewhere, and where that is.
#pragma once

#include <array>
#include <cmath>
#include <numbers>
#include <span>

#include "sim/light/colour_checker.h"
#include "sim/light/illuminant.h"
#include "sim/light/lab.h"
#include "sim/metrics/plane.h"
#include "sim/metrics/position.h"
#include "sim/optics/image_formation.h"
#include "sim/scene/charts.h"
#include "sim/scene/pattern.h"

namespace sunny16::sim::test {

using Rgb = std::array<isp::Image<float>, 3>;
inline std::array<Plane, 3> view(const Rgb& rgb) { return {rgb[0].view(), rgb[1].view(), rgb[2].view()}; }

/// How a pinhole camera sees a card that it looks straight at, but for the angles.
struct Pose {
  double height = 0.5;  ///< of the card, in picture heights, if it is not tilted
  double turned = 0;    ///< degrees, clockwise in the picture
  double tilted = 0;    ///< degrees, about the picture's vertical axis after the turn
  bool mirrored = false;
  Point centre = {};
};

/// The chart before a mottled wall, at a distance of 1.5 picture heights.
class ChartOnWall final : public Scene {
 public:
  explicit ChartOnWall(const Pose& pose) : pose_(pose) {}

  std::span<const Spectrum> materials() const override { return colour_checker_reflectances(); }

  Colour light(Point at, double, const Palette& palette) const override {
    const Point p = on_card(at);
    if (p.x < 0 || p.x >= kWidth || p.y < 0 || p.y >= 1)
      return palette.surface(0, Colour{0.34, 0.30, 0.25} * (1 + 0.4 * fractal_noise(at * 10)));
    const auto patch = colour_checker_patch_at(p);
    return patch ? palette.material(0, *patch) : palette.white(0) * kColourCheckerBlack;
  }

  /// Where in a picture of this size a patch's centre is, in pixels.
  Position patch(int index, int width, int height) const {
    const Point p = colour_checker_patch(index) - Point{kWidth / 2, 0.5};
    const double x = (pose_.mirrored ? -p.x : p.x) * pose_.height, y = p.y * pose_.height;
    const double c = std::cos(turn()), s = std::sin(turn());
    const double flat = c * x - s * y, nearness = kDistance / (kDistance + std::sin(tilt()) * flat);
    const Point seen{std::cos(tilt()) * flat * nearness + pose_.centre.x, (s * x + c * y) * nearness + pose_.centre.y};
    return {seen.x * height + width / 2.0 - 0.5, (seen.y + 0.5) * height - 0.5};
  }

 private:
  static constexpr double kWidth = kColourCheckerWidth, kDistance = 1.5;

  double turn() const { return pose_.turned * std::numbers::pi / 180; }
  double tilt() const { return pose_.tilted * std::numbers::pi / 180; }

  /// The inverse: from a place in the picture to the card.
  Point on_card(Point at) const {
    const Point p = at - pose_.centre;
    const double flat = p.x * kDistance / (std::cos(tilt()) * kDistance - std::sin(tilt()) * p.x);
    const double v = p.y * (kDistance + std::sin(tilt()) * flat) / kDistance;
    const double c = std::cos(turn()), s = std::sin(turn());
    const Point card = Point{c * flat + s * v, c * v - s * flat} * (1 / pose_.height);
    return Point{pose_.mirrored ? -card.x : card.x, card.y} + Point{kWidth / 2, 0.5};
  }

  Pose pose_;
};

/// A function from pixel x, y to a Colour, as a picture.
template <class F>
Rgb picture(int width, int height, F&& colour) {
  Rgb rgb{isp::Image<float>(width, height), isp::Image<float>(width, height), isp::Image<float>(width, height)};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const Colour c = colour(x, y);
      rgb[0].row(y)[x] = static_cast<float>(c.r);
      rgb[1].row(y)[x] = static_cast<float>(c.g);
      rgb[2].row(y)[x] = static_cast<float>(c.b);
    }
  return rgb;
}

/// Linear sRGB of a scene through a lens whose point spread is a Gaussian of `blur` pixels.
inline Rgb photograph(const Scene& scene, int width, int height, double blur = 0.45) {
  constexpr double kPixelUm = 2;
  const SampleGrid grid{
      .columns = width, .rows = height, .period = 1, .filter = ColourFilter::monochrome, .site_um = kPixelUm};
  LensModel model;
  model.aberration_centre_um = model.aberration_corner_um = blur * kPixelUm;
  model.vignetting_percent = model.veiling_glare_percent = 0, model.focal_length_mm = 100;
  const Lens lens(model, 0.5 * kPixelUm * std::hypot(width, height), grid.height_um(), 1, 1, {550, 550, 550});
  const std::array<Lamp, 1> lamps{{{.name = "D65", .spectrum = parse_illuminant("D65").spectrum}}};
  const isp::Matrix3 to_srgb = xyz_to_srgb();
  Rgb rgb;
  for (std::size_t c = 0; c < 3; ++c) {
    // A grey sensor sees one colour at a time: its sensitivity is that of linear sRGB.
    Spectrum sensitivity;
    for (std::size_t k = 0; k < 3; ++k) sensitivity = sensitivity + kCie1931[k] * to_srgb[3 * c + k];
    const Palette palette(lamps, scene.materials(), {sensitivity, sensitivity, sensitivity});
    rgb[c] = form_image(scene, lamps, palette, lens, grid, {}, 2);
    const auto scale = static_cast<float>(1 / palette.white(0).g);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) rgb[c].row(y)[x] *= scale;
  }
  return rgb;
}

/// The chart's colours as published, in linear sRGB.
inline const std::array<Colour, 24>& chart_colours() {
  static const std::array<Colour, 24> colours = [] {
    std::array<Colour, 24> rgb;
    constexpr Tristimulus kD50{0.9642, 1, 0.8249};
    for (std::size_t i = 0; i < 24; ++i) {
      const Tristimulus c = xyz_to_srgb(kD50) * xyz_of_lab(kColourCheckerPatches[i].lab, kD50);
      rgb[i] = {c.X, c.Y, c.Z};
    }
    return rgb;
  }();
  return colours;
}

}  // namespace sunny16::sim::test
