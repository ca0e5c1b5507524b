#include "firmware/looks/look_cube.h"

#include <doctest/doctest.h>

#include <cmath>

#include "firmware/looks/cube_file.h"
#include "tests/firmware/looks/small_pack.h"

namespace sunny16::firmware {
namespace {

using test::Json;

std::shared_ptr<const Look> look_of(const Json& stages) {
  Json json = test::small_json();
  json["looks"][0]["stages"] = stages;
  return parse_pack(test::files_of(json), "trial").looks[0];
}

double largest_difference(const isp::ColourCube& a, const isp::ColourCube& b) {
  REQUIRE(a.nodes.size() == b.nodes.size());
  double largest = 0;
  for (std::size_t i = 0; i < a.nodes.size(); ++i)
    for (std::size_t c = 0; c < 3; ++c) largest = std::max(largest, std::fabs(a.nodes[i][c] - b.nodes[i][c]));
  return largest;
}

constexpr double kCode = 1.0 / isp::domain::DisplayRgb::max;

TEST_CASE("the cube of a look that is a cube is that cube") {
  const LookPack pack = parse_pack(test::small_pack(), "trial");
  const isp::ColourCube cube = cube_of(*pack.looks[1], 17);
  isp::ColourCube swapped{17, {}};
  for (int b = 0; b < 17; ++b)
    for (int g = 0; g < 17; ++g)
      for (int r = 0; r < 17; ++r) swapped.nodes.push_back({b / 16.0, g / 16.0, r / 16.0});
  CHECK(largest_difference(cube, swapped) <= 1.5 * kCode);
}

TEST_CASE("what a cube cannot carry leaves it the identity") {
  isp::ColourCube identity{5, {}};
  for (int b = 0; b < 5; ++b)
    for (int g = 0; g < 5; ++g)
      for (int r = 0; r < 5; ++r) identity.nodes.push_back({r / 4.0, g / 4.0, b / 4.0});
  CHECK(largest_difference(cube_of(*look_of({{"vignette", {{"strength", 1}}}, {"grain", Json::object()}}), 5),
                           identity) <= kCode);
}

TEST_CASE("a look of stages and the look of its exported cube make the same colours") {
  const auto staged = look_of({{"look_curves", {{"contrast", 1.2}, {"black", 0.3}}},
                               {"hue_sectors", {{"saturation", 0.2}}},
                               {"split_toning", {{"shadow_hue", 220}, {"shadow_saturation", 0.2}}}});
  const isp::ColourCube exported = cube_of(*staged, 33);
  PackFiles files = test::small_pack();
  files.cubes["swap.cube"] = cube_text(exported, "exported");
  const auto imported = parse_pack(files, "trial").looks[1];
  CHECK(largest_difference(cube_of(*imported, 33), exported) <= 1.5 * kCode);
}

TEST_CASE("a black-and-white look is toned behind the mixer") {
  const auto sepia = look_of(
      {{"bw_mixer", Json::object()},
       {"split_toning",
        {{"shadow_hue", 30}, {"shadow_saturation", 0.4}, {"highlight_hue", 40}, {"highlight_saturation", 0.3}}}});
  const isp::ColourCube cube = cube_of(*sepia, 9);
  for (const auto& [r, g, b] : cube.nodes) CHECK(r >= b - kCode);
  const auto& [r, g, b] = cube.nodes[cube.index(0, 8, 0)];
  CHECK(r > b + 0.02);
}

}  // namespace
}  // namespace sunny16::firmware
