#include "sim/recognition/cross_validation.h"

#include <map>

#include "isp/core/exact_math.h"
#include "sim/parallel.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;
using firmware::kSceneKinds;

/// The families of a kind take the folds in turn.
std::vector<std::size_t> folds_of(const std::vector<SceneSample>& samples) {
  std::map<std::string, std::size_t> folds;
  std::array<std::size_t, kSceneKinds + 1> families{};
  std::vector<std::size_t> result;
  for (const SceneSample& sample : samples) {
    const auto [family, is_new] = folds.try_emplace(sample.family, 0);
    if (is_new) family->second = families[static_cast<std::size_t>(sample.kind)]++ % CrossValidation::kFolds;
    result.push_back(family->second);
  }
  return result;
}

}  // namespace

CrossValidation::CrossValidation(std::vector<SceneSample> samples, const TrainingOptions& options, int threads)
    : samples_(std::move(samples)), folds_(folds_of(samples_)), networks_(kFolds) {
  in_parallel(kFolds, threads, [&](int fold) {
    std::vector<SceneSample> others;
    for (std::size_t i = 0; i < samples_.size(); ++i)
      if (folds_[i] != static_cast<std::size_t>(fold)) others.push_back(samples_[i]);
    networks_[static_cast<std::size_t>(fold)] = train(others, options);
  });
}

firmware::SceneLikelihoods CrossValidation::likelihoods(std::size_t sample, FaceFinder finder, double softness) const {
  firmware::SceneLikelihoods likely =
      classify(firmware::scene_inputs(samples_[sample].seen_by(finder)), networks_[folds_[sample]]);
  double sum = 0;
  for (double& v : likely) sum += v = exact::pow(exact::max(v, 1e-12), 1 / softness);
  for (double& v : likely) v /= sum;
  return likely;
}

SceneConfusion CrossValidation::confusion(FaceFinder finder, double softness) const {
  SceneConfusion result;
  for (std::size_t i = 0; i < samples_.size(); ++i)
    result.add(samples_[i], firmware::best_of(likelihoods(i, finder, softness)).kind);
  return result;
}

double CrossValidation::cross_entropy(double softness) const {
  std::array<double, kSceneKinds + 1> sums{}, counts{};
  for (std::size_t i = 0; i < samples_.size(); ++i)
    for (const FaceFinder finder : {FaceFinder::nobody, FaceFinder::detector}) {
      const auto kind = static_cast<std::size_t>(samples_[i].kind);
      const firmware::SceneLikelihoods likely = likelihoods(i, finder, softness);
      if (kind > 0) sums[kind] -= exact::log2(likely[kind - 1]);
      for (const double v : likely) sums[0] -= kind == 0 ? exact::log2(v) / kSceneKinds : 0;
      ++counts[kind];
    }
  double mean = 0;
  for (std::size_t kind = 0; kind <= kSceneKinds; ++kind)
    if (counts[kind] > 0) mean += sums[kind] / counts[kind] / (kSceneKinds + 1);
  return mean;
}

double CrossValidation::best_softness() const {
  double best = 1, least = cross_entropy(1);
  for (int step = -6; step <= 12; ++step) {
    const double softness = exact::exp2(step / 6.0), entropy = cross_entropy(softness);
    if (entropy < least) least = entropy, best = softness;
  }
  return best;
}

}  // namespace sunny16::sim
