// How evenly a flat field is rendered: fall-off of light towards the corners, and shift of colour (ISO 17957).
#pragma once

#include <array>
#include <limits>
#include <span>
#include <vector>

#include "isp/core/describe.h"
#include "sim/metrics/region.h"

namespace sunny16::sim {

/// Cells of the grid over the region in which samples are averaged; odd counts have a cell in the centre.
struct ShadingOptions {
  int columns = 17, rows = 13;
};

/// Of one colour.
struct PlaneShading {
  std::array<double, 4> corner_percent{};
  double fall_off_percent = 0;
  double fall_off_ev = 0;
  double uniformity_percent = 0;
  std::vector<double> relative;
};

struct Shading {
  int columns = 0, rows = 0;
  std::vector<PlaneShading> planes;
  double red_green_deviation_percent = 0;
  double blue_green_deviation_percent = 0;
};

/// Measures one plane, or red, green and blue of equal size, above black and in linear light. Throws MetricError if the
/// region has fewer pixels than the grid has cells, or a cell has no light.
Shading measure_shading(std::span<const Plane> planes, isp::Rect roi, const ShadingOptions& options = {});

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::PlaneShading> {
  using S = sim::PlaneShading;
  static constexpr double kAny = std::numeric_limits<double>::max();
  static constexpr auto fields = std::tuple{
      field<&S::corner_percent>("corner_percent", 0, kAny, "%",
                                "The grid's corner cells, of the centre: top left and right, bottom left and right."),
      field<&S::fall_off_percent>("fall_off_percent", -kAny, 100, "%",
                                  "What the corners miss on average, of the centre; below 0 if they are brighter."),
      field<&S::fall_off_ev>("fall_off_ev", -kAny, kAny, "EV", "The same in exposure values."),
      field<&S::uniformity_percent>("uniformity_percent", 0, 100, "%", "The darkest cell, of the brightest."),
      field<&S::relative>("relative", 0, kAny, "ratio", "Each cell, of the centre, row by row.")};
};

template <>
struct Describe<sim::Shading> {
  using S = sim::Shading;
  static constexpr double kAny = std::numeric_limits<double>::max();
  static constexpr auto fields = std::tuple{
      field<&S::columns>("columns", 1, 1024, "", "Columns of the grid."),
      field<&S::rows>("rows", 1, 1024, "", "Rows of the grid."), field<&S::planes>("planes", 0, 0, "", "Each colour."),
      field<&S::red_green_deviation_percent>(
          "red_green_deviation_percent", 0, kAny, "%",
          "Most by which red / green of a cell differs from the centre's; 0 if there is only one plane."),
      field<&S::blue_green_deviation_percent>("blue_green_deviation_percent", 0, kAny, "%", "The same for blue.")};
};

}  // namespace sunny16::isp
