#include "firmware/control/scene/box_tracker.h"

#include <algorithm>

namespace sunny16::firmware {
namespace {

/// Overlap with a box of the look before that makes both the same thing.
constexpr double kSame = 0.2;
/// Part of the way to a new box, and to a new confidence.
constexpr double kFollow = 0.6;

void follow(Detection& tracked, const Detection& found) {
  const auto approach = [](double& value, double target) { value += kFollow * (target - value); };
  approach(tracked.confidence, found.confidence);
  for (std::size_t i = 0; i < 4; ++i) approach(tracked.box[i], found.box[i]);
}

}  // namespace

void BoxTracker::update(std::span<const Detection> found, std::uint64_t time_ns) {
  std::erase_if(tracks_, [&](const Track& track) { return time_ns > track.seen_ns + kHoldNs; });
  for (const Detection& detection : found) {
    Track* best = nullptr;
    double most = kSame;
    for (Track& track : tracks_) {
      if (track.seen_ns == time_ns || track.detection.label != detection.label) continue;
      if (const double common = overlap(track.detection.box, detection.box); common > most)
        best = &track, most = common;
    }
    if (best) {
      follow(best->detection, detection);
      best->seen_ns = time_ns, ++best->times;
    } else {
      tracks_.push_back({detection, time_ns, 1});
    }
  }
}

std::vector<Detection> BoxTracker::at(std::uint64_t time_ns) const {
  std::vector<Detection> now;
  for (const Track& track : tracks_) {
    const std::uint64_t since = time_ns > track.seen_ns ? time_ns - track.seen_ns : 0;
    if (since > kHoldNs || (track.times < 2 && track.detection.confidence < kSure)) continue;
    Detection& detection = now.emplace_back(track.detection);
    detection.confidence *= 1 - 0.5 * static_cast<double>(since) / static_cast<double>(kHoldNs);
  }
  std::ranges::stable_sort(now, std::ranges::greater{}, &Detection::confidence);
  return now;
}

}  // namespace sunny16::firmware
