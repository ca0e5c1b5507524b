#include "firmware/control/scene/scene_advice.h"

#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

struct Row {
  double exposure_value;  ///< a meter takes all scenes for grey: snow and paper are brighter, night is darker
  const char* look;
  double look_strength, skin_protection;
};
/// In the order of SceneKind, unknown first.
constexpr std::array<Row, kSceneKinds + 1> kAdvice{{{0, "", 0, 0},
                                                    {0.2, "natural", 0.6, 1},
                                                    {0.5, "natural", 0.6, 0.8},
                                                    {-0.4, "natural", 0.5, 0.3},
                                                    {0.7, "natural", 0.3, 0},
                                                    {0, "vibrant", 0.6, 0.3},
                                                    {-0.3, "vibrant", 0.7, 0.3},
                                                    {0.6, "natural", 0.6, 0.5},
                                                    {0, "natural", 0.5, 0.5},
                                                    {0.2, "vibrant", 0.5, 0.2}}};

}  // namespace

SceneAdvice scene_advice(const SceneGuess& guess, const SceneStatistics& statistics) {
  const Row& row = kAdvice[static_cast<std::size_t>(guess.kind)];
  SceneAdvice advice{row.exposure_value, row.look, row.look_strength, row.skin_protection};
  if (statistics.faces > 0) advice.skin_protection = isp::exact::max(advice.skin_protection, 0.8);
  return advice;
}

}  // namespace sunny16::firmware
