// Training of the camera's scene classifier: gradient descent on the cross entropy, in IEEE arithmetic and a fixed
// order, so that the same samples make the same weights on every machine.
#pragma once

#include <string>
#include <vector>

#include "sim/recognition/scene_samples.h"

namespace sunny16::sim {

struct TrainingOptions {
  int members = 6;       ///< networks that are trained apart and averaged into one
  int hidden = 16;       ///< units of the hidden layer of each
  double decay = 0.003;  ///< weight of the squared weights
  double jitter = 0.5;   ///< noise that is added to inputs, in their standard deviations
  double mixed = 0.1;    ///< chance that a shot is seen with half of another's figures, as something that is no kind
  int rounds = 60;       ///< over all samples
};

/// A shot is seen without and with the camera's detector, and now and then without illuminance or focus, as cameras
/// know them or not. All kinds weigh the same. Of what is no kind, the network learns that all kinds are as likely.
/// The members' scores are averaged, so they make one network.
firmware::SceneNetwork train(const std::vector<SceneSample>& samples, const TrainingOptions& options);

/// The same order of likelihoods, but all nearer to each other for a `softness` above 1.
firmware::SceneNetwork softened(firmware::SceneNetwork network, double softness);

/// The weights as the header that the camera is built with; `provenance` is told in its first lines.
std::string weights_header(const firmware::SceneNetwork& network, const std::string& provenance);

}  // namespace sunny16::sim
