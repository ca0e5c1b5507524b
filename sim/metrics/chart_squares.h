// First step of chart detection: what could be a patch of a chart.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace sunny16::sim {

/// A flat area shaped like a square seen in perspective; in pixels.
struct Square {
  cv::Point2d centre;
  double side = 0;  ///< root of its area
};

/// All such areas that are less than 40 pixels wide, from left to right: larger ones are found in a reduced picture.
/// `picture`: channels of float, about 1 where they are bright.
std::vector<Square> find_squares(const cv::Mat& picture);

}  // namespace sunny16::sim
