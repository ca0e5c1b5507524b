#include "sim/metrics/chart_detection.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <opencv2/imgproc.hpp>
#include <string>

#include "sim/metrics/chart_colours.h"

namespace sunny16::sim {
namespace {

constexpr double kLeastLikeness = 0.85;
constexpr double kMostPixels = 4e6;  ///< larger pictures are reduced
constexpr int kLeastSide = 60;       ///< pixels: what a chart of the smallest squares needs

/// The picture in light, no larger than is searched.
cv::Mat reduced(const std::array<Plane, 3>& rgb) {
  std::array<cv::Mat, 3> planes;
  for (std::size_t i = 0; i < 3; ++i) {
    // OpenCV's headers of data that are not its own are never const.
    const cv::Mat plane(rgb[i].height, rgb[i].width, CV_32F, const_cast<float*>(rgb[i].data),
                        static_cast<std::size_t>(rgb[i].stride) * sizeof(float));
    const double scale = std::min(1.0, std::sqrt(kMostPixels / static_cast<double>(plane.total())));
    cv::resize(plane, planes[i], {}, scale, scale, cv::INTER_AREA);
    cv::patchNaNs(planes[i]);
  }
  cv::Mat light;
  cv::merge(planes.data(), planes.size(), light);
  return light;
}

/// Square roots, in which noise and contrast are alike in shadow and light, relative to what is bright in each channel.
cv::Mat square_roots(const cv::Mat& light) {
  constexpr double kBright = 0.98;  // of the pixels are darker
  std::array<cv::Mat, 3> planes;
  cv::split(light, planes.data());
  for (cv::Mat& plane : planes) {
    cv::sqrt(cv::max(plane, 0), plane);
    std::vector<float> values(plane.begin<float>(), plane.end<float>());
    const auto bright = values.begin() + static_cast<std::ptrdiff_t>(kBright * static_cast<double>(values.size()));
    std::ranges::nth_element(values, bright);
    if (*bright > 0) plane /= *bright;
  }
  cv::Mat roots;
  cv::merge(planes.data(), planes.size(), roots);
  return roots;
}

Position centre(const DetectedChart& chart) {
  Position sum;
  for (const Position& p : chart.corners) sum.x += p.x / 4, sum.y += p.y / 4;
  return sum;
}

double width(const DetectedChart& chart) {
  return std::hypot(chart.corners[1].x - chart.corners[0].x, chart.corners[1].y - chart.corners[0].y);
}

/// A chart found at several sizes counts as it was seen best: by most squares, then in most detail.
void add(const DetectedChart& chart, std::vector<DetectedChart>& charts) {
  const Position here = centre(chart);
  for (DetectedChart& known : charts)
    if (const Position there = centre(known); std::hypot(here.x - there.x, here.y - there.y) < width(known) / 3) {
      if (chart.squares > known.squares) known = chart;
      return;
    }
  charts.push_back(chart);
}

std::string why_not(std::size_t squares, std::size_t grids, double likeness) {
  const auto percent = [](double part) { return std::to_string(std::lround(100 * part)) + " %"; };
  std::string why = "chart not found: " + std::to_string(squares) + " flat squares";
  if (grids == 0) return why + ", never " + std::to_string(kLeastGrid) + " of them in rows and columns";
  return why + ", " + std::to_string(grids) + " grids of them, the nearest has " + percent(likeness) +
         " of a ColorChecker's colours, at least " + percent(kLeastLikeness) + " needed";
}

}  // namespace

std::vector<DetectedChart> find_colour_checkers(const std::array<Plane, 3>& rgb) {
  for (const Plane& p : rgb)
    if (p.width < kLeastSide || p.height < kLeastSide || p.width != rgb[0].width || p.height != rgb[0].height)
      throw MetricError("chart not found: found a plane of " + std::to_string(p.width) + " x " +
                        std::to_string(p.height) + ", allowed three of the same size, at least " +
                        std::to_string(kLeastSide) + " pixels each way");
  std::vector<DetectedChart> charts;
  std::size_t squares_seen = 0, grids_seen = 0;
  double best = 0;
  cv::Mat light = reduced(rgb);
  while (std::min(light.cols, light.rows) >= kLeastSide) {
    const cv::Mat picture = square_roots(light);
    const auto squares = find_squares(picture);
    const auto grids = find_grids(squares);
    squares_seen += squares.size(), grids_seen += grids.size();
    for (const Grid& grid : grids) {
      const auto place = most_like_a_chart(grid, picture);
      if (!place) continue;
      best = std::max(best, place->likeness);
      if (place->likeness < kLeastLikeness) continue;
      DetectedChart chart{.corners = {}, .confidence = place->likeness, .squares = place->squares};
      for (std::size_t i = 0; i < chart.corners.size(); ++i)
        chart.corners[i] = {(place->corners[i].x + 0.5) * rgb[0].width / picture.cols - 0.5,
                            (place->corners[i].y + 0.5) * rgb[0].height / picture.rows - 0.5};
      add(chart, charts);
    }
    cv::Mat half;
    cv::resize(light, half, {light.cols / 2, light.rows / 2}, 0, 0, cv::INTER_AREA);
    light = half;
  }
  if (charts.empty()) throw MetricError(why_not(squares_seen, grids_seen, best));
  std::ranges::stable_sort(charts, std::greater(), width);
  return charts;
}

}  // namespace sunny16::sim
