// Scene awareness: what the camera looks at, what it suggests for it, and which HDR it needs. It only says so; what is
// done with it is the controller's matter.
#pragma once

#include "firmware/control/scene/hdr_decision.h"
#include "firmware/control/scene/scene_advice.h"
#include "firmware/control/scene/scene_tracker.h"

namespace sunny16::firmware {

struct SceneReport {
  SceneKind kind = SceneKind::unknown;
  double confidence = 0;
  SceneAdvice advice{};
  SceneMotion motion{};
  SceneStatistics statistics{};
};

/// Over the frames of a run.
class SceneAwareness {
 public:
  void restart();
  void step(const SceneFrame& frame);

  const SceneReport& report() const { return report_; }
  const HdrChoice& hdr() const { return hdr_.choice(); }

 private:
  MotionMeter motion_;
  SceneTracker tracker_;
  HdrDecision hdr_;
  SceneReport report_;
};

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::SceneReport> {
  using R = sunny16::firmware::SceneReport;
  static constexpr auto fields =
      std::tuple{field<&R::kind>("Kind", 0, 0, "", "What the camera looks at; unknown while it is in doubt."),
                 field<&R::confidence>("Confidence", 0, 1, "", "How likely that is, of all kinds."),
                 field<&R::advice>("Advice", 0, 0, "", "What is suggested for it."),
                 field<&R::motion>("Motion", 0, 0, "", "Since the frame before."),
                 field<&R::statistics>("Statistics", 0, 0, "", "What that was judged by.")};
};
