// Time as a camera counts it.
#pragma once

#include <cstdint>

namespace sunny16::hal {

/// A monotonic clock: it is never set back, and says nothing about the time of day. Called from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  /// Nanoseconds since a moment that never changes.
  virtual std::uint64_t now_ns() const = 0;
  /// Returns when now_ns() has reached `time_ns`; at once if it has.
  virtual void sleep_until(std::uint64_t time_ns) = 0;
};

}  // namespace sunny16::hal
