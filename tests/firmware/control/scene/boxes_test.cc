#include "firmware/control/scene/boxes.h"

#include <doctest/doctest.h>

#include <cmath>

namespace sunny16::firmware {
namespace {

TEST_CASE("overlap is the common part of both") {
  CHECK(overlap({0, 0, 0.5, 0.5}, {0, 0, 0.5, 0.5}) == doctest::Approx(1));
  CHECK(overlap({0, 0, 0.5, 0.5}, {0.25, 0, 0.5, 0.5}) == doctest::Approx(1.0 / 3));
  CHECK(overlap({0, 0, 0.5, 0.5}, {0.5, 0.5, 0.5, 0.5}) == 0);
  CHECK(overlap({0, 0, 0, 0}, {0, 0, 0, 0}) == 0);
}

TEST_CASE("of boxes on one thing the surest stays; other things and other labels stay too") {
  const auto kept = selected({{"cat", 0.6, {0.1, 0.1, 0.2, 0.2}},
                              {"cat", 0.9, {0.11, 0.1, 0.2, 0.2}},
                              {"dog", 0.7, {0.11, 0.1, 0.2, 0.2}},
                              {"cat", 0.8, {0.6, 0.6, 0.2, 0.2}},
                              {"cat", 0.4, {0.8, 0.1, 0.1, 0.1}}},
                             {.confidence = 0.5});
  REQUIRE(kept.size() == 3);
  CHECK(kept[0].confidence == 0.9);
  CHECK(kept[1].confidence == 0.8);
  CHECK(kept[2].label == "dog");
}

TEST_CASE("boxes are cut to the picture, and what is no number or has no area is left out") {
  const double none = std::nan("");
  const auto kept = selected({{"a", 0.9, {-0.1, 0.9, 0.3, 0.3}},
                              {"a", none, {0, 0, 1, 1}},
                              {"a", 0.9, {none, 0, 1, 1}},
                              {"a", 0.9, {0.5, 0.5, none, 1}},
                              {"a", 0.9, {2, 2, 1, 1}},
                              {"a", 0.9, {0.5, 0.5, -0.2, 0.2}},
                              {"b", 7, {0, 0, 1e300, 1e300}}},
                             {});
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].label == "b");
  CHECK(kept[0].confidence == 1);
  CHECK(kept[0].box == Box{0, 0, 1, 1});
  CHECK(kept[1].box[0] == 0);
  CHECK(kept[1].box[2] == doctest::Approx(0.2));
  CHECK(kept[1].box[3] == doctest::Approx(0.1));
}

TEST_CASE("no more than asked for") {
  std::vector<Detection> many;
  for (int i = 0; i < 100; ++i) many.push_back({"x" + std::to_string(i), 0.6, {0, 0, 1, 1}});
  CHECK(selected(many, {.most = 10}).size() == 10);
}

}  // namespace
}  // namespace sunny16::firmware
