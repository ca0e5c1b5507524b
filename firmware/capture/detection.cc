#include "firmware/capture/detection.h"

#include <utility>

#include "firmware/capture/capture_worker.h"
#include "firmware/capture/turn.h"
#include "firmware/detect/upright.h"

namespace sunny16::firmware {
namespace {

/// Enough for a face of a tenth of the picture's height.
constexpr int kWidth = 640;

}  // namespace

isp::OutputRequest detection_output(const hal::RawFrame& frame, isp::Profile profile) {
  return cropped_output(frame, profile, {0, 0, 1, 1}, isp::OutputFormat::rgb8, kWidth);
}

DetectionTask detection_task(const hal::RawFrame& frame, Picture picture) {
  return {.picture = std::move(picture),
          .orientation = frame.orientation,
          .on_sensor = frame.network_output,
          .timestamp_ns = frame.timestamp_ns};
}

FaceRegions face_regions(const std::vector<Detection>& found, const std::array<double, 4>& crop, Orientation turned,
                         int width, int height) {
  FaceRegions regions{.width = width, .height = height};
  for (const auto& [label, confidence, box] : found) {
    const Box part = inside_picture(
        {(box[0] - crop[0]) / crop[2], (box[1] - crop[1]) / crop[3], box[2] / crop[2], box[3] / crop[3]});
    if (label == kFace && has_area(part)) regions.boxes.push_back(upright_box(part, turned));
  }
  return regions;
}

DetectionResult detect(const Detectors& detectors, DetectionTask task) {
  const Orientation upright = Orientation::from_exif(task.orientation);
  turn(task.picture, upright);
  const DetectorInput input{
      .rgb = std::as_const(task.picture.planes[0]).view(), .turned = upright, .on_sensor = std::move(task.on_sensor)};
  DetectionResult result;
  for (const auto& detector : detectors) {
    if (!task.faces && detector->name() == kFaceDetector) continue;
    try {
      for (Detection& detection : detector->detect(input)) {
        detection.box = sensor_box(detection.box, upright);
        result.found.push_back(std::move(detection));
      }
    } catch (const std::exception& error) {
      result.error = error.what();
    }
  }
  return result;
}

}  // namespace sunny16::firmware
