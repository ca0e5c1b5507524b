// What faces steer: exposure by their light, focus by the largest, and how far a look spares the colours of skin.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "firmware/control/scene/boxes.h"
#include "isp/core/statistics.h"

namespace sunny16::firmware {

/// How bright faces are in a frame.
struct FaceLight {
  double level = 0;   ///< mean luma as a fraction of white
  double weight = 0;  ///< 0..1: what they count beside the rest of the picture
};

class FaceGuide {
 public:
  /// What is known of a frame: faces that are sure enough, the largest first. Others are not of interest.
  void update(std::span<const Detection> detections);
  void clear() { faces_.clear(); }

  /// Where a frame's light shall be summed (FloatingZones): left, top, right and bottom of each face's middle.
  std::vector<double> zones() const;
  /// Of a frame that was counted with zones(); nothing without faces.
  std::optional<FaceLight> light(const isp::Statistics& statistics) const;
  /// To focus on.
  std::optional<Box> largest() const;
  /// 0: no faces; 1: faces are what the picture is of.
  double skin_protection() const;
  /// FaceDetectFaceRectangles: x, y, width and height of each.
  std::vector<double> rectangles() const;

 private:
  std::vector<Detection> faces_;
};

}  // namespace sunny16::firmware
