// How much fine texture a camera keeps, from a dead-leaves chart: denoising smooths it where edges stay sharp.
//
// Direct method: the MTF is the root of the picture's power spectrum, less that of its noise, by the chart's (F. Cao,
// F. Guichard, H. Hornung, "Measuring texture sharpness of a digital camera", Proc. SPIE 7250, 2009; J. McElvain et
// al., Proc. SPIE 7537, 2010). Cross method: the cross spectrum of the picture with its truth, by the truth's power
// spectrum; noise and invented detail, which have nothing to do with the truth, average out (L. Kirk, P. Herzer, U.
// Artmann, D. Kunz, "Description of texture loss using the dead leaves target: current issues and a new intrinsic
// approach", Proc. SPIE 9014, 2014).
#pragma once

#include <limits>
#include <vector>

#include "isp/core/describe.h"
#include "sim/metrics/acutance.h"
#include "sim/metrics/region.h"

namespace sunny16::sim {

/// Power over spatial frequency, averaged over directions.
struct PowerSpectrum {
  std::vector<double> frequency_cy_px;  ///< from 1 / 128 to 0.5
  std::vector<double> power;  ///< variance per (cy/px)^2, of the square of the mean: of contrast, not of light
};

/// Estimated over overlapping tiles of 128 x 128 pixels (P. Welch, 1967), of which the region must hold one or more.
/// Throws MetricError if its mean is not above 0.
PowerSpectrum measure_power_spectrum(Plane plane, isp::Rect roi);

struct Texture {
  double mtf50_cy_px = 0;
  double acutance = 0;
  std::vector<double> frequency_cy_px;
  std::vector<double> mtf;
};

/// Direct method. `chart` is the spectrum of the chart, as printed or rendered without loss at the picture's scale;
/// `noise` that of a flat patch as bright as the chart on average, or without power (default) for none.
Texture measure_texture(const PowerSpectrum& picture, const PowerSpectrum& chart, const PowerSpectrum& noise = {},
                        const ViewingConditions& viewing = {});

/// Cross method. `truth` is the chart as it would be without loss, of the picture's size and within a tenth of a pixel
/// of where the picture shows it. Throws MetricError if the sizes differ, or the truth has no texture.
Texture measure_texture(Plane picture, Plane truth, isp::Rect roi, const ViewingConditions& viewing = {});

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::Texture> {
  using S = sim::Texture;
  static constexpr double kAny = std::numeric_limits<double>::max();
  static constexpr auto fields = std::tuple{
      field<&S::mtf50_cy_px>("texture_mtf50_cy_px", 0, 0.5, "cy/px",
                             "Lowest frequency at which the texture's response is 0.5; 0.5 if it stays above."),
      field<&S::acutance>("texture_acutance", 0, kAny, "", "Mean response as the eye weighs it (IEEE 1858)."),
      field<&S::frequency_cy_px>("frequency_cy_px", 0, 0.5, "cy/px", "Spatial frequencies."),
      field<&S::mtf>("mtf", 0, kAny, "", "The response at each.")};
};

}  // namespace sunny16::isp
