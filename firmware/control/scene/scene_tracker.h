// Frames' guesses over time: what the camera says it sees does not flicker.
#pragma once

#include "firmware/control/scene/scene_classifier.h"

namespace sunny16::firmware {

/// Likelihoods are smoothed over kSmooth_s. Another kind takes over when it has been likelier by kLead for kPatience_s
/// without a break, and not before the last change is kRest_s old, so that a scene between several kinds changes its
/// name once; the camera that has been turned elsewhere since need not rest.
class SceneTracker {
 public:
  static constexpr double kSmooth_s = 0.7, kPatience_s = 1.2, kRest_s = 10, kLead = 0.15;

  void restart() { *this = {}; }
  /// Frames' own time. The first frame's guess is taken as it is.
  void step(const SceneLikelihoods& likelihoods, bool turned, std::uint64_t timestamp_ns);

  const SceneGuess& guess() const { return guess_; }

 private:
  bool started_ = false;
  bool turned_ = true;  ///< since the last change; a start is a turn
  std::uint64_t now_ns_ = 0, changed_ns_ = 0, leads_since_ns_ = 0;
  SceneLikelihoods smooth_{};
  SceneKind challenger_ = SceneKind::unknown;
  SceneGuess guess_;
};

}  // namespace sunny16::firmware
