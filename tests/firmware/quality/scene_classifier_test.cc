// The scene classifier on families of scenes that it never saw: 8 shots of each.
#include <doctest/doctest.h>

#include "sim/recognition/scene_confusion.h"

namespace sunny16::sim {
namespace {

TEST_CASE("Nine of ten shots of held-out families are recognised with a face detector, four of five without") {
  const std::vector<SceneSample> samples = take_samples(FamilyPart::held_out, 8, 2);
  REQUIRE(samples.size() >= 72);
  for (const bool with_faces : {false, true}) {
    const SceneConfusion judged = confusion(samples, firmware::scene_network(), with_faces);
    CAPTURE(with_faces);
    MESSAGE(confusion_markdown(judged));
    CHECK(judged.accuracy() >= (with_faces ? 0.9 : 0.8));
    if (!with_faces) continue;
    for (const auto& [family, counts] : judged.families) {
      CAPTURE(family);
      CHECK(2 * counts[0] > counts[1]);  // no kind is lost for the others' sake
    }
  }
}

TEST_CASE("The same shot is the same sample") {
  const SceneFamily& family = scene_families().front();
  const SceneSample first = take_sample(family, 3), second = take_sample(family, 3), other = take_sample(family, 4);
  CHECK(firmware::scene_inputs(first.statistics) == firmware::scene_inputs(second.statistics));
  CHECK(firmware::scene_inputs(first.statistics) != firmware::scene_inputs(other.statistics));
}

}  // namespace
}  // namespace sunny16::sim
