// The faults of a script as they begin, befall frames and pass.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "hal/api/raw_frame.h"
#include "sim/camera/fault_script.h"

namespace sunny16::sim {

inline std::uint64_t nanoseconds(double seconds) { return static_cast<std::uint64_t>(1e9 * seconds + 0.5); }

class FaultTimeline {
 public:
  explicit FaultTimeline(const FaultScript& script) : to_come_(script.faults) {}

  /// Begins those whose moment has come: a frame is read out at now_ns, `seconds` after the camera was made.
  void begin(std::uint64_t frame, double seconds, std::uint64_t now_ns);

  /// One that befalls frames or requests and is going on; thereby it has happened once.
  std::optional<FaultEvent> befallen(FaultKind kind);

  bool silent(std::uint64_t now_ns) const { return now_ns < silent_until_ns_; }
  /// Until back() says that the camera has come again.
  bool away() const { return away_until_ns_ > 0; }
  bool back(std::uint64_t now_ns) {
    if (now_ns >= away_until_ns_) away_until_ns_ = 0;
    return !away();
  }
  /// How much longer this stop() takes.
  std::uint64_t take_hang_ns() { return std::exchange(hang_ns_, 0); }

 private:
  static constexpr std::uint64_t kForGood = ~std::uint64_t{0};

  std::vector<FaultEvent> to_come_, going_on_;
  std::uint64_t silent_until_ns_ = 0, away_until_ns_ = 0, hang_ns_ = 0;
};

/// Does to a frame what a fault of its rows or its metadata does. The key chooses random bytes.
void damage(const FaultEvent& fault, std::uint64_t key, hal::RawFrame& frame);

}  // namespace sunny16::sim
