// The noise of a raw frame as a line of variance over mean, from patches of one picture.
#pragma once

#include <span>

#include "isp/core/conditions.h"
#include "isp/core/describe.h"
#include "sim/metrics/moments.h"

namespace sunny16::sim {

/// DN above black, and DN squared.
struct NoiseProfileFit {
  double shot_dn = 0;        ///< variance a DN of signal: the system gain K where fixed patterns are small
  double read_noise_dn = 0;  ///< at black, with quantisation
  double fit_error_percent = 0;

  /// Of the range from black to white, as DNG and the stages have it.
  isp::NoiseProfile relative_to(double range_dn) const;
};

/// Fits variance = shot * mean + read^2 to patches (mean above black); each patch's weight is its variance's precision.
/// A single frame's variance holds PRNU and gradients too, so patches should be even and not bright. Throws MetricError
/// for fewer than 3 patches with noise, or where the variance does not grow with the mean.
NoiseProfileFit fit_noise_profile(std::span<const Moments> patches);

/// Raspberry Pi's rpi.noise reference_slope. libcamera models the deviation at analogue gain g as
/// sqrt(g) * (constant + slope * sqrt(v)), v and deviation on a scale of 16 bits above black. `shot_dn` on a scale of
/// so many bits at gain g is therefore a slope of sqrt(shot_dn * 2^(16 - bits) / g).
double raspberry_pi_reference_slope(double shot_dn, int bits, double analogue_gain);

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::NoiseProfileFit> {
  using T = sim::NoiseProfileFit;
  static constexpr auto fields = std::tuple{
      field<&T::shot_dn>("shot_dn", 0, 65535, "DN", "Variance for each DN of signal."),
      field<&T::read_noise_dn>("read_noise_dn", 0, 65535, "DN", "Standard deviation at black, with quantisation."),
      field<&T::fit_error_percent>("fit_error_percent", 0, 1000, "%", "RMS deviation of the variances from the line.")};
};

}  // namespace sunny16::isp
