// From a completed request to a raw frame.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include <libcamera/controls.h>

#include "hal/api/raw_frame.h"
#include "hal/libcamera/picture_stream.h"
#include "hal/libcamera/raw_format.h"

namespace sunny16::hal {

/// What all frames of a run have in common.
struct FrameForm {
  SampleFormat format{};
  int width = 0, height = 0;
  int sensor_bits = 10;
  std::size_t stride = 0;
  int orientation = 1;                  ///< EXIF
  std::optional<double> black_level{};  ///< on a 16-bit scale; of frames whose metadata does not tell
  std::string model{};
  std::optional<PictureForm> picture{};  ///< absent: the camera gives raw frames alone
};

/// When the first row's exposure began. Drivers stamp a frame as it starts to be read, where that row's exposure ends,
/// and SensorTimestamp is that stamp.
std::uint64_t exposure_began_ns(std::uint64_t read_ns, const AppliedSettings& applied);

/// A frame over `samples`, which it does not own, with what the request's metadata says of it. Sequence and ticket are
/// the caller's.
RawFrame raw_frame(const FrameForm& form, std::span<const std::byte> samples, const libcamera::ControlList& metadata);

}  // namespace sunny16::hal
