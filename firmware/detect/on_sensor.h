// What a network on the sensor has found (IMX500): the layout of a post-processed SSD, as rpicam-apps'
// imx500_object_detection reads it. Four tensors: 4 x N box corners, all tops first, then all lefts, bottoms and
// rights, as fractions of the sensor's picture; N scores; N classes; how many of the N count.
#pragma once

#include "firmware/control/scene/boxes.h"
#include "firmware/detect/detector.h"
#include "firmware/detect/labels.h"

namespace sunny16::firmware {

/// Its name as a model's.
inline constexpr std::string_view kOnSensor = "sensor";

class OnSensorDetector final : public Detector {
 public:
  explicit OnSensorDetector(Labels labels = {}, Selection selection = {});

  std::string_view name() const override { return kOnSensor; }
  /// Nothing for a frame without tensors, which come with some frames only.
  std::vector<Detection> detect(const DetectorInput& input) override;

 private:
  Labels labels_;
  Selection selection_;
};

}  // namespace sunny16::firmware
