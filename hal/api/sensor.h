// What a camera can be told, in libcamera's terms. Nothing promises when a command shows: RawFrame.applied, which comes
// with each frame, is the only truth.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "isp/core/raw_view.h"

namespace sunny16::hal {

struct Range {
  double minimum = 0, maximum = 0;
};

/// A command. What is absent stays as it was; what the camera cannot do becomes the nearest that it can.
struct SensorSettings {
  std::optional<double> exposure_us{};       ///< ExposureTime
  std::optional<double> analogue_gain{};     ///< AnalogueGain
  std::optional<Range> frame_duration_us{};  ///< FrameDurationLimits: a long exposure may stretch frames to the maximum
  std::optional<double> lens_position{};     ///< LensPosition, dioptres; of no effect where the focus is fixed
};

/// A size and form in which frames can come.
struct SensorMode {
  int width = 0, height = 0;
  int bits = 10;
  isp::Packing packing = isp::Packing::u16;
  Range frame_duration_us{};
};

/// What the settings can be in the mode that is in use.
struct SensorLimits {
  Range exposure_us, analogue_gain, frame_duration_us;
  std::optional<Range> lens_position;  ///< absent: the focus is fixed
  double line_time_us = 0;             ///< from a row's exposure to the next row's; 0: all at once, or not known
};

/// Names a command; later ones are larger, and no command has 0.
using Ticket = std::uint64_t;

/// Called from any thread.
class Sensor {
 public:
  virtual ~Sensor() = default;
  virtual std::vector<SensorMode> modes() const = 0;
  virtual SensorLimits limits() const = 0;
  /// Never waits: the command goes out with the next request. Of several that go out together the last one's word
  /// counts for each setting. Before FrameSource::start() it applies from the first frame on.
  virtual Ticket submit(const SensorSettings& settings) = 0;
};

}  // namespace sunny16::hal
