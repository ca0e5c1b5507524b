// A camera at work. One thread takes its frames, develops a preview for those who look, steers exposure, white balance
// and focus, keeps the last raw frames for captures, and brings the camera back after a fault. Captures are developed
// and stored on a thread of their own.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "firmware/capture/capture_library.h"
#include "firmware/capture/session_error.h"
#include "firmware/capture/session_listener.h"
#include "firmware/capture/session_types.h"
#include "firmware/control/control_metadata.h"
#include "firmware/detect/detector.h"
#include "firmware/looks/look.h"
#include "firmware/tuning/camera_tuning.h"
#include "hal/api/camera.h"
#include "hal/api/clock.h"

namespace sunny16::firmware {

struct SessionOptions {
  int preview_width = 1920;    ///< at most; the height follows. 0: the frame's
  int preview_quality = 80;    ///< JPEG
  bool full_preview = true;    ///< the full line for the preview, not the lite one
  bool board_preview = false;  ///< the board's picture for the preview, of cameras that give it
  bool preview_look = true;    ///< the preview shows the look; pictures always have it
  int threads = 2;
  std::size_t ring_frames = 8;                 ///< raw frames kept for zero shutter lag
  std::uint64_t no_frames_ns = 500'000'000;    ///< silence beyond two frames' time that is a fault
  std::uint64_t stalled_ns = 800'000'000;      ///< a driver call that takes longer is a fault
  std::uint64_t hopeless_ns = 15'000'000'000;  ///< one that takes this long makes the session unhealthy
  std::uint64_t retry_ns = 500'000'000;        ///< between attempts to start a camera that is away or busy
  Detectors detectors{};
  std::uint64_t detect_ns = 200'000'000;       ///< between looks of the detectors, at least
  std::function<double()> time_of_day{};       ///< Unix time, s; empty: the system's
  /// The tuning of a camera that was not there at first, by its model; empty: the session's. May throw.
  std::function<CameraTuning(const std::string&)> tuning_of_model{};
};

struct SessionLoop;

/// All but run() may be called from any thread.
class CameraSession {
 public:
  /// The library, the clock and the listener outlive the session.
  CameraSession(std::unique_ptr<hal::Camera> camera, std::shared_ptr<hal::Clock> clock, CameraTuning tuning,
                CaptureLibrary& library, SessionListener& listener, SessionOptions options = {});
  ~CameraSession();

  /// Works until stop(). turn() is one round of it: at most one frame, or one wait; for tests on a simulated clock.
  void run();
  void turn();
  void stop();

  SessionStatus status() const;
  /// Tells of a driver's call that does not return. To be called a few times a second from another thread than run()'s.
  void supervise();
  /// For a watchdog: false once such a call has taken hopelessly long.
  bool healthy() const;

  std::vector<ModeInfo> modes() const;
  /// The stream goes on in the mode, one of modes() by its index. Throws SessionError.
  void select_mode(std::size_t index);

  Controls controls() const;
  void set_controls(const Controls& controls);  ///< shows on the next frames
  void act(FocusAction action);
  hal::SensorLimits limits() const;
  ControlMetadata metadata() const;  ///< of the last frame

  DetectionReport detections() const;
  /// From the next look on.
  void set_detectors(Detectors detectors);

  CameraTuning tuning() const;
  /// Applies from the next frame on; returns its version. The line takes every tuning that can be read.
  int set_tuning(CameraTuning tuning);
  /// Tells that a tuning could not be read, so that the one in use stays.
  void reject_tuning(const std::string& why);
  /// The tuning before; throws SessionError (conflict) where there is none.
  int roll_back_tuning();

  /// Shows on the next frames, with a strength 0..1; null: none.
  void set_look(std::shared_ptr<const Look> look, double strength = 1);
  std::shared_ptr<const Look> look() const;
  double look_strength() const;

  /// Without viewers the line only counts statistics.
  void set_viewers(int count);

  /// Returns the capture's id. Throws SessionError.
  std::string start_capture(const CaptureRequest& request);
  /// What is stored stays. Throws SessionError (not_found, or conflict where it is over).
  void cancel_capture(const std::string& id);
  /// Of this run; those of earlier ones are in the library.
  std::vector<CaptureInfo> captures() const;

 private:
  std::unique_ptr<SessionLoop> loop_;
};

}  // namespace sunny16::firmware
