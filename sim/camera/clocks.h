// Clocks of a simulated camera: one whose time passes as fast as it is asked for, and that of the machine.
#pragma once

#include <atomic>
#include <chrono>
#include <thread>

#include "hal/api/clock.h"

namespace sunny16::sim {

/// Time passes only while somebody sleeps: a week takes as long as the work that is done in it.
class SimulatedClock final : public hal::Clock {
 public:
  std::uint64_t now_ns() const override { return now_ns_; }
  void sleep_until(std::uint64_t time_ns) override {
    std::uint64_t now = now_ns_;
    while (now < time_ns && !now_ns_.compare_exchange_weak(now, time_ns)) {
    }
  }

 private:
  std::atomic<std::uint64_t> now_ns_{0};
};

class WallClock final : public hal::Clock {
 public:
  std::uint64_t now_ns() const override {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::nanoseconds(now).count());
  }
  void sleep_until(std::uint64_t time_ns) override {
    std::this_thread::sleep_until(std::chrono::steady_clock::time_point(std::chrono::nanoseconds(time_ns)));
  }
};

}  // namespace sunny16::sim
