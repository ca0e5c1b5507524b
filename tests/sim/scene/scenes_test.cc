// What is true of every scene.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sim/light/simulation_error.h"
#include "sim/scene/catalogue.h"
#include "sim/scene/solids.h"
#include "tests/sim/scene/eye.h"

namespace sunny16::sim {
namespace {

TEST_CASE("Light is finite and never negative, in wide pictures and tall ones, for any scene") {
  for (const SceneName& name : scene_names()) {
    CAPTURE(name.name);
    const auto scene = make_scene(name.name);
    const Seen seen(*scene);
    int bad = 0;
    for (double y = -0.7; y < 0.7; y += 0.0071)
      for (double x = -1.2; x < 1.2; x += 0.0071) {
        const Colour c = seen.at({x, y});
        for (const double v : {c.r, c.g, c.b}) bad += !(v >= 0 && v < 1e5);
      }
    CHECK(bad == 0);
  }
}

TEST_CASE("A scene is the same each time it is made") {
  for (const SceneName& name : scene_names()) {
    CAPTURE(name.name);
    const auto first = make_scene(name.name), second = make_scene(name.name);
    const Seen one(*first), other(*second);
    int different = 0;
    for (double y = -0.49; y < 0.5; y += 0.031)
      for (double x = -0.66; x < 0.67; x += 0.031) different += !(one.at({x, y}) == other.at({x, y}));
    CHECK(different == 0);
    CHECK(first->distance_m() > 0);
    CHECK_FALSE(first->moves());
  }
}

TEST_CASE("The names are known, and others are answered with all of them") {
  CHECK(scene_names().size() >= 15);
  for (const SceneName& name : scene_names()) CHECK_FALSE(name.description.empty());
  std::string message;
  try {
    make_scene("still-live");
  } catch (const SimulationError& e) {
    message = e.what();
  }
  CHECK(message.starts_with("scene: found \"still-live\", allowed still-life "));
  for (const SceneName& name : scene_names()) CHECK(message.find(name.name) != std::string::npos);
}

/// Luminances over the picture, in ascending order.
std::vector<double> luminances(const char* name) {
  const auto scene = make_scene(name);
  const Seen seen(*scene);
  std::vector<double> all;
  for (double y = -0.4975; y < 0.5; y += 0.005)
    for (double x = -0.6625; x < 0.667; x += 0.005) all.push_back(seen.luminance({x, y}));
  std::ranges::sort(all);
  return all;
}

TEST_CASE("The interior spans 100 dB, with a tenth of a percent of the picture beyond either end") {
  const std::vector<double> all = luminances("interior-window");
  const double dark = all[all.size() / 1000], bright = all[all.size() - 1 - all.size() / 1000];
  CHECK(20 * std::log10(bright / dark) > 100);
}

TEST_CASE("Street lamps outshine the street by 80 dB; faces against the light are a tenth of the sky") {
  const std::vector<double> night = luminances("night-street");
  CHECK(20 * std::log10(night.back() / night[night.size() / 20]) > 80);
  const std::vector<double> backlit = luminances("backlit-subject");
  CHECK(backlit[backlit.size() / 4] * 10 < backlit[backlit.size() * 3 / 4]);
}

TEST_CASE("The sign in the street flickers and nothing else does") {
  const auto scene = make_scene("night-street");
  std::vector<std::string> flickering;
  for (const Lamp& lamp : scene->lamps(daylight()))
    if (lamp.flicker != Flicker::none) flickering.push_back(lamp.name);
  CHECK(flickering == std::vector<std::string>{"LED sign"});
}

TEST_CASE("A sphere from the lathe has a sphere's normals") {
  std::vector<double> radii;
  for (int i = 0; i <= 32; ++i) radii.push_back(std::sqrt(i / 32.0 * (1 - i / 32.0)));
  const Turned ball({0, -1}, {0, 1}, radii);
  CHECK(ball.widest() == doctest::Approx(1).epsilon(0.001));
  for (const double x : {-0.6, -0.2, 0.5}) {
    const auto s = ball.at({x, 0});
    REQUIRE(s);
    CHECK(s->around == doctest::Approx(x).epsilon(0.01));
    CHECK(dot(s->normal, s->normal) == doctest::Approx(1));
    CHECK(s->normal.x == doctest::Approx(x).epsilon(0.03));
    CHECK(s->normal.z > 0.5);
  }
  CHECK_FALSE(ball.at({1.01, 0}));
  CHECK_FALSE(ball.at({0.9, 0.9}));
}

}  // namespace
}  // namespace sunny16::sim
