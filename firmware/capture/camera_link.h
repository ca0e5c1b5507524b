// Keeps a camera running: starts it, waits for its frames, notices what goes wrong, and starts it again. Nothing that a
// camera does is an error of the program; it is a state, and a problem that is told.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "firmware/capture/problem_list.h"
#include "hal/api/camera.h"
#include "hal/api/clock.h"

namespace sunny16::firmware {

/// How long things may take, in nanoseconds.
struct LinkTiming {
  std::uint64_t no_frames = 500'000'000;    ///< silence beyond two frames' time that is a fault
  std::uint64_t stalled = 800'000'000;      ///< a driver's call that takes longer is a fault
  std::uint64_t hopeless = 15'000'000'000;  ///< one that takes this long will not return
  std::uint64_t retry = 500'000'000;        ///< between attempts to start a camera that is away or busy
};

struct LinkCounters {
  std::uint64_t frames = 0, lost = 0, restarts = 0;
  double fps = 0;
  std::uint64_t last_frame_ns = 0;  ///< when it came; 0: none yet
};

class CameraLink {
 public:
  /// `before_start` may submit what the first frame shall have; the camera is there then, and its modes are known.
  CameraLink(std::unique_ptr<hal::Camera> camera, std::shared_ptr<hal::Clock> clock, LinkTiming timing,
             ProblemList& problems, SessionListener& listener, std::function<void()> before_start);

  hal::Camera& camera() { return *camera_; }
  const hal::Camera& camera() const { return *camera_; }

  // By the thread that takes the frames:

  /// One round: a frame; or nothing, after a tenth of a second at most.
  std::optional<hal::RawFrame> turn();
  /// Submits, and remembers how long a frame may then take.
  hal::Ticket submit(const hal::SensorSettings& settings);
  /// The next run has another mode. False: the camera refuses it, and goes on as it was.
  bool change_mode(const hal::SensorMode& mode);
  void stop();

  // By any thread:

  CameraState state() const;
  LinkCounters counters() const;
  void supervise();
  bool healthy() const;

 private:
  struct Call {
    const char* name = nullptr;  ///< null: none
    std::uint64_t due_ns = 0;    ///< when it should have returned
  };
  struct Command {
    std::uint64_t frame_ns;
    int frames_left;
  };

  template <class F>
  auto call(const char* name, std::uint64_t due_ns, F&& f);
  std::uint64_t late_ns() const;  ///< by how much the driver's call is late
  void enter(CameraState state);
  void begin();
  void try_later(std::uint64_t wait_ns, CameraState state, const char* code, const std::string& message);
  void restart_after(CameraState state, const char* code, const std::string& message);
  std::uint64_t longest_frame_ns() const;
  void note(const hal::RawFrame& frame);

  const std::unique_ptr<hal::Camera> camera_;
  const std::shared_ptr<hal::Clock> clock_;
  const LinkTiming timing_;
  ProblemList& problems_;
  SessionListener& listener_;
  const std::function<void()> before_start_;

  bool streaming_ = false;
  std::uint64_t retry_at_ns_ = 0, last_sign_ns_ = 0;
  std::optional<std::uint64_t> last_sequence_;
  std::uint64_t last_timestamp_ns_ = 0, applied_frame_ns_ = 0;
  std::deque<Command> commands_;

  mutable std::mutex mutex_;  ///< guards what follows
  CameraState state_ = CameraState::stopped;
  Call call_;
  LinkCounters counters_;
};

}  // namespace sunny16::firmware
