// The machine's monotonic clock: CLOCK_MONOTONIC, on which libcamera stamps its frames too.
#pragma once

#include <chrono>
#include <thread>

#include "hal/api/clock.h"

namespace sunny16::hal {

class SteadyClock final : public Clock {
 public:
  std::uint64_t now_ns() const override {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::nanoseconds(now).count());
  }
  void sleep_until(std::uint64_t time_ns) override {
    std::this_thread::sleep_until(std::chrono::steady_clock::time_point(std::chrono::nanoseconds(time_ns)));
  }
};

}  // namespace sunny16::hal
