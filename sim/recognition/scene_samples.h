// What a camera's scene statistics are of known scenes: shots of the families, each by a sensor, under a light and at
// an exposure that are drawn by lot, counted and measured by the camera's own code.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "firmware/control/scene/scene_classifier.h"
#include "firmware/detect/detector.h"
#include "sim/scene/families/families.h"

namespace sunny16::sim {

/// Who looks for faces in a shot: nobody, the camera's detector, or one that finds each and nothing else.
enum class FaceFinder : std::uint8_t { nobody, detector, oracle };
inline constexpr std::array kFaceFinders{FaceFinder::nobody, FaceFinder::detector, FaceFinder::oracle};

struct SceneSample {
  std::string family;
  std::uint32_t seed = 0;
  FamilyPart part = FamilyPart::training;
  firmware::SceneKind kind = firmware::SceneKind::unknown;                  ///< what it is; unknown: none of the kinds
  std::array<firmware::SceneStatistics, kFaceFinders.size()> statistics{};  ///< by who looked for faces

  const firmware::SceneStatistics& seen_by(FaceFinder finder) const {
    return statistics[static_cast<std::size_t>(finder)];
  }
};

/// One shot of 640 x 480 pixels; the same for the same seed. Without detectors, none finds anything.
SceneSample take_sample(const SceneFamily& family, std::uint32_t seed, const firmware::Detectors& detectors);

/// Shots 1 .. `count` of all families of a part.
std::vector<SceneSample> take_samples(FamilyPart part, int count, const firmware::Detectors& detectors, int threads);

/// One line a sample: family, seed, part, kind, and each of the statistics, faces by the oracle, under its name.
std::string samples_csv(const std::vector<SceneSample>& samples);

}  // namespace sunny16::sim

template <>
struct sunny16::isp::EnumNames<sunny16::sim::FaceFinder> {
  static constexpr std::array<std::string_view, 3> names{"nobody", "detector", "oracle"};
};
