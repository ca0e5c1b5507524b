// Noise as an eye sees it: ISO 15739:2013, annex B.
//
// The patch, in CIE XYZ adapted to illuminant E, becomes opponent colours A = Y, C1 = X - Y, C2 = 0.4 (Y - Z). Each is
// weighted in the frequency domain by the eye's contrast sensitivity, the mean kept; in L*u*v* (D65) the deviations
// then sum up to sigma_L + 0.852 sigma_u + 0.323 sigma_v.
//
// Contrast sensitivities, f in cycles per degree, are those of G. Johnson, M. Fairchild, "On contrast sensitivity in an
// image difference model", IS&T PICS 2002: luminance 75 f^0.8 exp(-0.2 f) / 34.05, which is 3 at its highest; colour is
// low-pass and 1 at f = 0. The editions of 2017 and 2023 differ: figures compare with those of the same edition only.
#pragma once

#include "isp/core/describe.h"
#include "sim/metrics/colour.h"

namespace sunny16::sim {

/// How a picture is looked at. The default is one pixel a pixel on a display of 96 pixels an inch, from 60 cm.
struct Viewing {
  double distance_mm = 600;
  double pixel_pitch_mm = 25.4 / 96;

  double pixels_per_degree() const;
};

/// Weights of the amplitudes of A, C1, C2 at a frequency in cycles per degree; that of A is 0 at 0.
std::array<double, 3> visual_noise_weights(double cycles_per_degree);

struct VisualNoise {
  double visual_noise = 0;
  double sigma_l = 0, sigma_u = 0, sigma_v = 0;
  double l_mean = 0;
};

/// An even region of 16 to 256 pixels a side of a picture that is ready to be displayed. Throws MetricError.
VisualNoise measure_visual_noise(const RgbPlanes& picture, isp::Rect region, Transfer transfer = Transfer::srgb,
                                 const Viewing& viewing = {});

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::VisualNoise> {
  using T = sim::VisualNoise;
  static constexpr auto fields =
      std::tuple{field<&T::visual_noise>("visual_noise", 0, 1000, "", "Weighted sum of the three deviations."),
                 field<&T::sigma_l>("sigma_l", 0, 1000, "", "Deviation of L* after filtering."),
                 field<&T::sigma_u>("sigma_u", 0, 1000, "", "Deviation of u* after filtering."),
                 field<&T::sigma_v>("sigma_v", 0, 1000, "", "Deviation of v* after filtering."),
                 field<&T::l_mean>("l_mean", 0, 100, "", "Mean L*.")};
};

}  // namespace sunny16::isp
