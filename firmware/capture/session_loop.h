// The work of a camera session's thread, and what it shares with others.
#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "firmware/capture/camera_link.h"
#include "firmware/capture/camera_session.h"
#include "firmware/capture/capture_book.h"
#include "firmware/capture/capture_job.h"
#include "firmware/capture/capture_worker.h"
#include "firmware/capture/detection_worker.h"
#include "firmware/capture/frame_ring.h"
#include "firmware/capture/problem_list.h"
#include "firmware/capture/thumbnail_track.h"
#include "firmware/control/controller.h"

namespace sunny16::firmware {

/// See CameraSession. Its members are named by who may use them.
struct SessionLoop {
  static constexpr const char* kStorage = "storage.failed";

  SessionLoop(std::unique_ptr<hal::Camera> camera, std::shared_ptr<hal::Clock> clock_, CameraTuning tuning_,
              CaptureLibrary& library_, SessionListener& listener_, SessionOptions options_);

  void prepare_run();
  void meet_camera();
  void turn();
  void probe();
  void take_orders();
  void take_frame(hal::RawFrame frame);
  void show(const hal::RawFrame& frame, Picture picture);
  void steer(const hal::RawFrame& frame, const DevelopedFrame& developed, bool trusted);
  void detected(const DetectionWorker::Seen& seen);
  void capture(const std::shared_ptr<const KeptFrame>& kept);
  bool ready_to_take(const KeptFrame& kept);
  void end_job();
  void fail_job(const std::string& error);
  void stored(const Still& still, const std::string& error);
  void tell_statistics(const hal::RawFrame& frame, const isp::Statistics& statistics);

  double unix_time(std::uint64_t time_ns) const {
    return options.time_of_day() - 1e-9 * (static_cast<double>(clock->now_ns()) - static_cast<double>(time_ns));
  }

  // What never changes.
  const std::shared_ptr<hal::Clock> clock;
  CaptureLibrary& library;
  SessionListener& listener;
  const SessionOptions options;
  const std::uint64_t began_ns;

  // What belongs to the thread that takes the frames.
  std::string model;  ///< the camera's; empty: it was never there
  hal::AppliedSettings last_good;
  FrameRing ring;
  ThumbnailTrack thumbnail;
  std::uint64_t number = 0, statistics_ns = 0, probe_ns = 0;
  struct Job {
    std::string id;
    CaptureJob capture;
    std::optional<hal::SensorMode> back_to;  ///< the stream's mode, where another was chosen for the picture
    int settling = 0;
    bool commanded = false;
  };
  std::optional<Job> job;

  // What any thread may look at.
  mutable std::mutex mutex;
  bool ending = false;
  Controls controls;
  std::optional<Controls> new_controls;
  std::vector<FocusAction> actions;
  std::shared_ptr<const CameraTuning> tuning, tuning_before;
  bool new_tuning = false;
  std::shared_ptr<const Look> look;
  double look_strength = 1;  ///< the user's
  int tuning_version = 1;
  std::optional<hal::SensorMode> new_mode;
  std::deque<std::pair<std::string, CaptureJob>> ordered;
  std::vector<std::string> cancelled;
  std::string capturing;
  std::shared_ptr<const KeptFrame> newest;
  ControlMetadata control_metadata;
  DetectionReport detections;
  hal::SensorMode mode;
  hal::SensorLimits limits;
  double line_ms = 0, encode_ms = 0;
  std::atomic<int> viewers{0};
  std::atomic<bool> probing{false};

  ProblemList problems;
  Controller controller;
  CameraLink link;
  CaptureBook book;
  CaptureWorker worker;  ///< after what its thread uses
  DetectionWorker detection;
};

}  // namespace sunny16::firmware
