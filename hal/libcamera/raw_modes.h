// The modes in which a camera of libcamera delivers raw frames that our line can read.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <libcamera/camera.h>

#include "hal/api/sensor.h"
#include "hal/libcamera/frame_form.h"
#include "hal/libcamera/raw_format.h"

namespace sunny16::hal {

/// A mode, and what to ask libcamera for so that it is the one that comes.
struct RawMode {
  SensorMode mode;  ///< its bits are the sensor's, which a format of more bits may carry
  SampleFormat asked;
};

/// Whether both name the same mode.
bool same_mode(const SensorMode& a, const SensorMode& b);

/// What is wished for besides a mode.
struct StreamWishes {
  unsigned buffers = 0;   ///< at least so many, if the pipeline agrees
  int picture_width = 0;  ///< of the board's own picture beside each raw frame, whose height follows; 0: none
};

/// A configuration of one raw stream, and one of pictures where they are wished for, as the camera's pipeline would
/// have it.
struct RawConfiguration {
  std::unique_ptr<libcamera::CameraConfiguration> configuration;
  SampleFormat format;
  std::optional<PictureForm> picture;
};

/// Null where the pipeline has no such mode, would deliver the frames compressed, or gives no pictures beside them.
RawConfiguration configure_mode(libcamera::Camera& camera, const RawMode& mode, const StreamWishes& wishes);

/// Unpacked modes first, each kind in the pipeline's order. Where a pipeline packs rows in a way of its own (the
/// Raspberry Pi 5 compresses them), the same samples are asked for unpacked. Frame durations are known where the camera
/// is acquired. Throws LibcameraError where no mode is left, and says what the camera offers.
std::vector<RawMode> find_raw_modes(libcamera::Camera& camera, bool acquired, int picture_width);

/// The usual one: the smallest that is at least 1920 columns wide, else the widest.
const RawMode& usual_mode(const std::vector<RawMode>& modes);

}  // namespace sunny16::hal
