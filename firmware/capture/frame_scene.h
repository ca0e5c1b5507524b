// What a single frame shows, without those before it: for files, and for what the classifier learns from.
#pragma once

#include "firmware/capture/frame_line.h"
#include "firmware/control/scene/scene.h"

namespace sunny16::firmware {

struct FrameScene {
  SceneReport report;
  HdrChoice hdr;
};

/// `developed` is the frame's, with its statistics. Illuminance is the frame's own, or else the tuning's estimate where
/// the frame says how it was exposed.
FrameScene recognise(const hal::RawFrame& frame, const CameraTuning& tuning, const DevelopedFrame& developed,
                     std::span<const Detection> detections);

}  // namespace sunny16::firmware
