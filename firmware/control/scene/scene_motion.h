// What moved between two frames.
#pragma once

#include <optional>

#include "firmware/control/scene/scene_picture.h"
#include "isp/core/describe.h"

namespace sunny16::firmware {

struct SceneMotion {
  double amount = 0;  ///< share of the picture that changed
  double global = 0;  ///< how much of all that has edges changed: 1 is the camera's own motion

  /// The camera looks elsewhere than a frame ago.
  bool turned() const { return global > 0.6; }
};

/// Compares frames by the light they saw: cells over their exposure. A change of the whole picture's brightness, be it
/// of the light or of a gain that nobody told, is no motion.
class MotionMeter {
 public:
  void restart() { last_.reset(); }
  /// `exposure` is the frame's, 0 where it is not known. The first frame has no motion.
  SceneMotion step(const ScenePicture& picture, double exposure);

 private:
  struct Light {
    std::array<double, ScenePicture::kColumns * ScenePicture::kRows> levels;  ///< binary logarithms
    std::array<bool, ScenePicture::kColumns * ScenePicture::kRows> seen;      ///< neither clipped nor lost in noise
  };
  std::optional<Light> last_;
};

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::SceneMotion> {
  using M = sunny16::firmware::SceneMotion;
  static constexpr auto fields =
      std::tuple{field<&M::amount>("amount", 0, 1, "ratio", "Share of the picture that changed since the last frame."),
                 field<&M::global>("global", 0, 1, "ratio",
                                   "Share of all edges that changed: near 1 the camera moved, near 0 a subject did.")};
};
