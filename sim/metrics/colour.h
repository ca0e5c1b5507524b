// Colours of a chart's patches against the colours that it is known to have.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "sim/metrics/colour_difference.h"
#include "sim/metrics/plane.h"
#include "sim/metrics/quadrilateral.h"
#include "sim/picture/picture.h"

namespace sunny16::sim {

using Rgb = std::array<double, 3>;
/// Red, green, blue, of the same size.
using RgbPlanes = std::array<Plane, 3>;

struct ColourOptions {
  Transfer transfer = Transfer::linear;
  bool fit_exposure = true;  ///< colours are scaled by what makes their mean difference least: exposure is not judged
  Rgb neutral{1, 1, 1};      ///< linear RGB of a perfect grey
  std::size_t first_grey = 19, last_grey = 22;  ///< patches to judge white balance by: 20..23 of the ColorChecker
  std::size_t coloured = 18;                    ///< so many patches from the first are judged for saturation
};

struct PatchColour {
  Rgb linear_rgb{};
  Lab lab;
  double delta_e2000 = 0, delta_c2000 = 0, delta_l = 0;
};

struct ColourMeasurement {
  double exposure_scale = 1;
  double delta_e2000_mean = 0, delta_e2000_p90 = 0, delta_e2000_max = 0;
  double delta_c2000_mean = 0, delta_c2000_max = 0;
  double white_balance_error_deg = 0;
  double grey_chroma_mean = 0;
  double saturation_percent = 0;
  std::vector<PatchColour> patches;
};

/// The mean linear light of each patch. Throws MetricError for a patch outside of the picture, without pixels, or with
/// samples that are not finite.
std::vector<Rgb> mean_colours(const RgbPlanes& picture, std::span<const Quadrilateral> patches, Transfer transfer);

/// Compares mean linear light with the chart's colours (L*a*b* under D50), one a patch. Throws MetricError if their
/// numbers differ or the patches have no light.
ColourMeasurement measure_colours(std::span<const Rgb> linear_rgb, std::span<const Lab> chart,
                                  const ColourOptions& options = {});

/// Both.
ColourMeasurement measure_colours(const RgbPlanes& picture, std::span<const Quadrilateral> patches,
                                  std::span<const Lab> chart, const ColourOptions& options = {});

/// The angle between two linear RGB, degrees: how far apart two whites are, whatever their brightness.
double angle_deg(const Rgb& x, const Rgb& y);

/// The value that a part `p`, 0..1, of all lie below, linear between neighbours in order.
double percentile(std::vector<double> values, double p);

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::PatchColour> {
  using T = sim::PatchColour;
  static constexpr auto fields = std::tuple{
      field<&T::linear_rgb>("linear_rgb", -16, 16, "", "Mean light of the patch in sRGB's primaries, after scaling."),
      field<&T::lab>("lab", 0, 0, "", "L*a*b* under D50."),
      field<&T::delta_e2000>("delta_e2000", 0, 200, "", "CIEDE2000 from the chart's colour."),
      field<&T::delta_c2000>("delta_c2000", 0, 200, "", "CIEDE2000 without its lightness term."),
      field<&T::delta_l>("delta_l", -100, 100, "", "L* less the chart's.")};
};

template <>
struct Describe<sim::ColourMeasurement> {
  using T = sim::ColourMeasurement;
  static constexpr auto fields = std::tuple{
      field<&T::exposure_scale>("exposure_scale", 0, 1e6, "ratio", "What the picture's light was multiplied by."),
      field<&T::delta_e2000_mean>("delta_e2000_mean", 0, 200, "", "Mean CIEDE2000 of all patches."),
      field<&T::delta_e2000_p90>("delta_e2000_p90", 0, 200, "", "90th percentile of CIEDE2000."),
      field<&T::delta_e2000_max>("delta_e2000_max", 0, 200, "", "CIEDE2000 of the worst patch."),
      field<&T::delta_c2000_mean>("delta_c2000_mean", 0, 200, "", "Mean CIEDE2000 without its lightness term."),
      field<&T::delta_c2000_max>("delta_c2000_max", 0, 200, "", "The worst patch's, without its lightness term."),
      field<&T::white_balance_error_deg>("white_balance_error_deg", 0, 90, "deg",
                                         "Mean angle between the grey patches' linear RGB and neutral."),
      field<&T::grey_chroma_mean>("grey_chroma_mean", 0, 200, "", "Mean C*ab of the grey patches."),
      field<&T::saturation_percent>("saturation_percent", 0, 1000, "%",
                                    "Mean C*ab of the coloured patches, as part of the chart's."),
      field<&T::patches>("patches", 0, 0, "", "The patches in the chart's order.")};
};

}  // namespace sunny16::isp
