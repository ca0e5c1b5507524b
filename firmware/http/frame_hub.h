// The newest preview picture for everyone who looks. A viewer takes it when it can; whoever cannot keep up loses
// pictures for itself alone, and nothing is ever queued.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace sunny16::firmware {

struct StreamFrame {
  std::shared_ptr<const std::vector<std::byte>> jpeg;
  double unix_time = 0;      ///< when its exposure began, s
  std::uint64_t number = 0;  ///< counts what was published, from 1; gaps are pictures that a viewer did not take
};

/// Called from any thread.
class FrameHub {
 public:
  /// `viewers_changed` gets the number of viewers whenever it changes, one call at a time, on the thread of whoever
  /// comes or goes; it must not wait.
  explicit FrameHub(std::function<void(int)> viewers_changed = {});

  /// Does not wait for viewers.
  void publish(std::shared_ptr<const std::vector<std::byte>> jpeg, double unix_time);
  /// Without a picture (number 0) before the first was published.
  StreamFrame newest() const;
  int viewers() const;

  /// Counts as a viewer as long as it lives; the hub must live longer. `published` is called by publish() after each
  /// picture; it must not wait, nor call the hub.
  class Viewer {
   public:
    Viewer(FrameHub& hub, std::function<void()> published);
    ~Viewer();
    Viewer(const Viewer&) = delete;
    Viewer& operator=(const Viewer&) = delete;

   private:
    FrameHub& hub_;
    std::uint64_t id_;
  };

 private:
  void tell_viewers();

  mutable std::mutex mutex_;
  std::mutex change_;  // the last call of viewers_changed_ tells the last number
  const std::function<void(int)> viewers_changed_;
  StreamFrame newest_;
  std::map<std::uint64_t, std::function<void()>> viewers_;
  std::uint64_t next_id_ = 0;
};

}  // namespace sunny16::firmware
