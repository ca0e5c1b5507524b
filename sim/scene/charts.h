// Test charts: what is printed on a card, as a function of the place on it. The unit is the card's height.
#pragma once

#include <array>

#include "sim/scene/scene.h"

namespace sunny16::sim {

/// The 24 patches of the ColorChecker Classic as made since November 2014, row by row: X-Rite's published CIE L*a*b*
/// values (D50, 2 degrees) in linear sRGB, adapted to D65 (Bradford). Cyan lies outside sRGB.
inline constexpr std::array<Colour, 24> kColourChecker{{
    {0.173552, 0.078740, 0.053261}, {0.559462, 0.277344, 0.211948}, {0.105091, 0.189552, 0.326939},
    {0.105064, 0.150213, 0.052210}, {0.228860, 0.213500, 0.423468}, {0.114492, 0.506633, 0.412294},
    {0.744991, 0.201721, 0.032517}, {0.060618, 0.102593, 0.383731}, {0.560558, 0.080721, 0.114323},
    {0.109831, 0.042541, 0.136827}, {0.329676, 0.494956, 0.048865}, {0.768979, 0.356555, 0.025343},
    {0.022508, 0.048705, 0.280817}, {0.044436, 0.290683, 0.064583}, {0.446369, 0.036763, 0.040679},
    {0.838030, 0.571753, 0.012731}, {0.523925, 0.079249, 0.286564}, {-0.043085, 0.234158, 0.375062},
    {0.879191, 0.884767, 0.834953}, {0.584440, 0.592124, 0.584582}, {0.357678, 0.367060, 0.365287},
    {0.190087, 0.190860, 0.189828}, {0.085935, 0.088738, 0.089788}, {0.031360, 0.031500, 0.032311},
}};

/// 6 x 4 patches on black; 1.475 wide.
Colour colour_checker(Point at);
/// Where patch `index` has its centre.
Point colour_checker_patch(int index);

/// 16 steps, each 2^(-1/3) as bright as the one to its left, over a continuous ramp of the same range; `width` wide.
Colour grey_ramp(Point at, double width);

/// Siemens star, zone plate, and two dark squares turned by 5 degrees (ISO 12233's slanted edge), on a light card; 1.1
/// wide.
Colour resolution_chart(Point at);

}  // namespace sunny16::sim
