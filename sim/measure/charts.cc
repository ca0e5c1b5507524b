// Where charts lie in a subject.
#include <algorithm>
#include <cmath>
#include <string>

#include "sim/light/colour_checker.h"
#include "sim/measure/metrics.h"
#include "sim/metrics/cell_picture.h"
#include "sim/metrics/chart_detection.h"
#include "sim/metrics/chart_geometry.h"
#include "sim/metrics/metric_error.h"

namespace sunny16::sim {
namespace {

/// The upright square in the middle of a patch.
isp::Rect square_in(const Quadrilateral& patch) {
  double area = 0;
  Position centre;
  for (std::size_t i = 0; i < 4; ++i) {
    const Position &a = patch.corners[i], &b = patch.corners[(i + 1) % 4];
    area += (a.x * b.y - b.x * a.y) / 2;
    centre.x += a.x / 4, centre.y += a.y / 4;
  }
  // A turned square holds an upright one of half its area, whatever its angle.
  const int side = static_cast<int>(std::sqrt(std::abs(area) / 2));
  return {static_cast<int>(centre.x + 0.5) - side / 2, static_cast<int>(centre.y + 0.5) - side / 2, side, side};
}

}  // namespace

std::array<Position, 4> find_chart(const Subject& subject) {
  try {
    if (!subject.raw()) return find_colour_checkers(views(subject.light())).front().corners;
    const CellPicture cells = cell_picture(*subject.raw());
    std::array<Position, 4> corners = find_colour_checkers(cells.view()).front().corners;
    for (Position& corner : corners) corner = CellPicture::in_frame(corner);
    return corners;
  } catch (const MetricError& error) {
    throw MetricError(
        subject.name() + ": " + error.what() +
        "; give the centres of its corner patches with --chart x1,y1,x2,y2,x3,y3,x4,y4 (dark skin, bluish "
        "green, black, white)");
  }
}

std::vector<Quadrilateral> colour_checker_patches(const Subject& subject, const MeasureOptions& options) {
  const auto targets = subject.targets(TargetKind::colour_checker);
  const std::array<Position, 4> at = options.chart      ? *options.chart
                                     : !targets.empty() ? corners(targets.front())
                                                        : find_chart(subject);
  return chart_patches(at, Corners::centres);
}

std::vector<GreyStep> grey_steps(const Subject& subject, const MeasureOptions& options) {
  std::vector<GreyStep> steps;
  if (!options.chart)
    for (const PlacedTarget& target : subject.targets(TargetKind::grey_step))
      steps.push_back({inside(target, 0.6), target.luminance});
  if (!steps.empty()) return steps;
  const std::vector<Quadrilateral> patches = colour_checker_patches(subject, options);
  constexpr Tristimulus kEqual{1, 1, 1};
  for (std::size_t i = 18; i < kColourCheckerPatches.size(); ++i)
    steps.push_back({square_in(patches[i]), xyz_of_lab({kColourCheckerPatches[i].lab.l, 0, 0}, kEqual).Y});
  return steps;
}

isp::Rect even_region(const Subject& subject, const MeasureOptions& options) {
  if (options.roi) return *options.roi;
  if (const auto targets = subject.targets(TargetKind::flat); !targets.empty()) {
    const isp::Rect r = inside(targets.front(), 1);
    const int left = std::max(0, r.x), top = std::max(0, r.y);
    return {left, top, std::min(r.x + r.width, subject.width()) - left,
            std::min(r.y + r.height, subject.height()) - top};
  }
  return {0, 0, subject.width(), subject.height()};
}

}  // namespace sunny16::sim
