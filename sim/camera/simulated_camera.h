// A simulated camera module as a camera of the hal: its frames, its delays, and what goes wrong with it.
#pragma once

#include <deque>
#include <memory>
#include <mutex>

#include "hal/api/camera.h"
#include "hal/api/clock.h"
#include "sim/camera/fault_timeline.h"
#include "sim/camera/frame_light.h"
#include "sim/camera/sensor_control.h"

namespace sunny16::sim {

struct CameraOptions {
  int buffers = 4;                           ///< 2..6
  isp::Packing packing = isp::Packing::u16;  ///< with at least as many bits as the mode
  hal::SensorSettings first{.exposure_us = 10000, .analogue_gain = 1};
  double sensor_temperature_c = 35;
  std::uint64_t seed = 1, serial = 1;  ///< see Exposure
  int threads = 1;
  FaultScript faults{};
  int picture_width = 0;  ///< of a picture that the board makes beside each frame; 0: none
};

/// One frame period after the other, of as many lines as the frame has. At its end the first row's exposure ends and
/// its readout begins: then the frame takes the next request, whose commands are written to the sensor, and shows them
/// after the delays of SensorControl. The frame is there when its last row has been read. So a command that is
/// submitted on the arrival of a frame shows `buffers` and the control's delay frames after it.
///
/// The scene's time is 0 when the camera is made. The same commands at the same times give the same bytes, whatever
/// the number of threads; nothing is drawn of frames that nobody takes.
class SimulatedCamera final : public hal::Camera {
 public:
  /// Throws SimulationError.
  SimulatedCamera(BenchSetup setup, std::shared_ptr<hal::Clock> clock, CameraOptions options);

  hal::Started start() override;
  void stop() override;
  hal::NextFrame next(std::uint64_t deadline_ns) override;

  hal::CameraInfo info() const override;
  std::vector<hal::SensorMode> modes() const override;
  hal::SensorMode mode() const override;
  bool select(const hal::SensorMode& mode) override;
  hal::SensorLimits limits() const override;
  hal::Ticket submit(const hal::SensorSettings& settings) override;

 private:
  /// Commands on their way to the sensor.
  struct Request {
    hal::Ticket ticket = 0;  ///< 0: none
    hal::SensorSettings settings{};
  };
  /// A frame that was read out, before it is drawn.
  struct Shot {
    std::uint64_t frame, sequence;
    hal::Ticket ticket;
    SensorRegisters registers;
    std::uint64_t exposed_ns, ready_ns;  ///< when the first row's exposure began, and when all is read
    std::vector<FaultEvent> damage;
  };
  /// Owns a frame's samples; lives while anybody holds the frame.
  struct Buffer {
    std::shared_ptr<const void> bytes;
  };

  std::uint64_t time_ns(std::uint64_t lines) const;
  std::uint64_t next_read_ns() const { return time_ns(lines_ + duration_lines()); }
  std::uint64_t duration_lines() const { return static_cast<std::uint64_t>(control_.duration_lines(registers_)); }
  void advance(std::uint64_t now_ns);
  void read_out(std::uint64_t read_ns);
  void return_buffers();
  hal::RawFrame render(const Shot& shot);

  void draw_ahead();
  hal::SensorMode described(const SensorMode& mode) const;

  BenchSetup setup_;  ///< its mode changes while the camera is stopped
  const std::shared_ptr<hal::Clock> clock_;
  const CameraOptions options_;
  const std::uint64_t made_ns_;
  std::optional<FrameLight> light_;  ///< used by the thread that takes frames

  mutable std::mutex mutex_;  ///< guards what follows
  SensorControl control_;
  hal::Ticket last_ticket_ = 0;
  Request submitted_;
  std::deque<Request> queue_;
  std::deque<Shot> shots_;
  std::vector<std::weak_ptr<Buffer>> held_;

  bool running_ = false;
  std::uint64_t started_ns_ = 0, lines_ = 0;  ///< of this run; lines read before the coming frame's period
  std::uint64_t frame_ = 0, sequence_ = 0;
  hal::Ticket ticket_ = 0;
  SensorRegisters registers_;  ///< of the coming frame

  FaultTimeline faults_;
};

/// The camera, which open() finds later where its faults have it absent; its time then begins with its making. Throws
/// SimulationError.
std::unique_ptr<hal::Camera> open_simulated_camera(BenchSetup setup, std::shared_ptr<hal::Clock> clock,
                                                   CameraOptions options);

}  // namespace sunny16::sim
