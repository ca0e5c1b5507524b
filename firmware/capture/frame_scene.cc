#include "firmware/capture/frame_scene.h"

#include "firmware/control/exposure_estimate.h"

namespace sunny16::firmware {

FrameScene recognise(const hal::RawFrame& frame, const CameraTuning& tuning, const DevelopedFrame& developed,
                     std::span<const Detection> detections) {
  const hal::AppliedSettings& applied = frame.applied;
  SceneFrame seen{.statistics = developed.statistics,
                  .colour_gains = developed.metadata.colour_gains,
                  .camera_to_srgb = developed.metadata.colour_matrix,
                  .colour_temperature = developed.metadata.colour_temperature,
                  .lux = applied.lux,
                  .lens_position = applied.lens_position,
                  .detections = detections};
  if (!seen.lux && has_exposure(applied))
    seen.lux =
        tuning.lux.at({}).estimate(mean_luminance(developed.statistics), *applied.exposure_us, *applied.analogue_gain);
  SceneAwareness awareness;
  awareness.step(seen);
  return {awareness.report(), awareness.hdr()};
}

}  // namespace sunny16::firmware
