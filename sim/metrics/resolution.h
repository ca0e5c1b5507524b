// Resolution from a Siemens star: the sine-based spatial frequency response (s-SFR) of ISO 12233:2017, Annex F.
//
// A star of n cycles has n / (2 pi r) cycles per pixel at radius r. On rings about the centre, in each of eight
// sectors, a mean and a sine wave of n cycles are fitted to the samples over their angles; the ratio of the wave's
// amplitude to the mean is the modulation there.
#pragma once

#include <limits>
#include <vector>

#include "isp/core/describe.h"
#include "sim/metrics/region.h"

namespace sunny16::sim {

/// Where a star is in a plane, in pixels; pixel centres are at whole numbers.
struct Star {
  double x = 0, y = 0;
  double radius = 0;  ///< of what is measured, within the pattern
  int cycles = 0;     ///< around the centre
  /// Modulation of the chart itself, (white - black) / (white + black); 0 takes that of the outermost ring for it,
  /// whose own loss is then not seen.
  double modulation = 0;
};

struct Resolution {
  double mtf50_cy_px = 0;
  double mtf10_cy_px = 0;
  std::vector<double> frequency_cy_px;
  std::vector<double> mtf;
};

/// Measures from the outer radius to where the star has 0.5 cy/px. Throws MetricError if the star does not lie within
/// the plane, spans less than a factor of two in frequency, or has no contrast.
Resolution measure_star(Plane plane, const Star& star);

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::Resolution> {
  using S = sim::Resolution;
  static constexpr double kAny = std::numeric_limits<double>::max();
  static constexpr auto fields = std::tuple{
      field<&S::mtf50_cy_px>(
          "mtf50_cy_px", 0, 0.5, "cy/px",
          "Lowest frequency at which the response is 0.5; that of the outermost ring if it is less there."),
      field<&S::mtf10_cy_px>("mtf10_cy_px", 0, 0.5, "cy/px",
                             "The same for 0.1: the limiting resolution. Both are 0.5 where the response stays above."),
      field<&S::frequency_cy_px>("frequency_cy_px", 0, 0.5, "cy/px", "Spatial frequencies of the rings."),
      field<&S::mtf>("mtf", 0, kAny, "", "Modulation at each, of the chart's.")};
};

}  // namespace sunny16::isp
