// The opto-electronic conversion function of a camera: which code value stands for which luminance (ISO 14524:2009).
#pragma once

#include <span>
#include <vector>

#include "isp/core/describe.h"
#include "sim/metrics/plane.h"

namespace sunny16::sim {

/// A step of a grey scale. Luminance in any unit: cd/m2, or reflectance.
struct GreyStep {
  isp::Rect region;
  double luminance = 0;
};

/// The luminance of a density, as part of that of density 0.
double luminance_of_density(double density);

struct OecfOptions {
  double saturation = 1;          ///< the level at which samples clip
  double clipped_share = 0.98;    ///< levels above this part of saturation are clipped, and not fitted
  double least_step = 1.0 / 255;  ///< levels further apart than this are told apart
};

struct OecfPoint {
  double luminance = 0;
  double level = 0;
  double deviation = 0;
  double incremental_gain = 0;
  bool clipped = false;
};

struct Oecf {
  double black_level = 0;
  double white_level = 0;
  double scale = 0;
  double gamma = 0;
  double fit_error_rms = 0;
  double rendered_range_ev = 0;
  std::vector<OecfPoint> points;

  /// The luminance at which levels reach `level`, along the curve and beyond its last step that does not clip.
  double luminance_at(double level) const;
};

/// At least 4 steps of different luminance that do not clip, in any order. level = black + scale * luminance^gamma is
/// fitted to them by least squares. Throws MetricError, also where levels do not rise with luminance.
Oecf measure_oecf(const Plane& plane, std::span<const GreyStep> steps, const OecfOptions& options = {});
/// The same, of levels and deviations that were measured before.
Oecf fit_oecf(std::vector<OecfPoint> points, const OecfOptions& options = {});

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::OecfPoint> {
  using T = sim::OecfPoint;
  static constexpr auto fields = std::tuple{
      field<&T::luminance>("luminance", 0, 1e9, "", "Luminance, in the unit of the scale."),
      field<&T::level>("level", -16, 65535, "", "Mean level."),
      field<&T::deviation>("deviation", 0, 65535, "", "Standard deviation of the samples."),
      field<&T::incremental_gain>("incremental_gain", -1e9, 1e9, "", "Change of level with luminance; 0 if clipped."),
      field<&T::clipped>("clipped", 0, 1, "", "The level is at saturation.")};
};

template <>
struct Describe<sim::Oecf> {
  using T = sim::Oecf;
  static constexpr auto fields = std::tuple{
      field<&T::black_level>("black_level", -16, 65535, "", "Level of no light, fitted."),
      field<&T::white_level>("white_level", -16, 65535, "", "Highest level of any step."),
      field<&T::scale>("scale", 0, 1e9, "", "Level above black at luminance 1, fitted."),
      field<&T::gamma>("gamma", 0, 4, "", "Exponent of luminance, fitted; 1 is linear."),
      field<&T::fit_error_rms>("fit_error_rms", 0, 65535, "", "RMS of levels less the fitted curve."),
      field<&T::rendered_range_ev>("rendered_range_ev", 0, 32, "EV",
                                   "From the darkest to the brightest step whose level differs from its neighbours'."),
      field<&T::points>("points", 0, 0, "", "The curve, from dark to bright.")};
};

}  // namespace sunny16::isp
