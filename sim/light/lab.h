// The forms in which colours are published: CIE L*a*b*, linear sRGB, and adaptation from one white to another.
#pragma once

#include "firmware/control/colour.h"
#include "isp/core/conditions.h"
#include "sim/light/cie_1931.h"

namespace sunny16::sim {

/// CIE 1976: L* is 0 for black and 100 for the white that is its reference.
struct Lab {
  double l = 0, a = 0, b = 0;
};

/// For any white with positive X, Y, Z. The two are each other's inverse.
Lab lab_of_xyz(const Tristimulus& colour, const Tristimulus& white);
Tristimulus xyz_of_lab(const Lab& colour, const Tristimulus& white);

Tristimulus operator*(const isp::Matrix3& m, const Tristimulus& colour);

/// What takes a colour seen under one white to the one that looks the same under another, and the one white exactly to
/// the other; linear von Kries scaling of sharpened cone responses, as ICC profiles do it (ICC.1:2022, Annex E).
isp::Matrix3 bradford(const Tristimulus& from, const Tristimulus& to);
/// The same with the cones of CIECAM02 (CIE 159:2004), fully adapted.
isp::Matrix3 cat02(const Tristimulus& from, const Tristimulus& to);

/// The white of IEC 61966-2-1.
inline constexpr Tristimulus kSrgbWhite{0.3127 / 0.3290, 1, (1 - 0.3127 - 0.3290) / 0.3290};

/// Linear sRGB (IEC 61966-2-1) of a colour for an eye adapted to `white` (Bradford), which itself is 1, 1, 1; and back.
isp::Matrix3 xyz_to_srgb(const Tristimulus& white = kSrgbWhite);
isp::Matrix3 srgb_to_xyz(const Tristimulus& white = kSrgbWhite);

}  // namespace sunny16::sim
