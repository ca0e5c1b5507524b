#include "firmware/control/scene/scene_classifier.h"

#include <doctest/doctest.h>

#include <numeric>

namespace sunny16::firmware {
namespace {

/// One hidden unit for each kind, which passes its input on.
SceneNetwork pass_through() {
  SceneNetwork network{.hidden = kSceneKinds, .first = {}, .second = {}};
  constexpr auto kOne = static_cast<std::int32_t>(SceneNetwork::kScale);
  for (std::size_t unit = 0; unit < kSceneKinds; ++unit)
    for (std::size_t input = 0; input <= kSceneInputs; ++input) network.first.push_back(input == unit ? kOne : 0);
  for (std::size_t kind = 0; kind < kSceneKinds; ++kind)
    for (std::size_t unit = 0; unit <= kSceneKinds; ++unit) network.second.push_back(unit == kind ? 4 * kOne : 0);
  return network;
}

TEST_CASE("Inputs are the statistics over their ranges, clipped to them") {
  SceneStatistics statistics;
  statistics.light = 18, statistics.backlight = -9, statistics.contrast = 2.5;
  const SceneInputs inputs = scene_inputs(statistics);
  std::size_t i = 0;
  isp::for_each_field(statistics, [&](const auto& row, double) {
    if (row.name == "light") CHECK(inputs[i] == 1);
    if (row.name == "backlight") CHECK(inputs[i] == 0);
    if (row.name == "contrast") CHECK(inputs[i] == 0.5);
    ++i;
  });
}

TEST_CASE("Likelihoods sum to one, and grow with the unit that speaks for a kind") {
  SceneInputs inputs{};
  inputs[3] = 1;
  const SceneLikelihoods likely = classify(inputs, pass_through());
  CHECK(std::accumulate(likely.begin(), likely.end(), 0.0) == doctest::Approx(1));
  const SceneGuess guess = best_of(likely);
  CHECK(guess.kind == SceneKind::document);
  CHECK(guess.confidence == doctest::Approx(0.872).epsilon(0.001));  // e^4 / (e^4 + 8)
}

TEST_CASE("Where no kind is likely, it is unknown") {
  CHECK(best_of(classify({}, pass_through())).kind == SceneKind::unknown);
  CHECK(best_of(classify({}, pass_through())).confidence == doctest::Approx(1.0 / 9));
}

}  // namespace
}  // namespace sunny16::firmware
