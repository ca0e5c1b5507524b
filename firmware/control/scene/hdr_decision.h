// Which HDR a scene needs, by libcamera's names: none, one exposure whose shadows are lifted, several exposures, or the
// night's long ones. It has hysteresis, and says why.
#pragma once

#include <optional>
#include <string>

#include "firmware/control/controls.h"
#include "firmware/control/scene/scene_motion.h"
#include "firmware/control/scene/scene_statistics.h"

namespace sunny16::firmware {

struct HdrChoice {
  HdrMode mode = HdrMode::off;  ///< never automatic
  std::string reason;           ///< one line
};

/// What a single frame would be given; `held` is the mode in use, whose thresholds are wider.
HdrChoice choose_hdr(const SceneStatistics& statistics, const SceneMotion& motion, HdrMode held);

/// What is done of a mode: exposures are not merged, so several become one, and the night's none.
HdrMode applied_hdr(HdrMode mode);

/// Choices over time: another one must stand for kPatience_s, and the last change must be kRest_s old unless the camera
/// has been turned elsewhere since.
class HdrDecision {
 public:
  static constexpr double kPatience_s = 1, kRest_s = 10;

  void restart() { *this = {}; }
  void step(const SceneStatistics& statistics, const SceneMotion& motion, std::uint64_t timestamp_ns);
  const HdrChoice& choice() const { return choice_; }

 private:
  bool started_ = false;
  bool turned_ = true;  ///< since the last change; a start is a turn
  HdrChoice choice_;
  std::optional<HdrMode> challenger_;
  std::uint64_t since_ns_ = 0, changed_ns_ = 0;
  SceneMotion motion_;  ///< motion, falling slowly: a pause between two steps is no stillness
};

}  // namespace sunny16::firmware
