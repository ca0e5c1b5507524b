#include "sim/cli/survey.h"

#include "sim/cli/table.h"

namespace sunny16::cli {

Survey survey_of(const hal::RawFrame& frame, const firmware::CameraTuning& tuning, firmware::FrameRequest request,
                 firmware::Orientation upright, const firmware::Detectors& detectors) {
  Survey survey;
  request.statistics = true;
  request.look = nullptr;
  request.outputs.clear();
  firmware::DevelopedFrame developed;
  if (detectors.empty()) {
    developed = prepare_frame(frame, tuning, request);
  } else {
    request.outputs = {firmware::detection_output(frame, request.profile)};
    developed = run_frame(frame, tuning, request);
    firmware::DetectionTask task = detection_task(frame, std::move(developed.pictures.front()));
    task.orientation = upright.to_exif();
    firmware::DetectionResult result = detect(detectors, std::move(task));
    if (!result.error.empty()) throw firmware::DetectorError(result.error);
    survey.detections = std::move(result.found);
  }
  survey.scene = recognise(frame, tuning, developed, survey.detections);
  return survey;
}

std::string text_of(const firmware::FrameScene& scene) {
  const auto kind = isp::EnumNames<firmware::SceneKind>::names[static_cast<std::size_t>(scene.report.kind)];
  const auto hdr = isp::EnumNames<firmware::HdrMode>::names[static_cast<std::size_t>(scene.hdr.mode)];
  return format("%s (%.2f), %s (%s)", std::string(kind).c_str(), scene.report.confidence, std::string(hdr).c_str(),
                scene.hdr.reason.c_str());
}

}  // namespace sunny16::cli
