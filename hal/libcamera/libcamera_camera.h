// A camera of libcamera's: raw frames as its sensor makes them, with our own exposure, white balance and focus.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "hal/api/camera.h"
#include "hal/libcamera/camera_manager.h"
#include "hal/libcamera/frame_form.h"
#include "hal/libcamera/raw_modes.h"
#include "hal/libcamera/raw_stream.h"

namespace sunny16::hal {

/// What may be known of a sensor where its pipeline does not tell.
struct SensorFacts {
  struct LineTime {
    int width, height;  ///< of a mode
    double us;          ///< from row to row
  };
  std::optional<double> black_level{};  ///< on libcamera's 16-bit scale
  std::vector<LineTime> line_times{};   ///< libcamera tells none
};

struct LibcameraOptions {
  unsigned buffers = 4;  ///< wished for; a pipeline may want more or fewer
  BufferSource source = BufferSource::camera;
  int picture_width = 0;  ///< of a picture that the board makes beside each raw frame (RawFrame::board_picture); 0:
                          ///< none. Its colours are then the board's own
};

/// The camera belongs to this process from the first moment on at which no other has it. Deadlines and timestamps are
/// on CLOCK_MONOTONIC (SteadyClock). A stop() that hangs in the driver keeps start(), select() and the destructor
/// waiting, but nothing else.
class LibcameraCamera final : public Camera {
 public:
  /// By id or place in the list of cameras; empty: the first. Throws CameraAbsent, LibcameraError.
  explicit LibcameraCamera(const std::string& name = {}, LibcameraOptions options = {});
  ~LibcameraCamera() override;
  LibcameraCamera(const LibcameraCamera&) = delete;
  LibcameraCamera& operator=(const LibcameraCamera&) = delete;

  /// For a camera that is stopped.
  void assume(SensorFacts facts);

  Started start() override;
  void stop() override;
  NextFrame next(std::uint64_t deadline_ns) override;

  CameraInfo info() const override;
  std::vector<SensorMode> modes() const override;
  SensorMode mode() const override;
  bool select(const SensorMode& mode) override;
  SensorLimits limits() const override;
  Ticket submit(const SensorSettings& settings) override;

 private:
  struct Release {
    void operator()(libcamera::Camera* camera) const { camera->release(); }
  };

  void attach(std::shared_ptr<libcamera::Camera> camera);
  void detach();
  int acquire();
  double line_time_us(const SensorMode& mode, const SensorLimits& limits) const;
  bool configure(const RawMode& mode);
  int begin_run();
  void end_run();

  bool running() const;
  bool disconnected() const;

  void on_completed(libcamera::Request* request);
  void on_disconnected();
  void return_buffers();
  void queue(FrameSlot& slot);
  RawFrame describe(const FrameSlot& slot);

  const LibcameraOptions options_;
  const std::shared_ptr<libcamera::CameraManager> manager_;

  std::mutex lifecycle_;  ///< held while the driver starts, stops or changes modes. Guards what follows; of a camera
                          ///< that runs none of it changes
  std::shared_ptr<libcamera::Camera> camera_;
  std::unique_ptr<libcamera::Camera, Release> acquired_;
  std::unique_ptr<libcamera::CameraConfiguration> configuration_;
  std::vector<RawMode> modes_;
  CameraInfo info_;
  SensorFacts facts_;

  mutable std::mutex mutex_;  ///< guards what follows; no call that waits for the driver is made under it
  std::condition_variable changed_;
  RawMode mode_;
  SensorLimits limits_;
  FrameForm form_;
  bool running_ = false, disconnected_ = false;
  std::unique_ptr<RawStream> stream_;
  std::deque<FrameSlot*> completed_;
  Ticket last_ticket_ = 0, sent_ticket_ = 0;
  SensorSettings submitted_;    ///< since sent_ticket_
  SensorSettings settled_;      ///< all that was sent before
  std::uint64_t sequence_ = 0;  ///< of the last frame: libcamera's, which has 32 bits, carried on
};

}  // namespace sunny16::hal
