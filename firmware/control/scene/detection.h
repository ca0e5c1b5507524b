// Something that was recognised in a picture: by a face detector, a network on this machine, or one on the sensor.
#pragma once

#include <array>
#include <string>
#include <tuple>

#include "isp/core/describe.h"

namespace sunny16::firmware {

struct Detection {
  std::string label{};          ///< "face", or what the model calls it
  double confidence = 0;        ///< 0..1
  std::array<double, 4> box{};  ///< x, y, width, height as fractions of the raw frame's picture, like AfWindows
};

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::Detection> {
  using D = sunny16::firmware::Detection;
  static constexpr auto fields =
      std::tuple{field<&D::label>("label", 0, 0, "", "face, or what the model calls it."),
                 field<&D::confidence>("confidence", 0, 1, "", "How sure the detector is."),
                 field<&D::box>("box", 0, 1, "ratio", "x, y, width and height as fractions of the picture.")};
};
