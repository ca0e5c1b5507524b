// What is printed on test charts, as a function of the place on the card. The unit is the card's height.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "sim/scene/scene.h"
#include "sim/scene/shapes.h"

namespace sunny16::sim {

/// The ColorChecker Classic: 6 x 4 patches on black, 1.475 wide. The patches are materials, in the order of
/// colour_checker_reflectances().
inline constexpr double kColourCheckerWidth = 1.475, kColourCheckerPatch = 0.2, kColourCheckerBlack = 0.02;
/// The patch at a place; nothing between them.
std::optional<std::size_t> colour_checker_patch_at(Point at);
/// Where patch `index` has its centre.
Point colour_checker_patch(int index);
/// The chart on a card of the picture, as a target.
Target colour_checker_target(const Card& card);

/// Reflectances of a card's paper and of the darkest ink on it.
inline constexpr double kPaper = 0.82, kInk = 0.045;

/// The reflectance of a print that is ink by this part, 0..1.
constexpr double printed(double ink) { return kPaper + (kInk - kPaper) * ink; }

/// 16 steps, each 2^(-1/3) as bright as the one to its left.
inline constexpr int kRampSteps = 16;
double grey_step(int step);
/// The steps over a continuous ramp of the same range; `width` wide.
double grey_ramp(Point at, double width);

/// sin(cycles angle) of a direction, whose length is 1; the angle grows from x towards y.
double spokes(Point direction, int cycles);

/// Siemens star with sinusoidal spokes, ISO 12233's s-SFR, from its centre; grey in the middle, where no sensor tells
/// its spokes apart.
double siemens_star(Point from_centre, double radius, int cycles);

/// A square turned clockwise, ISO 12233's slanted edge: whether a place from its centre lies on it.
bool on_turned_square(Point from_centre, double reach, double sine, double cosine);

/// A target for each side of such a square, about its middle, of the picture's own axes. `contrast` is light over dark.
std::vector<Target> edge_targets(const std::string& name, Point centre, double reach, double sine, double cosine,
                                 double contrast);

}  // namespace sunny16::sim
