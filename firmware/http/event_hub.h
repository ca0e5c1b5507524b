// Events for everyone who listens, as JSON texts. Each listener has a short queue: when it is full, statistics make
// room first, and a listener that cannot take what is left is closed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace sunny16::firmware {

enum class Importance : std::uint8_t {
  statistics,  ///< soon followed by newer ones: may be left out
  event,       ///< must arrive, or the listener is told by being closed
};

/// Called from any thread.
class EventHub {
 public:
  explicit EventHub(std::size_t queue_length = 64);

  /// Does not wait for listeners.
  void publish(std::string json, Importance importance);
  int listeners() const;
  /// Those who listen now shall end: see Listener::dismissed().
  void dismiss();

  /// Gets what is published while it lives; the hub must live longer. `published` is called by publish(); it must not
  /// wait, nor call the hub.
  class Listener {
   public:
    Listener(EventHub& hub, std::function<void()> published);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// The oldest text that waits; null: none.
    std::shared_ptr<const std::string> next();
    /// True once an event found no room: from then on the listener gets nothing.
    bool overflowed() const;
    bool dismissed() const;

   private:
    friend EventHub;
    struct Message {
      std::shared_ptr<const std::string> text;
      Importance importance;
    };

    void add(const Message& message);  // under the hub's mutex

    EventHub& hub_;
    const std::function<void()> published_;
    std::deque<Message> queue_;
    bool overflowed_ = false, dismissed_ = false;
  };

 private:
  mutable std::mutex mutex_;
  const std::size_t queue_length_;
  std::vector<Listener*> listeners_;
};

}  // namespace sunny16::firmware
