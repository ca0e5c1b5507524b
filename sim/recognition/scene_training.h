// Training of the camera's scene classifier: gradient descent on the cross entropy, in IEEE arithmetic and a fixed
// order, so that the same samples make the same weights on every machine.
#pragma once

#include <vector>

#include "sim/recognition/scene_samples.h"

namespace sunny16::sim {

struct TrainingOptions {
  int hidden = 24;       ///< units of the hidden layer
  double decay = 0.003;  ///< weight of the squared weights
  double jitter = 0.5;   ///< noise that is added to inputs, in their standard deviations
  int rounds = 80;       ///< over all samples
};

/// Each sample is seen with and without faces, illuminance and focus, as cameras know them or not.
firmware::SceneNetwork train(const std::vector<SceneSample>& samples, const TrainingOptions& options);

/// The weights as the header that the camera is built with; `provenance` is told in its first lines.
std::string weights_header(const firmware::SceneNetwork& network, const std::string& provenance);

}  // namespace sunny16::sim
