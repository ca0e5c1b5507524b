// How long each pass of the line takes.
#pragma once

#include <chrono>
#include <vector>

#include "isp/pipeline/executor.h"

namespace sunny16::sim {

/// Adds up the wall time between begin and end for each pass: the processor's clock would take longer to read than many a row takes.
class PassTimes final : public isp::PassObserver {
 public:
  explicit PassTimes(std::size_t nodes) : seconds_(nodes) {}
  void begin(int) override { start_ = Clock::now(); }
  void end(int node) override { seconds_[static_cast<std::size_t>(node)] += std::chrono::duration<double>(Clock::now() - start_).count(); }
  const std::vector<double>& seconds() const { return seconds_; }

 private:
  using Clock = std::chrono::steady_clock;
  std::vector<double> seconds_;
  Clock::time_point start_;
};

}  // namespace sunny16::sim
