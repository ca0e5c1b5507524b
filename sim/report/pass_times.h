// How long each pass of the line takes.
#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

#include "isp/pipeline/executor.h"

namespace sunny16::sim {

/// Notes the wall time of each call of each pass: the processor's clock would take longer to read than many a row
/// takes.
class PassTimes final : public isp::PassObserver {
 public:
  explicit PassTimes(std::size_t nodes) : calls_(nodes) {}
  void begin(int) override { start_ = Clock::now(); }
  void end(int node) override {
    calls_[static_cast<std::size_t>(node)].push_back(std::chrono::duration<float>(Clock::now() - start_).count());
  }

  std::size_t calls(std::size_t node) const { return calls_[node].size(); }

  /// All calls of a pass. They take about the same time; one that took ten times the median was interrupted, and counts
  /// as so much.
  double seconds(std::size_t node) const {
    std::vector<float> calls = calls_[node];
    if (calls.empty()) return 0;
    const auto middle = calls.begin() + static_cast<std::ptrdiff_t>(calls.size() / 2);
    std::nth_element(calls.begin(), middle, calls.end());
    const float most = 10 * *middle;
    double sum = 0;
    for (const float call : calls) sum += static_cast<double>(std::min(call, most));
    return sum;
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::vector<std::vector<float>> calls_;
  Clock::time_point start_;
};

}  // namespace sunny16::sim
