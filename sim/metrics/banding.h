// Stripes on a flat field: flicker of lamps over a rolling shutter, and what rows and columns of a sensor add.
#pragma once

#include <limits>

#include "isp/core/describe.h"
#include "sim/metrics/region.h"

namespace sunny16::sim {

/// Of the means of rows, or of columns, after a parabola (shading) has been taken away.
struct Stripes {
  double amplitude_percent = 0;
  double period_px = 0;
  double rms_percent = 0;
};

struct Banding {
  Stripes rows, columns;
};

/// Measures a flat region of at least 32 x 32 pixels, above black and in linear light. Throws MetricError where its
/// mean is not above 0.
Banding measure_banding(Plane plane, isp::Rect roi);

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::Stripes> {
  using S = sim::Stripes;
  static constexpr double kAny = std::numeric_limits<double>::max();
  static constexpr auto fields = std::tuple{
      field<&S::amplitude_percent>("amplitude_percent", 0, kAny, "%",
                                   "Amplitude of the strongest sine wave, of the mean; 0 if none stands out of the "
                                   "other frequencies as chance would only once in a hundred regions."),
      field<&S::period_px>("period_px", 0, kAny, "px", "Rows or columns that it repeats after; 0 if there is none."),
      field<&S::rms_percent>("rms_percent", 0, kAny, "%",
                             "Deviation of all rows or columns, of the mean, without what the noise of single pixels "
                             "adds to their means (EMVA 1288 Release 4).")};
};

template <>
struct Describe<sim::Banding> {
  using S = sim::Banding;
  static constexpr auto fields =
      std::tuple{field<&S::rows>("rows", 0, 0, "", "Horizontal stripes: rows that differ."),
                 field<&S::columns>("columns", 0, 0, "", "Vertical stripes: columns that differ.")};
};

}  // namespace sunny16::isp
