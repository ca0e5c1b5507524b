// How the outputs of object detectors are laid out, and what they say. By their shapes:
//
//   1 x boxes x (5 + classes)     YOLO v5: centre x, y, width, height in pixels of the input, objectness, classes
//   1 x (4 + classes) x boxes     YOLO v8: the same without objectness, the boxes side by side
//   boxes 1 x N x 4, scores 1 x N x (1 + classes)         SSD: corners left, top, right, bottom as fractions of the
//                                                         input; the first score is the background's
//   boxes 1 x N x 4, scores 1 x N, classes 1 x N [, how many]   SSD after its own suppression; corners as above, or top
//                                                         first where the boxes are called detection_boxes
//
// Scores are probabilities, 0..1.
#pragma once

#include <span>
#include <vector>

#include "firmware/control/scene/detection.h"
#include "firmware/detect/labels.h"
#include "firmware/detect/network.h"

namespace sunny16::firmware {

class OutputLayout {
 public:
  /// The layout that these outputs have. `input_width`, `input_height` are the network's, in pixels. Throws
  /// DetectorError, which lists the shapes found and allowed.
  OutputLayout(std::span<const Tensor> outputs, Labels labels, int input_width, int input_height);

  /// Everything at least this sure, before suppression; boxes as fractions of the network's input. Throws DetectorError
  /// for outputs of other shapes than those at first.
  std::vector<Detection> read(std::span<const Tensor> outputs, double confidence) const;

 private:
  enum class Kind : std::uint8_t { yolo_v5, yolo_v8, ssd, ssd_selected };

  std::vector<Detection> read_yolo(const Tensor& output, double confidence) const;
  std::vector<Detection> read_ssd(std::span<const Tensor> outputs, double confidence) const;
  std::vector<Detection> read_selected(std::span<const Tensor> outputs, double confidence) const;
  Detection detection(std::size_t kind, double score, const std::array<double, 4>& corners) const;

  Kind kind_ = Kind::yolo_v8;
  Labels labels_;
  double input_width_, input_height_;
  std::size_t boxes_ = 0, scores_ = 0, classes_ = 0, count_ = 0;  ///< places among the outputs
  bool has_count_ = false, top_first_ = false;
  std::vector<std::vector<std::int64_t>> shapes_;
};

}  // namespace sunny16::firmware
