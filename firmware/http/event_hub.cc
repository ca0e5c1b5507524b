#include "firmware/http/event_hub.h"

#include <algorithm>
#include <utility>

namespace sunny16::firmware {

EventHub::EventHub(std::size_t queue_length) : queue_length_(queue_length) {}

void EventHub::publish(std::string json, Importance importance) {
  const Listener::Message message{std::make_shared<const std::string>(std::move(json)), importance};
  const std::scoped_lock lock(mutex_);
  for (Listener* listener : listeners_) listener->add(message);
}

int EventHub::listeners() const {
  const std::scoped_lock lock(mutex_);
  return static_cast<int>(listeners_.size());
}

void EventHub::dismiss() {
  const std::scoped_lock lock(mutex_);
  for (Listener* listener : listeners_) {
    listener->dismissed_ = true;
    listener->published_();
  }
}

EventHub::Listener::Listener(EventHub& hub, std::function<void()> published)
    : hub_(hub), published_(std::move(published)) {
  const std::scoped_lock lock(hub_.mutex_);
  hub_.listeners_.push_back(this);
}

EventHub::Listener::~Listener() {
  const std::scoped_lock lock(hub_.mutex_);
  std::erase(hub_.listeners_, this);
}

void EventHub::Listener::add(const Message& message) {
  if (overflowed_) return;
  if (queue_.size() >= hub_.queue_length_)
    std::erase_if(queue_, [](const Message& waiting) { return waiting.importance == Importance::statistics; });
  if (queue_.size() < hub_.queue_length_) {
    queue_.push_back(message);
  } else if (message.importance == Importance::event) {
    queue_.clear();
    overflowed_ = true;
  }
  published_();
}

std::shared_ptr<const std::string> EventHub::Listener::next() {
  const std::scoped_lock lock(hub_.mutex_);
  if (queue_.empty()) return nullptr;
  auto text = std::move(queue_.front().text);
  queue_.pop_front();
  return text;
}

bool EventHub::Listener::overflowed() const {
  const std::scoped_lock lock(hub_.mutex_);
  return overflowed_;
}

bool EventHub::Listener::dismissed() const {
  const std::scoped_lock lock(hub_.mutex_);
  return dismissed_;
}

}  // namespace sunny16::firmware
