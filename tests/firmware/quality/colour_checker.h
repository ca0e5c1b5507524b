// Real raw frames of a ColorChecker, and what is known of them.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "hal/api/raw_frame.h"
#include "sim/metrics/colour_difference.h"

namespace sunny16::firmware::test {

using sim::Lab;

inline constexpr std::size_t kPatches = 24;
using Colour = std::array<double, 3>;

struct ColourChecker {
  std::string name;
  hal::RawFrame frame;
  std::array<std::array<int, 2>, kPatches> centres{};  ///< x, y in the frame
  int half_width = 0;                                  ///< of the measured squares, pixels
  std::array<Colour, kPatches> raw{};                  ///< mean linear camera RGB of the patches, black 0 and white 1
  std::array<double, 2> colour_gains{};                ///< red, blue: what makes the grey patches grey
  isp::Matrix3 matrix{};                               ///< to linear sRGB: the best that a matrix can do
  double floor = 0;                                    ///< mean CIEDE2000 that is left with it
};

/// The four frames of the data folder that hold a chart; none, and a message, where the data is not.
std::vector<ColourChecker> colour_checkers();

/// The chart as printed: L*a*b* under D50 of its patches since November 2014.
std::array<Lab, kPatches> chart_colours();

}  // namespace sunny16::firmware::test
