// Where things lie in a picture against where they should: distortion (ISO 17850) and lateral colour (ISO 19084).
#pragma once

#include <limits>
#include <span>

#include "isp/core/describe.h"
#include "sim/metrics/position.h"
#include "sim/metrics/region.h"

namespace sunny16::sim {

/// The centre of a dot that is darker or lighter than the even ground around it: the centroid of what differs from the
/// median of the region's rim. Of one colour in a mosaic, if a lattice is given. What one sample alone has, as a
/// defect does, is no dot. Throws MetricError if nothing in the
/// region differs clearly from its rim.
Position dot_centre(Plane plane, isp::Rect roi, Lattice lattice = {});

/// A mark of a chart: where it is printed, in any unit and however turned, and where it was found.
struct Mark {
  Position printed, found;
};

struct Distortion {
  double k1 = 0, k2 = 0;
  double corner_percent = 0;
  double tv_percent = 0;
  double rms_residual_px = 0;
};

/// Fits found = centre + u (1 + k1 r^2 + k2 r^4) to six or more marks, where u is the printed place, scaled, turned and
/// shifted as fits best, and r its length, 1 at the corners of a `width` x `height` picture about whose centre the lens
/// distorts. The chart is parallel to the sensor. Throws MetricError if the marks do not determine all of that.
Distortion measure_distortion(std::span<const Mark> marks, int width, int height);

/// The same mark in each colour.
struct ColourMark {
  Position red, green, blue;
};

/// Of one colour against green; positive is farther from the centre.
struct LateralShift {
  double max_px = 0;
  double rms_px = 0;
  double scale_percent = 0;
};

struct LateralColour {
  LateralShift red, blue;
};

/// Radial displacements of marks about the picture's centre. Throws MetricError if no mark lies off the centre.
LateralColour measure_lateral_colour(std::span<const ColourMark> marks, Position centre);

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::Distortion> {
  using S = sim::Distortion;
  static constexpr double kAny = std::numeric_limits<double>::max();
  static constexpr auto fields = std::tuple{
      field<&S::k1>("k1", -kAny, kAny, "", "Of the square of the radius, 1 at the corners; negative is barrel."),
      field<&S::k2>("k2", -kAny, kAny, "", "Of its fourth power."),
      field<&S::corner_percent>("corner_percent", -kAny, kAny, "%",
                                "By how much a place that belongs into the corner is farther from the centre (ISO "
                                "17850's local geometric distortion)."),
      field<&S::tv_percent>("tv_percent", -kAny, kAny, "%",
                            "By how much the frame's undistorted outline is higher at its left and right sides than in "
                            "its middle: the bending of horizontal lines, by the picture's height (SMIA's TV "
                            "distortion; the EBU's is half of it)."),
      field<&S::rms_residual_px>("rms_residual_px", 0, kAny, "px", "Distance of the marks from the fit.")};
};

template <>
struct Describe<sim::LateralShift> {
  using S = sim::LateralShift;
  static constexpr double kAny = std::numeric_limits<double>::max();
  static constexpr auto fields = std::tuple{
      field<&S::max_px>("max_px", -kAny, kAny, "px", "The largest displacement, with its sign."),
      field<&S::rms_px>("rms_px", 0, kAny, "px", "Over all marks."),
      field<&S::scale_percent>("scale_percent", -kAny, kAny, "%", "By how much the colour's picture is larger.")};
};

template <>
struct Describe<sim::LateralColour> {
  using S = sim::LateralColour;
  static constexpr auto fields = std::tuple{field<&S::red>("red", 0, 0, "", "Red against green."),
                                            field<&S::blue>("blue", 0, 0, "", "Blue against green.")};
};

}  // namespace sunny16::isp
