#include "firmware/control/scene/scene_tracker.h"

#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

double seconds_since(std::uint64_t then_ns, std::uint64_t now_ns) {
  return now_ns > then_ns ? 1e-9 * static_cast<double>(now_ns - then_ns) : 0;
}

}  // namespace

void SceneTracker::step(const SceneLikelihoods& likelihoods, bool turned, std::uint64_t timestamp_ns) {
  if (!started_) {
    started_ = true;
    now_ns_ = timestamp_ns, changed_ns_ = timestamp_ns;
    smooth_ = likelihoods;
    guess_ = best_of(smooth_);
    challenger_ = guess_.kind;
    return;
  }
  turned_ |= turned;
  const double part = 1 - exact::exp(-seconds_since(now_ns_, timestamp_ns) / kSmooth_s);
  now_ns_ = timestamp_ns;
  for (std::size_t i = 0; i < kSceneKinds; ++i) smooth_[i] += part * (likelihoods[i] - smooth_[i]);

  const SceneGuess best = best_of(smooth_);
  // Doubt is unlikely to lead, so it needs no lead: it takes over when the kind has lost its own right to be named.
  const double held =
      guess_.kind == SceneKind::unknown ? kSceneConfidence - kLead : smooth_[static_cast<std::size_t>(guess_.kind) - 1];
  guess_.confidence = guess_.kind == SceneKind::unknown ? best.confidence : held;
  const bool leads = best.kind == SceneKind::unknown ? held < kSceneConfidence - kLead : best.confidence > held + kLead;
  if (best.kind == guess_.kind || !leads) {
    challenger_ = guess_.kind;
    return;
  }
  if (challenger_ != best.kind) challenger_ = best.kind, leads_since_ns_ = timestamp_ns;
  const bool rests = !turned_ && seconds_since(changed_ns_, timestamp_ns) < kRest_s;
  if (rests || seconds_since(leads_since_ns_, timestamp_ns) < kPatience_s) return;
  guess_ = best;
  changed_ns_ = timestamp_ns, turned_ = false;
}

}  // namespace sunny16::firmware
