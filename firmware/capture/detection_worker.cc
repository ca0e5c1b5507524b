#include "firmware/capture/detection_worker.h"

#include <sys/resource.h>
#include <unistd.h>

#include <utility>

namespace sunny16::firmware {

DetectionWorker::DetectionWorker(Detectors detectors, std::uint64_t interval_ns, Tell tell)
    : interval_ns_(interval_ns),
      tell_(std::move(tell)),
      detectors_(std::move(detectors)),
      thread_([this] { work(); }) {}

DetectionWorker::~DetectionWorker() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

Detectors DetectionWorker::detectors() const {
  const std::lock_guard lock(mutex_);
  return detectors_;
}

void DetectionWorker::set_detectors(Detectors detectors) {
  const std::lock_guard lock(mutex_);
  detectors_ = std::move(detectors);
  tracker_.clear();
  ++generation_;
}

bool DetectionWorker::wants(std::uint64_t timestamp_ns) const {
  const std::lock_guard lock(mutex_);
  return !detectors_.empty() && !busy_ && (!last_ns_ || timestamp_ns >= *last_ns_ + interval_ns_);
}

void DetectionWorker::look_at(DetectionTask task) {
  {
    const std::lock_guard lock(mutex_);
    last_ns_ = task.timestamp_ns;
    busy_ = true;
    task_ = std::move(task);
  }
  changed_.notify_all();
}

std::vector<Detection> DetectionWorker::known(std::uint64_t timestamp_ns) const {
  const std::lock_guard lock(mutex_);
  return tracker_.at(timestamp_ns);
}

void DetectionWorker::work() {
  // Frames come first. On Linux a thread has a priority of its own.
  constexpr int kNice = 10;
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNice);
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return ending_ || task_; });
    if (ending_) return;
    DetectionTask task = *std::exchange(task_, std::nullopt);
    const Detectors detectors = detectors_;
    const int generation = generation_;
    Seen seen{.timestamp_ns = task.timestamp_ns, .orientation = task.orientation};
    lock.unlock();
    DetectionResult result = detect(detectors, std::move(task));
    lock.lock();
    if (generation == generation_) tracker_.update(result.found, seen.timestamp_ns);
    seen.known = tracker_.at(seen.timestamp_ns);
    seen.error = std::move(result.error);
    lock.unlock();
    tell_(seen);
    lock.lock();
    busy_ = false;
  }
}

}  // namespace sunny16::firmware
