#include "firmware/control/scene/scene.h"

namespace sunny16::firmware {

void SceneAwareness::restart() {
  motion_.restart();
  tracker_.restart();
  hdr_.restart();
}

void SceneAwareness::step(const SceneFrame& frame) {
  const ScenePicture picture = scene_picture(frame.statistics, frame.colour_gains, frame.camera_to_srgb);
  if (picture.empty) return;
  report_.motion = motion_.step(picture, frame.exposure);
  report_.statistics = scene_statistics(frame, picture);
  tracker_.step(classify(scene_inputs(report_.statistics)), report_.motion.turned(), frame.timestamp_ns);
  report_.kind = tracker_.guess().kind, report_.confidence = tracker_.guess().confidence;
  report_.advice = scene_advice(tracker_.guess(), report_.statistics);
  hdr_.step(report_.statistics, report_.motion, frame.timestamp_ns);
}

}  // namespace sunny16::firmware
