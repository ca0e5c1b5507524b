// Detectors at work on a thread of their own: they look at a picture now and then, never keep a frame waiting, and what
// they found is held from look to look.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "firmware/capture/detection.h"
#include "firmware/control/scene/box_tracker.h"

namespace sunny16::firmware {

class DetectionWorker {
 public:
  /// What is known after a look. Called on the worker's thread.
  struct Seen {
    std::vector<Detection> known{};
    std::string error{};  ///< why a detector failed; empty: none did
    std::uint64_t timestamp_ns = 0;
    int orientation = 1;
  };
  using Tell = std::function<void(const Seen& seen)>;

  /// Looks are at least `interval_ns` apart, in the frames' time.
  DetectionWorker(Detectors detectors, std::uint64_t interval_ns, Tell tell);
  ~DetectionWorker();

  Detectors detectors() const;
  /// From the next look on; what was known is forgotten.
  void set_detectors(Detectors detectors);

  /// Whether a frame of this time is to be looked at: there are detectors, they are idle, and it is time.
  bool wants(std::uint64_t timestamp_ns) const;
  void look_at(DetectionTask task);
  /// The surest first.
  std::vector<Detection> known(std::uint64_t timestamp_ns) const;

 private:
  void work();

  const std::uint64_t interval_ns_;
  const Tell tell_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Detectors detectors_;
  BoxTracker tracker_;
  std::optional<DetectionTask> task_;
  std::optional<std::uint64_t> last_ns_;
  int generation_ = 0;  ///< counts the sets of detectors
  bool busy_ = false, ending_ = false;
  std::thread thread_;  ///< last: it uses the others
};

}  // namespace sunny16::firmware
