// How a way of training does on families that are left out of it: what its options and its softness are chosen by.
#pragma once

#include "sim/recognition/scene_confusion.h"
#include "sim/recognition/scene_training.h"

namespace sunny16::sim {

/// Some families of each kind are left out at a time, so that each is judged by a network that never saw it.
class CrossValidation {
 public:
  static constexpr int kFolds = 5;

  CrossValidation(std::vector<SceneSample> samples, const TrainingOptions& options, int threads);

  SceneConfusion confusion(FaceFinder finder, double softness = 1) const;
  /// Mean over kinds, without and with the camera's detector; of what is no kind, to all kinds being as likely. Lower
  /// is better: it rises with what is wrong and sure of it.
  double cross_entropy(double softness = 1) const;
  /// The softness of the least cross entropy.
  double best_softness() const;

 private:
  firmware::SceneLikelihoods likelihoods(std::size_t sample, FaceFinder finder, double softness) const;

  std::vector<SceneSample> samples_;
  std::vector<std::size_t> folds_;  ///< of the samples
  std::vector<firmware::SceneNetwork> networks_;
};

}  // namespace sunny16::sim
