#include "sim/metrics/shading.h"

#include <algorithm>
#include <cmath>

namespace sunny16::sim {
namespace {

double mean(Plane plane) {
  double sum = 0;
  for (int y = 0; y < plane.height; ++y)
    for (int x = 0; x < plane.width; ++x) sum += plane.row(y)[x];
  return sum / plane.width / plane.height;
}

/// Means of the grid's cells, of that in the centre: of one cell, or two or four where counts are even.
std::vector<double> relative_cells(Plane part, const ShadingOptions& grid) {
  const int columns = grid.columns, rows = grid.rows;
  std::vector<double> cells;
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) {
      const int x = part.width * column / columns, end_x = part.width * (column + 1) / columns;
      const int y = part.height * row / rows, end_y = part.height * (row + 1) / rows;
      cells.push_back(mean(part.crop({x, y, end_x - x, end_y - y})));
    }
  const auto cell = [&](int column, int row) { return cells[static_cast<std::size_t>(row * columns + column)]; };
  const int left = (columns - 1) / 2, right = columns / 2, top = (rows - 1) / 2, bottom = rows / 2;
  const double centre = (cell(left, top) + cell(right, top) + cell(left, bottom) + cell(right, bottom)) / 4;
  if (const double darkest = std::ranges::min(cells); !(darkest > 0))
    throw MetricError("shading: found a cell's mean of " + std::to_string(darkest) + ", allowed above 0");
  for (double& v : cells) v /= centre;
  return cells;
}

PlaneShading shading_of(std::vector<double> cells, const ShadingOptions& grid) {
  const auto columns = static_cast<std::size_t>(grid.columns);
  PlaneShading shading;
  const std::array corners{cells.front(), cells[columns - 1], cells[cells.size() - columns], cells.back()};
  double sum = 0;
  for (std::size_t i = 0; i < 4; ++i) shading.corner_percent[i] = 100 * corners[i], sum += corners[i];
  shading.fall_off_percent = 100 * (1 - sum / 4);
  shading.fall_off_ev = -std::log2(sum / 4);
  const auto [darkest, brightest] = std::ranges::minmax(cells);
  shading.uniformity_percent = 100 * darkest / brightest;
  shading.relative = std::move(cells);
  return shading;
}

double deviation_percent(const PlaneShading& colour, const PlaneShading& green) {
  double worst = 0;
  for (std::size_t i = 0; i < green.relative.size(); ++i)
    worst = std::max(worst, std::abs(colour.relative[i] / green.relative[i] - 1));
  return 100 * worst;
}

}  // namespace

Shading measure_shading(std::span<const Plane> planes, isp::Rect roi, const ShadingOptions& options) {
  if (planes.size() != 1 && planes.size() != 3)
    throw MetricError("shading: found " + std::to_string(planes.size()) + " planes, allowed one, or red, green, blue");
  if (options.columns < 2 || options.rows < 2)
    throw MetricError("shading: found a grid of " + std::to_string(options.columns) + " x " +
                      std::to_string(options.rows) + ", allowed 2 x 2 or more");
  Shading shading{.columns = options.columns, .rows = options.rows, .planes = {}};
  for (const Plane& plane : planes)
    shading.planes.push_back(
        shading_of(relative_cells(region(plane, roi, options.columns, options.rows), options), options));
  if (planes.size() == 3) {
    shading.red_green_deviation_percent = deviation_percent(shading.planes[0], shading.planes[1]);
    shading.blue_green_deviation_percent = deviation_percent(shading.planes[2], shading.planes[1]);
  }
  return shading;
}

}  // namespace sunny16::sim
