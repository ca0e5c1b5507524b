// Develops and stores captures on a thread of its own, so that a slow disk delays no preview.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "firmware/capture/capture_job.h"
#include "firmware/capture/capture_library.h"
#include "firmware/capture/frame_line.h"
#include "firmware/tuning/camera_tuning.h"

namespace sunny16::firmware {

/// A picture to be made, with all that may have changed since by the time it is.
struct Still {
  std::string id;
  Shot shot;
  CaptureRequest request;
  std::shared_ptr<const CameraTuning> tuning;
  Adjustments adjustments;
  std::shared_ptr<const Look> look;
  LookUse look_use{};
  std::array<double, 4> crop{0, 0, 1, 1};  ///< ScalerCrop
  std::string date_time;                   ///< "YYYY:MM:DD HH:MM:SS"
  int threads = 1;
};

class CaptureWorker {
 public:
  /// Memory of frames that wait; a burst that is faster than the disk waits for it.
  static constexpr std::size_t kMostWaitingBytes = std::size_t{512} << 20;

  /// Called on the worker's thread: a still's files, or why there are none.
  using Stored = std::function<void(const Still&, const std::vector<CaptureFile>&, const std::string& error)>;

  CaptureWorker(CaptureLibrary& library, Stored stored);
  /// Finishes what waits.
  ~CaptureWorker();

  /// False: too much waits.
  bool add(Still still);
  /// Does something else that may wait for the disk, before the stills that wait.
  void post(std::function<void()> task);
  /// Forgets the stills of a capture that wait.
  void drop(const std::string& id);

 private:
  void work();
  std::function<void()> next_task();
  void finish(const Still& still);
  std::vector<CaptureFile> store(const Still& still);

  CaptureLibrary& library_;
  const Stored stored_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  std::deque<Still> waiting_;
  std::size_t waiting_bytes_ = 0;
  bool ending_ = false;
  std::thread thread_;
};

/// The output of a frame of the line for ScalerCrop: x, y, width and height as fractions; at most `width` wide (0: as
/// it is).
isp::OutputRequest cropped_output(const hal::RawFrame& frame, isp::Profile profile, const std::array<double, 4>& crop,
                                  isp::OutputFormat format, int width);

}  // namespace sunny16::firmware
