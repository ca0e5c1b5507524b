#include "sim/compare/value_difference.h"

#include <doctest/doctest.h>

namespace sunny16::sim {
namespace {

using Json = nlohmann::ordered_json;

void check(const ValueDifference& found, const char* name, const char* first, const char* second) {
  CHECK(found.name == name);
  CHECK(found.first == first);
  CHECK(found.second == second);
}

TEST_CASE("Differences are found at any depth, in the first document's order") {
  const Json a{{"same", 1}, {"sharpen", {{"enabled", true}, {"strength", 1.5}}}, {"name", "imx477"}, {"gone", 7}};
  const Json b{{"same", 1.0}, {"sharpen", {{"strength", 0.25}, {"enabled", true}}}, {"name", "imx708"}, {"added", "x"}};
  const auto found = differing_values(a, b);
  REQUIRE(found.size() == 4);
  check(found[0], "sharpen.strength", "1.5", "0.25");
  check(found[1], "name", "imx477", "imx708");
  check(found[2], "gone", "7", "–");
  check(found[3], "added", "–", "x");
  CHECK(differing_values(a, a).empty());
}

TEST_CASE("Lists of structures differ member by member, or by their length") {
  const Json one{{"temperature", 2800}, {"gain", 1}}, two{{"temperature", 5000}, {"gain", 1}};
  auto found = differing_values({{"modes", {one, one}}}, {{"modes", {one, two}}});
  REQUIRE(found.size() == 1);
  check(found[0], "modes[1].temperature", "2800", "5000");
  found = differing_values({{"modes", {one, one, two}}}, {{"modes", {one, two}}});
  REQUIRE(found.size() == 1);
  check(found[0], "modes", "3 entries", "2 entries");
}

TEST_CASE("Short arrays of numbers are shown; of long ones, how they differ") {
  auto found = differing_values({{"black", {64, 64, 64.5}}}, {{"black", {64, 65, 64.5}}});
  REQUIRE(found.size() == 1);
  check(found[0], "black", "64, 64, 64.5", "64, 65, 64.5");
  std::vector<double> mesh(100, 1.5), other = mesh;
  other[40] = 2, other[41] = 1;
  found = differing_values({{"mesh", mesh}}, {{"mesh", other}});
  REQUIRE(found.size() == 1);
  check(found[0], "mesh", "100 numbers from 1.5 to 1.5",
        "100 numbers from 1 to 2; differing by 0.01 on average, at most 0.5 at [40]");
  found = differing_values({{"mesh", mesh}}, {{"mesh", Json::array()}});
  check(found.at(0), "mesh", "100 numbers from 1.5 to 1.5", "none");
}

TEST_CASE("A curve over the light is one value") {
  const Json curve{{"by", "AnalogueGain"}, {"at", {1, 4}}, {"value", {0.5, 0.25}}};
  auto found = differing_values({{"strength", curve}}, {{"strength", 1}});
  REQUIRE(found.size() == 1);
  check(found[0], "strength", "by AnalogueGain: 1 → 0.5, 4 → 0.25", "1");
}

}  // namespace
}  // namespace sunny16::sim
