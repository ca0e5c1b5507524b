// How sharp a response looks: weighted by the eye's contrast sensitivity under stated viewing conditions.
#pragma once

#include <vector>

namespace sunny16::sim {

/// A picture shown pixel by pixel. The default is the CPIQ's monitor at 100 %: 100 pixels an inch, seen from 86 cm.
struct ViewingConditions {
  double pixel_pitch_mm = 0.254;
  double distance_mm = 860;
  /// Pixels within a degree of the field of view's middle.
  double pixels_per_degree() const;
};

/// The eye's sensitivity to luminance at a frequency in cycles per degree, 1 at its best (IEEE 1858, after D. Baxter,
/// F. Cao, H. Eliasson, J. Phillips, "Development of the I3A CPIQ spatial metrics", Proc. SPIE 8293, 2012).
double contrast_sensitivity(double cycles_per_degree);

/// The mean of a response weighted by contrast sensitivity, over all frequencies that the eye sees: 1 is perfect. A
/// picture has nothing above its Nyquist frequency of 0.5 cy/px; the display's own response is not taken into account.
double acutance(const std::vector<double>& frequency_cy_px, const std::vector<double>& mtf,
                const ViewingConditions& viewing);

}  // namespace sunny16::sim
