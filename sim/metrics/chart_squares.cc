#include "sim/metrics/chart_squares.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <opencv2/imgproc.hpp>

namespace sunny16::sim {
namespace {

constexpr double kLeastSide = 5, kMostSide = 40;  ///< pixels

/// Whether an area has a parallelogram's moments: then its square is 144 times the determinant of its covariance,
/// however it is sheared. With 158 instead it is an ellipse, with 108 a triangle, and with less it has arms.
bool is_square(const cv::Moments& m) {
  constexpr double kLeastFill = 0.88, kMostFill = 1.06, kMostForeshortened = 2.5;
  const double xx = m.mu20 / m.m00, yy = m.mu02 / m.m00, xy = m.mu11 / m.m00;
  const double determinant = xx * yy - xy * xy, mean = (xx + yy) / 2;
  if (determinant <= 0) return false;
  const double fill = m.m00 / std::sqrt(144 * determinant);
  const double apart = std::sqrt(std::max(0.0, mean * mean - determinant));  // of the variances along the axes
  return fill > kLeastFill && fill < kMostFill &&
         mean + apart < kMostForeshortened * kMostForeshortened * (mean - apart);
}

/// The holes in a mask of edges. Their outlines run the other way round than those of the edges (S. Suzuki, K. Abe,
/// Computer Vision, Graphics, and Image Processing 30, 1985).
void add_holes(const cv::Mat& edges, std::vector<Square>& squares) {
  std::vector<std::vector<cv::Point>> outlines;
  cv::findContours(edges, outlines, cv::RETR_LIST, cv::CHAIN_APPROX_NONE);
  for (const auto& outline : outlines) {
    if (static_cast<double>(outline.size()) > 8 * kMostSide) continue;
    const double area = cv::contourArea(outline, true);
    if (area < kLeastSide * kLeastSide || area > kMostSide * kMostSide) continue;
    if (const cv::Moments m = cv::moments(outline); is_square(m))
      squares.push_back({{m.m10 / m.m00, m.m01 / m.m00}, std::sqrt(m.m00)});
  }
}

/// Each area once, as large as it was found.
std::vector<Square> without_twins(std::vector<Square> squares, cv::Size size) {
  std::ranges::stable_sort(squares, std::greater(), &Square::side);
  cv::Mat taken = cv::Mat::zeros(size, CV_8U);
  std::erase_if(squares, [&](const Square& s) {
    const cv::Point at(s.centre);
    if (taken.at<uchar>(at)) return true;
    cv::circle(taken, at, static_cast<int>(s.side / 2), 1, cv::FILLED);
    return false;
  });
  return squares;
}

}  // namespace

std::vector<Square> find_squares(const cv::Mat& picture) {
  // Faint edges close around dark patches, but noise breaks flat areas up where they count.
  constexpr std::array kContrasts{0.015, 0.03, 0.06, 0.12};
  cv::Mat smooth, brightest, darkest;
  cv::GaussianBlur(picture, smooth, {}, 0.7);
  cv::dilate(smooth, brightest, {});
  cv::erode(smooth, darkest, {});
  std::vector<cv::Mat> steps;
  cv::split(brightest - darkest, steps);
  cv::Mat steepest = steps[0];
  for (const cv::Mat& step : steps) steepest = cv::max(steepest, step);

  std::vector<Square> squares;
  for (const double contrast : kContrasts) add_holes(steepest > contrast, squares);
  squares = without_twins(std::move(squares), picture.size());
  std::ranges::sort(squares, {}, [](const Square& s) { return std::pair(s.centre.x, s.centre.y); });
  return squares;
}

}  // namespace sunny16::sim
