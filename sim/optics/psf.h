// The point spread of a lens: diffraction, aberration and defocus.
#pragma once

#include <vector>

namespace sunny16::sim {

/// A point spread that is the same all around, as the product of three transfer functions: that of a circular pupil in
/// light of one wavelength (J. Goodman, Introduction to Fourier Optics, 6.3), a Gaussian, and a uniform disc.
struct PointSpread {
  double wavelength_um = 0.55, f_number = 1.8;
  double aberration_um = 0;  ///< standard deviation of the Gaussian
  double defocus_um = 0;     ///< diameter of the disc

  /// Modulation transfer at a frequency in cycles per um.
  double transfer(double cycles_per_um) const;
  /// Radius within which nearly all light falls but for the skirt that diffraction makes (see halo.h), um.
  double radius_um() const;
  /// A standard deviation of about the same width, um.
  double width_um() const;
};

/// Density of the point spread at distances `step_um` apart from its centre, to just beyond `radius_um`: parts of the
/// light on a um^2.
std::vector<double> radial_profile(const PointSpread& spread, double step_um, double radius_um);

}  // namespace sunny16::sim
