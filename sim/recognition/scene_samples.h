// What a camera's scene statistics are of known scenes: shots of the families, each by a sensor, under a light and at
// an exposure that are drawn by lot, counted and measured by the camera's own code.
#pragma once

#include <string>
#include <vector>

#include "firmware/control/scene/scene_classifier.h"
#include "sim/scene/families/families.h"

namespace sunny16::sim {

struct SceneSample {
  std::string family;
  std::uint32_t seed = 0;
  FamilyPart part = FamilyPart::training;
  firmware::SceneKind kind = firmware::SceneKind::unknown;  ///< what it is
  firmware::SceneStatistics statistics{};                   ///< without a face detector
  firmware::SceneStatistics with_faces{};                   ///< with one that finds the scene's faces
};

/// One shot of 256 x 192 pixels; the same for the same seed.
SceneSample take_sample(const SceneFamily& family, std::uint32_t seed);

/// Shots 1 .. `count` of all families of a part.
std::vector<SceneSample> take_samples(FamilyPart part, int count, int threads);

/// One line a sample: family, seed, part, kind, and each of the statistics under its name.
std::string samples_csv(const std::vector<SceneSample>& samples);

}  // namespace sunny16::sim
