#include "firmware/control/scene/scene_classifier.h"

#include "firmware/control/scene/scene_weights.h"
#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

/// A unit's weights times its inputs, and its bias.
template <class Inputs>
double weighed(const std::int32_t* weights, const Inputs& inputs) {
  double sum = 0;
  for (const double v : inputs) sum += *weights++ * v;
  return (sum + *weights) / SceneNetwork::kScale;
}

}  // namespace

SceneInputs scene_inputs(const SceneStatistics& statistics) {
  SceneInputs inputs{};
  std::size_t i = 0;
  isp::for_each_field(statistics, [&](const auto& row, double value) {
    inputs[i++] = exact::clamp((value - row.minimum) / (row.maximum - row.minimum), 0, 1);
  });
  return inputs;
}

const SceneNetwork& scene_network() {
  static const SceneNetwork kNetwork{.hidden = kSceneHidden,
                                     .first = {std::begin(kSceneFirstLayer), std::end(kSceneFirstLayer)},
                                     .second = {std::begin(kSceneSecondLayer), std::end(kSceneSecondLayer)}};
  static_assert(std::size(kSceneFirstLayer) == kSceneHidden * (kSceneInputs + 1));
  static_assert(std::size(kSceneSecondLayer) == kSceneKinds * (kSceneHidden + 1));
  return kNetwork;
}

SceneLikelihoods classify(const SceneInputs& inputs, const SceneNetwork& network) {
  std::vector<double> hidden(network.hidden);
  for (std::size_t unit = 0; unit < network.hidden; ++unit)
    hidden[unit] = exact::max(weighed(&network.first[unit * (kSceneInputs + 1)], inputs), 0);
  SceneLikelihoods likelihoods{};
  double most = -1e300, sum = 0;
  for (std::size_t kind = 0; kind < kSceneKinds; ++kind) {
    likelihoods[kind] = weighed(&network.second[kind * (network.hidden + 1)], hidden);
    most = exact::max(most, likelihoods[kind]);
  }
  for (double& v : likelihoods) sum += v = exact::exp(v - most);
  for (double& v : likelihoods) v /= sum;
  return likelihoods;
}

SceneGuess best_of(const SceneLikelihoods& likelihoods) {
  std::size_t best = 0;
  for (std::size_t kind = 1; kind < kSceneKinds; ++kind)
    if (likelihoods[kind] > likelihoods[best]) best = kind;
  const bool sure = likelihoods[best] >= kSceneConfidence;
  return {sure ? static_cast<SceneKind>(best + 1) : SceneKind::unknown, likelihoods[best]};
}

}  // namespace sunny16::firmware
