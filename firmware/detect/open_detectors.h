// Which detectors a user wants, and opening them.
#pragma once

#include <string>

#include "firmware/detect/detector.h"
#include "isp/core/describe.h"

namespace sunny16::firmware {

struct DetectorChoice {
  bool faces = false;
  std::string model{};
  std::string labels{};
  double confidence = 0.5;
};

/// Throws DetectorError for the first that cannot be opened: one clear line.
Detectors open_detectors(const DetectorChoice& choice);

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::DetectorChoice> {
  using D = firmware::DetectorChoice;
  static constexpr auto fields = std::tuple{
      field<&D::faces>("faces", 0, 1, "", "Look for faces."),
      field<&D::model>("model", 0, 0, "",
                       "An ONNX model that finds objects; `sensor`: what a network on the sensor found; empty: none."),
      field<&D::labels>("labels", 0, 0, "",
                        "File with the names of the classes, one a line; empty: MODEL.labels.txt, or the model's own."),
      field<&D::confidence>("confidence", 0, 1, "", "Objects must be at least this sure.")};
};
