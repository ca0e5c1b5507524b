// What a frame shows, guessed by a small network over its scene statistics: inputs scaled by their ranges, one hidden
// layer of rectified units, soft maximum. Weights are integers that scripts/train-scenes writes; the arithmetic is
// IEEE's own, so that the guess is the same on every machine.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "firmware/control/scene/scene_statistics.h"

namespace sunny16::firmware {

enum class SceneKind : std::uint8_t {
  unknown,
  portrait,
  backlit,
  night,
  document,
  greenery,
  sky_sunset,
  snow_beach,
  indoor,
  macro_food
};
/// Kinds that are told apart; unknown is the doubt between them.
inline constexpr std::size_t kSceneKinds = 9;

/// How likely each kind is, from portrait on; they sum to 1.
using SceneLikelihoods = std::array<double, kSceneKinds>;

struct SceneGuess {
  SceneKind kind = SceneKind::unknown;
  double confidence = 0;  ///< likelihood of the likeliest kind, be it named or not
};

/// Least likelihood of a kind that is named.
inline constexpr double kSceneConfidence = 0.4;

inline constexpr std::size_t kSceneInputs = std::tuple_size_v<decltype(isp::Describe<SceneStatistics>::fields)>;
using SceneInputs = std::array<double, kSceneInputs>;

/// The statistics as the network sees them: each 0..1 over its range.
SceneInputs scene_inputs(const SceneStatistics& statistics);

/// One network's weights, a row of inputs and a bias for each unit, in units of 1 / kScale.
struct SceneNetwork {
  static constexpr double kScale = 4096;
  std::size_t hidden = 0;
  std::vector<std::int32_t> first;   ///< hidden x (kSceneInputs + 1)
  std::vector<std::int32_t> second;  ///< kSceneKinds x (hidden + 1)
};

/// The network that the camera uses.
const SceneNetwork& scene_network();

SceneLikelihoods classify(const SceneInputs& inputs, const SceneNetwork& network = scene_network());
SceneGuess best_of(const SceneLikelihoods& likelihoods);

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::EnumNames<sunny16::firmware::SceneKind> {
  static constexpr std::array<std::string_view, 10> names{"unknown",  "portrait",  "backlit",    "night",
                                                          "document", "greenery",  "sky_sunset", "snow_beach",
                                                          "indoor",   "macro_food"};
};
