// What changes over the field: shading, banding, distortion, lateral colour.
#include <algorithm>
#include <cmath>

#include "sim/measure/metrics.h"
#include "sim/metrics/banding.h"
#include "sim/metrics/cell_picture.h"
#include "sim/metrics/geometry.h"
#include "sim/metrics/metric_error.h"
#include "sim/metrics/shading.h"

namespace sunny16::sim {

Measurement measure_shading(const Subject& subject, const MeasureOptions& options) {
  isp::Rect roi = even_region(subject, options);
  CellPicture cells;
  std::array<Plane, 3> planes;
  if (subject.raw()) {
    cells = cell_picture(*subject.raw());
    planes = std::as_const(cells).view();
    roi = {roi.x / 2, roi.y / 2, roi.width / 2, roi.height / 2};
  } else {
    planes = views(subject.light());
  }
  const Shading shading = sim::measure_shading(planes, roi);
  Measurement out{.metric = "shading", .values = {}, .plots = {}, .prose = {}};
  out.values = told(shading, out);
  Plot plot{.title = "Along the middle row",
            .x = {"Column of the grid", ""},
            .y = {"Light", "of the middle", false, 0},
            .series = {}};
  constexpr std::array<const char*, 3> kNames{"red", "green", "blue"};
  for (std::size_t c = 0; c < 3; ++c) {
    Series series{.name = kNames[c], .x = {}, .y = {}, .colour = kNames[c]};
    for (int i = 0; i < shading.columns; ++i) {
      series.x.push_back(i);
      series.y.push_back(shading.planes[c].relative[static_cast<std::size_t>(shading.rows / 2 * shading.columns + i)]);
    }
    plot.series.push_back(std::move(series));
  }
  out.plots = {plot};
  return out;
}

Measurement measure_banding(const Subject& subject, const MeasureOptions& options) {
  const isp::Rect roi = even_region(subject, options);
  Measurement out{.metric = "banding", .values = {}, .plots = {}, .prose = {}};
  if (!subject.raw()) {
    out.values = told(sim::measure_banding(subject.luminance().view(), roi), out);
    return out;
  }
  // Rows of cells: periods are told in rows of the sensor.
  const CellPicture cells = cell_picture(*subject.raw());
  Banding banding = sim::measure_banding(cells.planes[1].view(), {roi.x / 2, roi.y / 2, roi.width / 2, roi.height / 2});
  banding.rows.period_px *= 2, banding.columns.period_px *= 2;
  out.values = told(banding, out);
  return out;
}

namespace {

/// Where the colours of dots are looked for: in a raw frame's own numbers, each colour in its places, since a colour
/// matrix would mix their shifts; or in a picture's planes.
struct DotColours {
  std::array<Plane, 3> planes;
  std::array<Lattice, 3> lattices;

  Position centre(std::size_t colour, isp::Rect roi) const { return dot_centre(planes[colour], roi, lattices[colour]); }
};

DotColours dot_colours(const Subject& subject) {
  const auto& raw = subject.raw();
  if (!raw || raw->cell > 1) return {.planes = views(subject.light()), .lattices = {}};
  DotColours colours;
  colours.planes.fill(subject.mosaic().view());
  if (raw->monochrome) return colours;
  for (int y = 0; y < 2; ++y)
    for (int x = 0; x < 2; ++x) {
      const isp::Quad quad = isp::quad_plane(raw->raw.phase, x, y);
      if (quad != isp::kGb) colours.lattices[quad == isp::kR ? 0 : quad == isp::kGr ? 1 : 2] = {x, y, 2};
    }
  return colours;
}

}  // namespace

Measurement measure_dots(const Subject& subject, const MeasureOptions&) {
  const auto targets = subject.targets(TargetKind::dots);
  if (targets.empty())
    throw MetricError(subject.name() + ": found no grid of dots, allowed a simulated shot's truth that has one");
  const PlacedTarget& grid = targets.front();
  if (grid.columns < 2 || grid.rows < 2)
    throw MetricError(subject.name() + ": dots: found " + std::to_string(grid.columns) + " x " +
                      std::to_string(grid.rows) + ", allowed 2 x 2 or more");
  const auto at = corners(grid);
  const DotColours in = dot_colours(subject);
  std::vector<Mark> marks;
  std::vector<ColourMark> colours;
  const double spacing = std::min((at[1].x - at[0].x) / (grid.columns - 1), (at[3].y - at[0].y) / (grid.rows - 1));
  const auto reach = static_cast<int>(0.45 * spacing);
  // Each dot is looked for where its neighbours, which were found already, lead to.
  std::vector<Position> found(static_cast<std::size_t>(grid.columns * grid.rows));
  const auto index = [&](int column, int row) { return static_cast<std::size_t>(row * grid.columns + column); };
  const auto straight = [&](int column, int row) {
    const double u = static_cast<double>(column) / (grid.columns - 1), v = static_cast<double>(row) / (grid.rows - 1);
    const auto mixed = [&](double Position::*part) {
      return (at[0].*part * (1 - u) + at[1].*part * u) * (1 - v) + (at[3].*part * (1 - u) + at[2].*part * u) * v;
    };
    return Position{mixed(&Position::x), mixed(&Position::y)};
  };
  const auto box = [&](Position p) {
    return isp::Rect{static_cast<int>(std::lround(p.x)) - reach, static_cast<int>(std::lround(p.y)) - reach,
                     2 * reach + 1, 2 * reach + 1};
  };
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) {
      Position guess = straight(column, row);
      const auto moved = [&](std::size_t from, Position then) {
        guess.x += found[from].x - then.x, guess.y += found[from].y - then.y;
      };
      if (column > 0)
        moved(index(column - 1, row), straight(column - 1, row));
      else if (row > 0)
        moved(index(column, row - 1), straight(column, row - 1));
      const isp::Rect roi = box(guess);
      if (roi.x < 0 || roi.y < 0 || roi.x + roi.width > subject.width() || roi.y + roi.height > subject.height()) {
        found[index(column, row)] = guess;
        continue;
      }
      const Position green = in.centre(1, roi);
      found[index(column, row)] = green;
      marks.push_back({{static_cast<double>(column), static_cast<double>(row)}, green});
      colours.push_back({in.centre(0, roi), green, in.centre(2, roi)});
    }
  const Position centre{(subject.width() - 1) / 2.0, (subject.height() - 1) / 2.0};
  Measurement out{.metric = "dots", .values = {{"dots", marks.size()}}, .plots = {}, .prose = {}};
  out.values["distortion"] = told(measure_distortion(marks, subject.width(), subject.height()), out);
  out.values["lateral_colour"] = told(measure_lateral_colour(colours, centre), out);
  return out;
}

}  // namespace sunny16::sim
