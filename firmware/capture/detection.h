// Detectors look at a frame.
#pragma once

#include "firmware/capture/frame_line.h"
#include "firmware/detect/detector.h"
#include "firmware/output/picture_info.h"

namespace sunny16::firmware {

/// What the line makes for detectors: a small picture of the whole frame, 8-bit RGB, as the sensor sees it.
isp::OutputRequest detection_output(const hal::RawFrame& frame, isp::Profile profile);

struct DetectionTask {
  Picture picture{};    ///< of detection_output
  int orientation = 1;  ///< EXIF: what makes it upright
  std::shared_ptr<const hal::NetworkOutput> on_sensor{};
  std::uint64_t timestamp_ns = 0;  ///< RawFrame::timestamp_ns
  bool faces = true;               ///< FaceDetectMode
};
DetectionTask detection_task(const hal::RawFrame& frame, Picture picture);

struct DetectionResult {
  std::vector<Detection> found{};  ///< boxes as fractions of the frame's picture, as the sensor sees it
  std::string error{};             ///< why a detector found nothing; empty: none failed
};
/// The faces among what was found in a frame, in a picture of it: the part `crop` of the frame (x, y, width and height
/// as fractions), turned, of this size.
FaceRegions face_regions(const std::vector<Detection>& found, const std::array<double, 4>& crop, Orientation turned,
                         int width, int height);

DetectionResult detect(const Detectors& detectors, DetectionTask task);

}  // namespace sunny16::firmware
