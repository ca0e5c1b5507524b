// CIE L*a*b* and CIEDE2000, to judge developed colours by.
#pragma once

#include "isp/core/describe.h"
#include "sim/light/lab.h"

namespace sunny16::sim {

/// The light of an sRGB code (IEC 61966-2-1), both 0..1.
double linear_of_srgb(double code);

/// L*a*b* under D50 of linear sRGB, whose white is D65: adapted by Bradford, as ICC profiles are.
Lab lab_of_srgb(double red, double green, double blue);

/// C*ab.
double chroma(const Lab& colour);

/// CIEDE2000 with all factors 1 (G. Sharma, W. Wu, E. Dalal, Color Research and Application 30(1), 2005).
double delta_e00(const Lab& x, const Lab& y);

/// CIEDE2000 without its lightness term: what is left of a difference when the exposures agree.
double delta_c00(const Lab& x, const Lab& y);

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::Lab> {
  static constexpr auto fields =
      std::tuple{field<&sim::Lab::l>("l", 0, 100, "", "CIE L*."), field<&sim::Lab::a>("a", -128, 128, "", "CIE a*."),
                 field<&sim::Lab::b>("b", -128, 128, "", "CIE b*.")};
};

}  // namespace sunny16::isp
