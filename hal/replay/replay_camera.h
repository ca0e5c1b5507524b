// A folder of recorded frames as a camera: DNG, PNG and raw files in the order of their names, again and again.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "hal/api/camera.h"
#include "hal/api/clock.h"
#include "hal/replay/input_error.h"

namespace sunny16::hal {

struct ReplayOptions {
  double frame_rate = 30;                       ///< 1/s, where the first frame does not say its FrameDuration
  std::size_t memory = std::size_t{512} << 20;  ///< bytes of frames that are kept; the others are read at their time
};

/// Frames come at a steady rate, with what their files say of them, but timestamps and sequence of the run. Who takes
/// them too late loses the oldest; so do files of the later part that cannot be read any more. Commands have no effect.
class ReplayCamera final : public Camera {
 public:
  /// Files beside the frames (JSON, JPEG, and what begins with a dot) are passed over. Throws InputError: no folder, no
  /// frame in it, a frame that cannot be read or has another size or form than the first.
  ReplayCamera(std::filesystem::path folder, std::shared_ptr<Clock> clock, ReplayOptions options = {});

  Started start() override;
  void stop() override;
  NextFrame next(std::uint64_t deadline_ns) override;

  CameraInfo info() const override;
  std::vector<SensorMode> modes() const override { return {mode()}; }
  SensorMode mode() const override;
  bool select(const SensorMode& mode) override;
  SensorLimits limits() const override;
  Ticket submit(const SensorSettings& settings) override;

 private:
  /// Frames that wait for their taker before the oldest is lost.
  static constexpr std::uint64_t kWaiting = 4;

  RawFrame read(std::size_t index) const;
  std::uint64_t ready_ns(std::uint64_t sequence) const { return started_ns_ + (sequence + 1) * period_ns_; }

  const std::filesystem::path folder_;
  const std::shared_ptr<Clock> clock_;
  std::vector<std::filesystem::path> files_;
  std::vector<RawFrame> frames_;  ///< of the first files, as many as memory holds
  std::uint64_t period_ns_ = 0;

  mutable std::mutex mutex_;  ///< guards what follows
  bool running_ = false;
  std::uint64_t started_ns_ = 0, sequence_ = 0;  ///< the coming frame's
  Ticket last_ticket_ = 0;
};

}  // namespace sunny16::hal
