// Keeps detections steady from look to look: a box follows the one that it overlaps most, smoothed; one that is not
// found again is held for a moment, ever less sure; a new one that is not sure must be found twice.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "firmware/control/scene/boxes.h"

namespace sunny16::firmware {

class BoxTracker {
 public:
  static constexpr std::uint64_t kHoldNs = 1'000'000'000;  ///< after a box was found last
  static constexpr double kSure = 0.7;                     ///< confidence that is believed at once

  /// What was found in the picture of this time, which is later than those before.
  void update(std::span<const Detection> found, std::uint64_t time_ns);
  /// What is there, as far as is known at this time: the surest first.
  std::vector<Detection> at(std::uint64_t time_ns) const;
  void clear() { tracks_.clear(); }

 private:
  struct Track {
    Detection detection;
    std::uint64_t seen_ns;
    int times;
  };
  std::vector<Track> tracks_;
};

}  // namespace sunny16::firmware
