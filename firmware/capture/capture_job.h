// A capture that is going on: which settings it needs of the sensor, and which frames it takes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "firmware/capture/frame_ring.h"
#include "firmware/capture/session_types.h"
#include "hal/api/sensor.h"

namespace sunny16::firmware {

/// A frame that is to become a picture.
struct Shot {
  int picture = 1;  ///< counts from 1
  std::shared_ptr<const KeptFrame> kept;
};

class CaptureJob {
 public:
  /// `pressed_ns`: when it was asked for, on the clock of the frames' timestamps.
  CaptureJob(CaptureRequest request, std::uint64_t pressed_ns);

  const CaptureRequest& request() const { return request_; }
  /// Pictures that it takes in all.
  int total() const;

  /// What the sensor must have for the next picture; nothing where automatic control goes on. It is sent as long as
  /// it is not seen applied.
  std::optional<hal::SensorSettings> wanted() const;

  /// The frames to keep, now that `newest` has come. Throws SessionError where the sensor does not take the settings.
  std::vector<Shot> on_frame(const std::shared_ptr<const KeptFrame>& newest, const FrameRing& ring,
                             const hal::SensorLimits& limits);
  bool taken_all() const { return taken_ == total(); }

 private:
  void plan(const KeptFrame& metered, const hal::SensorLimits& limits);
  bool has_settings(const hal::AppliedSettings& applied) const;

  CaptureRequest request_;
  std::uint64_t pressed_ns_;
  std::uint64_t next_ns_ = 0;                 ///< when a time lapse takes its next picture
  std::vector<hal::SensorSettings> planned_;  ///< of a bracket's or a manual picture's frames
  std::optional<FrameDecisions> decisions_;   ///< how they are developed
  int taken_ = 0, waited_ = 0;
};

}  // namespace sunny16::firmware
