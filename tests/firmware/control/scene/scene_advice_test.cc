#include "firmware/control/scene/scene_advice.h"

#include <doctest/doctest.h>

namespace sunny16::firmware {
namespace {

SceneAdvice advice(SceneKind kind, double faces = 0) {
  SceneStatistics statistics;
  statistics.faces = faces;
  return scene_advice({kind, 0.9}, statistics);
}

TEST_CASE("Nothing is suggested for what is not known, but faces keep their colours") {
  CHECK(advice(SceneKind::unknown).exposure_value == 0);
  CHECK(advice(SceneKind::unknown).look.empty());
  CHECK(advice(SceneKind::unknown).skin_protection == 0);
  CHECK(advice(SceneKind::unknown, 1).skin_protection > 0.5);
}

TEST_CASE("Snow, paper and backlit subjects get more light than a meter gives; night and sunsets less") {
  for (const SceneKind kind : {SceneKind::snow_beach, SceneKind::document, SceneKind::backlit})
    CHECK(advice(kind).exposure_value > 0.3);
  for (const SceneKind kind : {SceneKind::night, SceneKind::sky_sunset}) CHECK(advice(kind).exposure_value < -0.2);
}

TEST_CASE("Portraits spare skin most; every suggestion is within its range") {
  for (std::size_t kind = 0; kind <= kSceneKinds; ++kind) {
    const SceneAdvice a = advice(static_cast<SceneKind>(kind));
    CHECK(a.skin_protection <= advice(SceneKind::portrait).skin_protection);
    isp::for_each_field(a, [](const auto& row, const auto& v) {
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(v)>, double>)
        CHECK((v >= row.minimum && v <= row.maximum));
    });
  }
}

}  // namespace
}  // namespace sunny16::firmware
