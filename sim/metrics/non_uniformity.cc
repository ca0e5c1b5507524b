#include "sim/metrics/non_uniformity.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sim/metrics/metric_error.h"
#include "sim/metrics/moments.h"
#include "sim/metrics/quadrilateral.h"

namespace sunny16::sim {

StackVariances stack_variances(std::span<const Plane> stack, isp::Rect region) {
  if (stack.size() < 2)
    throw MetricError("stack: found " + std::to_string(stack.size()) + " frames, allowed at least 2");
  for (const Plane& frame : stack) check_inside("stack", region, frame.width, frame.height, 3);

  RunningMoments temporal, total, row_means;
  std::vector<RunningMoments> columns(static_cast<std::size_t>(region.width));
  for (int y = 0; y < region.height; ++y) {
    RunningMoments row;
    for (int x = 0; x < region.width; ++x) {
      RunningMoments samples;
      for (const Plane& frame : stack) samples.add(frame.row(region.y + y)[region.x + x]);
      const Moments pixel = samples.moments();
      temporal.add(pixel.variance);
      total.add(pixel.mean), row.add(pixel.mean), columns[static_cast<std::size_t>(x)].add(pixel.mean);
    }
    row_means.add(row.moments().mean);
  }
  RunningMoments column_means;
  for (const RunningMoments& column : columns) column_means.add(column.moments().mean);

  const double m = region.height, n = region.width;
  StackVariances out{.mean = total.moments().mean, .temporal = temporal.moments().mean};
  if (!std::isfinite(out.temporal + out.mean))
    throw MetricError("stack: found samples that are not finite, allowed finite ones");
  const double residual = out.temporal / static_cast<double>(stack.size());
  out.total = total.moments().variance - residual;
  // The mean of a row of n pixels keeps 1/n of the pixels' variance besides its own.
  const double of_rows = row_means.moments().variance - residual / n;
  const double of_columns = column_means.moments().variance - residual / m;
  out.pixel = (out.total - of_rows - of_columns) / (1 - 1 / m - 1 / n);
  out.row = of_rows - out.pixel / n;
  out.column = of_columns - out.pixel / m;
  return out;
}

NonUniformity non_uniformity(const StackVariances& dark, const StackVariances& light, double system_gain_dn_per_e) {
  const double signal = light.mean - dark.mean;
  if (!(signal > 0 && system_gain_dn_per_e > 0))
    throw MetricError("non-uniformity: found a signal of " + std::to_string(signal) + " DN and a gain of " +
                      std::to_string(system_gain_dn_per_e) + " DN/e-, allowed above 0");
  const auto dsnu = [&](double variance) { return std::sqrt(std::max(0.0, variance)) / system_gain_dn_per_e; };
  const auto prnu = [&](double bright, double black) {
    return 100 * std::sqrt(std::max(0.0, bright - black)) / signal;
  };
  return {.dsnu_1288_e = dsnu(dark.total),
          .dsnu_row_e = dsnu(dark.row),
          .dsnu_column_e = dsnu(dark.column),
          .dsnu_pixel_e = dsnu(dark.pixel),
          .prnu_1288_percent = prnu(light.total, dark.total),
          .prnu_row_percent = prnu(light.row, dark.row),
          .prnu_column_percent = prnu(light.column, dark.column),
          .prnu_pixel_percent = prnu(light.pixel, dark.pixel)};
}

}  // namespace sunny16::sim
