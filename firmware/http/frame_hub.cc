#include "firmware/http/frame_hub.h"

#include <utility>

namespace sunny16::firmware {

FrameHub::FrameHub(std::function<void(int)> viewers_changed) : viewers_changed_(std::move(viewers_changed)) {}

void FrameHub::publish(std::shared_ptr<const std::vector<std::byte>> jpeg, double unix_time) {
  const std::scoped_lock lock(mutex_);
  newest_ = {std::move(jpeg), unix_time, newest_.number + 1};
  for (const auto& item : viewers_) item.second();
}

StreamFrame FrameHub::newest() const {
  const std::scoped_lock lock(mutex_);
  return newest_;
}

int FrameHub::viewers() const {
  const std::scoped_lock lock(mutex_);
  return static_cast<int>(viewers_.size());
}

void FrameHub::tell_viewers() {
  const std::scoped_lock lock(change_);
  if (viewers_changed_) viewers_changed_(viewers());
}

FrameHub::Viewer::Viewer(FrameHub& hub, std::function<void()> published) : hub_(hub) {
  {
    const std::scoped_lock lock(hub_.mutex_);
    id_ = hub_.next_id_++;
    hub_.viewers_.emplace(id_, std::move(published));
  }
  hub_.tell_viewers();
}

FrameHub::Viewer::~Viewer() {
  {
    const std::scoped_lock lock(hub_.mutex_);
    hub_.viewers_.erase(id_);
  }
  hub_.tell_viewers();
}

}  // namespace sunny16::firmware
