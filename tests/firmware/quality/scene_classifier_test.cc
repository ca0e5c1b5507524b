// The scene classifier on families of scenes that it never saw: 4 shots of each.
#include <doctest/doctest.h>

#include "firmware/detect/open_detectors.h"
#include "sim/recognition/scene_confusion.h"

namespace sunny16::sim {
namespace {

firmware::Detectors face_detectors() {
  try {
    return firmware::open_detectors({.faces = true});
  } catch (const firmware::DetectorError& problem) {
    MESSAGE("SKIPPED: " << std::string(problem.what()) << ": nothing is judged with the camera's face detector");
    return {};
  }
}

TEST_CASE("Most shots of held-out families are recognised, and more of them with a face detector") {
  const firmware::Detectors detectors = face_detectors();
  const std::vector<SceneSample> samples = take_samples(FamilyPart::held_out, 4, detectors, 2);
  REQUIRE(samples.size() >= 36);
  for (const FaceFinder finder : kFaceFinders) {
    if (finder == FaceFinder::detector && detectors.empty()) continue;
    CAPTURE(isp::EnumNames<FaceFinder>::names[static_cast<std::size_t>(finder)]);
    const SceneConfusion judged = confusion(samples, firmware::scene_network(), finder);
    MESSAGE(confusion_markdown(judged));
    CHECK(judged.accuracy() >= (finder == FaceFinder::nobody ? 0.8 : 0.85));
  }
}

TEST_CASE("The same shot is the same sample") {
  const SceneFamily& family = scene_families().front();
  const SceneSample first = take_sample(family, 3, {}), second = take_sample(family, 3, {}),
                    other = take_sample(family, 4, {});
  const auto inputs = [](const SceneSample& sample) {
    return firmware::scene_inputs(sample.seen_by(FaceFinder::nobody));
  };
  CHECK(inputs(first) == inputs(second));
  CHECK(inputs(first) != inputs(other));
}

}  // namespace
}  // namespace sunny16::sim
