// A clock whose time passes as fast as it is asked for.
#pragma once

#include <atomic>

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

}  // namespace sunny16::sim
