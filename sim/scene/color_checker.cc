#include "sim/scene/color_checker.h"

#include "sim/light/colour_checker.h"
#include "sim/scene/charts.h"

namespace sunny16::sim {
namespace {

constexpr double kHeight = 0.78;
constexpr Card kCard{{-kColourCheckerWidth * kHeight / 2, -kHeight / 2}, kColourCheckerWidth, kHeight};

}  // namespace

std::span<const Spectrum> ColorCheckerScene::materials() const { return colour_checker_reflectances(); }

Colour ColorCheckerScene::light(Point at, double, const Palette& palette) const {
  const auto place = kCard.place(at);
  if (!place) return palette.white(0) * kBackground;
  const auto patch = colour_checker_patch_at(*place);
  return patch ? palette.material(0, *patch) : palette.white(0) * kColourCheckerBlack;
}

std::vector<Target> ColorCheckerScene::targets() const { return {colour_checker_target(kCard)}; }

}  // namespace sunny16::sim
