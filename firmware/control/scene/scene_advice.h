// What the camera suggests for a kind of scene. It is shown to the user, and done only where SceneAuto is on.
#pragma once

#include <string>

#include "firmware/control/scene/scene_classifier.h"

namespace sunny16::firmware {

struct SceneAdvice {
  double exposure_value = 0;
  std::string look{};
  double look_strength = 0;
  double skin_protection = 0;
};

/// For a kind that was named with a confidence; nothing for unknown ones.
SceneAdvice scene_advice(const SceneGuess& guess, const SceneStatistics& statistics);

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::SceneAdvice> {
  using A = sunny16::firmware::SceneAdvice;
  static constexpr auto fields = std::tuple{
      field<&A::exposure_value>("ExposureValue", -2, 2, "EV", "Brighter or darker than metered."),
      field<&A::look>("Look", 0, 0, "", "Name of a look that suits the scene; empty for none."),
      field<&A::look_strength>("LookStrength", 0, 1, "ratio", "How much of it."),
      field<&A::skin_protection>("SkinProtection", 0, 1, "ratio", "How far a look should spare the colours of skin.")};
};
