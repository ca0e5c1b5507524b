#include "firmware/looks/user_style.h"

#include <doctest/doctest.h>

#include "firmware/looks/look_cube.h"
#include "tests/firmware/looks/small_pack.h"

namespace sunny16::firmware {
namespace {

std::array<double, 3> node(const Look& look, int r, int g, int b) {
  const isp::ColourCube cube = cube_of(look, 9);
  return cube.nodes[cube.index(r, g, b)];
}

TEST_CASE("without sliders the look stays what it is") {
  const auto base = parse_pack(test::small_pack(), "trial").looks[0];
  CHECK(content_hash(styled(base.get(), {})) == base->record.hash);
  CHECK(content_hash(styled(nullptr, {})) == content_hash(Look{}));
}

TEST_CASE("tone parts shadows from lights, or brings them together") {
  for (const double tone : {-1.0, -0.3, 0.3, 1.0}) {
    const Look look = styled(nullptr, {.tone = tone});
    CHECK((node(look, 2, 2, 2)[0] < 0.25) == (tone > 0));
    CHECK((node(look, 6, 6, 6)[0] > 0.75) == (tone > 0));
  }
}

TEST_CASE("vitality changes chroma and leaves greys") {
  const auto chroma = [](const Look& look) { return node(look, 3, 4, 5)[2] - node(look, 3, 4, 5)[0]; };
  CHECK(chroma(styled(nullptr, {.vitality = 0.5})) > 0.27);
  CHECK(chroma(styled(nullptr, {.vitality = -0.5})) < 0.23);
  CHECK(node(styled(nullptr, {.vitality = 1}), 4, 4, 4) == node(Look{}, 4, 4, 4));
}

TEST_CASE("texture is sharpness and contrast within regions; without it lights glow") {
  const auto detail = [](const Look& look) {
    return std::get<std::optional<Adaptive<isp::LocalToneTuning>>>(look.stages)->base.detail;
  };
  const Look crisp = styled(nullptr, {.texture = 0.5}), soft = styled(nullptr, {.texture = -0.5});
  CHECK(detail(crisp) > 1.05);
  CHECK(detail(soft) < 0.95);
  CHECK_FALSE(std::get<std::optional<Adaptive<isp::BloomTuning>>>(crisp.stages));
  CHECK(std::get<std::optional<Adaptive<isp::BloomTuning>>>(soft.stages)->base.strength > 0.03);
}

TEST_CASE("styles add to what their look has") {
  const auto base = parse_pack(test::small_pack(), "trial").looks[0];
  CHECK(styled(base.get(), {.texture = 1}).sharpness == doctest::Approx(1));
  CHECK(styled(nullptr, {.texture = -1}).sharpness == doctest::Approx(0.5));
  const Look both = styled(base.get(), {.tone = 0.5});
  CHECK(std::get<std::optional<Adaptive<isp::VignetteTuning>>>(both.stages)->base.strength == 1.5);
}

TEST_CASE("sliders never leave what a stage allows") {
  Look look;
  for (int i = 0; i < 20; ++i) look = styled(&look, {.tone = 1, .vitality = 1, .texture = 1});
  CHECK(std::get<std::optional<Adaptive<isp::LookCurvesTuning>>>(look.stages)->base.contrast == 2);
  CHECK(std::get<std::optional<Adaptive<isp::HueSectorsTuning>>>(look.stages)->base.vibrance == 1);
  CHECK(look.sharpness == 4);
}

}  // namespace
}  // namespace sunny16::firmware
