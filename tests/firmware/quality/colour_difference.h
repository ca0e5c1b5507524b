// CIE L*a*b* and CIEDE2000, to judge developed colours by.
#pragma once

namespace sunny16::firmware::test {

struct Lab {
  double l = 0, a = 0, b = 0;
};

/// L*a*b* under D50 of linear sRGB, whose white is D65: adapted by Bradford, as ICC profiles are.
Lab lab_of_srgb(double red, double green, double blue);

/// CIEDE2000 with all factors 1 (G. Sharma, W. Wu, E. Dalal, Color Research and Application 30(1), 2005).
double delta_e00(const Lab& x, const Lab& y);

}  // namespace sunny16::firmware::test
