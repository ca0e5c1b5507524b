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

/// Both commands as one: `b`'s word counts where both say something. What is not a number is passed over.
inline SensorSettings merged(const SensorSettings& a, const SensorSettings& b) {
  const auto number = [](double v) { return v == v; };
  const auto last = [&](const auto& first, const auto& second) { return second && number(*second) ? second : first; };
  SensorSettings both{.exposure_us = last(a.exposure_us, b.exposure_us),
                      .analogue_gain = last(a.analogue_gain, b.analogue_gain),
                      .frame_duration_us = a.frame_duration_us,
                      .lens_position = last(a.lens_position, b.lens_position)};
  if (const auto& range = b.frame_duration_us; range && number(range->minimum) && number(range->maximum))
    both.frame_duration_us = range;
  return both;
}

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
