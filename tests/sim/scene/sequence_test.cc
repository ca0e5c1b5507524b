#include "sim/scene/sequence.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "sim/light/simulation_error.h"
#include "sim/scene/flat_field.h"
#include "tests/sim/scene/eye.h"

namespace sunny16::sim {
namespace {

std::unique_ptr<Scene> sequence(std::string_view name) { return make_sequence(name, make_scene("slanted-edge")); }

TEST_CASE("Sequences keep their scene's targets, materials and distance, and say whether they move") {
  for (const SceneName& name : sequence_names()) {
    CAPTURE(name.name);
    const auto scene = make_sequence(name.name, make_scene("color-checker"));
    CHECK(scene->targets().size() == 1);
    CHECK(scene->materials().size() == 24);
    CHECK(scene->distance_m() == make_scene("color-checker")->distance_m());
    const bool lamp_only = name.name.starts_with("flicker") || name.name == "light-switched-on";
    CHECK(scene->moves() == !lamp_only);
  }
  std::string message;
  try {
    sequence("earthquake");
  } catch (const SimulationError& e) {
    message = e.what();
  }
  CHECK(message ==
        "sequence: found \"earthquake\", allowed hand-shake pan moving-objects light-switched-on dusk flicker-50 "
        "flicker-60");
}

TEST_CASE("What does not move is the same at any time, what moves is not") {
  for (const SceneName& name : sequence_names()) {
    CAPTURE(name.name);
    const auto scene = sequence(name.name);
    const Seen seen(*scene);
    int different = 0;
    for (double y = -0.49; y < 0.5; y += 0.01)
      for (double x = -0.66; x < 0.67; x += 0.01) different += !(seen.at({x, y}, 0.1) == seen.at({x, y}, 0.35));
    CHECK((different > 0) == scene->moves());
  }
}

TEST_CASE("A hand's path starts at rest, has its amplitude, is band-limited, repeats, and depends on the seed alone") {
  const HandShake shake(make_scene("flat-field"), 0.003, 0.0001, 1), again(make_scene("flat-field"), 0.003, 0.0001, 1);
  const HandShake other(make_scene("flat-field"), 0.003, 0.0001, 2);
  CHECK(shake.pose(0).shift.x == 0);
  CHECK(shake.pose(0).sine == 0);
  double x = 0, xx = 0, farthest = 0, fastest = 0, difference = 0;
  constexpr double kStep = 0.004;
  int n = 0;
  for (double t = 0; t < HandShake::kPeriod; t += kStep, ++n) {
    const Point p = shake.pose(t).shift;
    CHECK(p.x == again.pose(t).shift.x);
    CHECK(p.y == doctest::Approx(shake.pose(t + HandShake::kPeriod).shift.y).epsilon(1e-6));
    x += p.x, xx += p.x * p.x;
    farthest = std::max(farthest, std::hypot(p.x, p.y));
    fastest = std::max(fastest, std::abs(shake.pose(t + kStep).shift.x - p.x) / kStep);
    difference = std::max(difference, std::abs(p.x - other.pose(t).shift.x));
  }
  CHECK(std::sqrt(xx / n - x / n * (x / n)) == doctest::Approx(0.003).epsilon(0.01));
  CHECK(farthest < 0.003 * 8);
  CHECK(fastest < 0.003 * 2 * 3.15 * 12);  // all of its power at 12 Hz would be as fast
  CHECK(difference > 0.001);
}

TEST_CASE("A turn keeps distances: what a shaken camera sees is a rigid motion of the scene") {
  const HandShake shake(make_scene("slanted-edge"), 0.01, 0.004, 3);
  const auto still = make_scene("slanted-edge");
  const Seen moved(shake), base(*still);
  const HandShake::Pose pose = shake.pose(1.7);
  const double cosine = std::sqrt(1 - pose.sine * pose.sine);
  for (double y = -0.4; y < 0.4; y += 0.013)
    for (double x = -0.6; x < 0.6; x += 0.013)
      CHECK(moved.at({x, y}, 1.7) ==
            base.at(Point{x * cosine - y * pose.sine, x * pose.sine + y * cosine} + pose.shift));
}

TEST_CASE("A pan shifts by its speed") {
  const auto pan = sequence("pan"), still = make_scene("slanted-edge");
  const Seen moved(*pan), base(*still);
  for (double x = -0.6; x < 0.6; x += 0.017) CHECK(moved.at({x, 0.05}, 2) == base.at({x + 0.5, 0.05}));
}

TEST_CASE("Moving objects cross at their speeds") {
  const auto scene = make_sequence("moving-objects", std::make_unique<FlatField>());
  const Seen seen(*scene);
  const auto left_rim = [&](double y, double time) {  // of the first thing on a white field
    for (double x = -1; x < 1; x += 1e-4)
      if (seen.luminance({x, y}, time) < 0.9) return x;
    return 1.0;
  };
  CHECK(left_rim(-0.12, 0.6) - left_rim(-0.12, 0.2) == doctest::Approx(0.6 * 0.4).epsilon(0.001));
  CHECK(left_rim(0.2, 0.6) - left_rim(0.2, 0.2) == doctest::Approx(-0.15 * 0.4).epsilon(0.003));
}

TEST_CASE("The main lamp is switched on, or flickers at twice the mains' frequency; no other lamp does") {
  const auto on = make_sequence("light-switched-on", make_scene("still-life"))->lamps(daylight());
  REQUIRE(on.size() == 2);
  CHECK(on[0].level(0.3, 0.49) == 0);
  CHECK(on[0].level(0.51, 0.52) == 1);
  CHECK(on[1].level(0.3, 0.49) == 1);
  for (const double mains : {50.0, 60.0}) {
    const auto lamps =
        make_sequence(mains == 50 ? "flicker-50" : "flicker-60", make_scene("still-life"))->lamps(daylight());
    CHECK(lamps[0].flicker == Flicker::sine);
    CHECK(lamps[0].level(0, 1 / (2 * mains)) == doctest::Approx(1));
    CHECK(lamps[0].level(0, 1 / (4 * mains)) == doctest::Approx(1 + 0.5 * 2 / 3.14159265358979));
    CHECK(lamps[1].flicker == Flicker::none);
  }
}

}  // namespace
}  // namespace sunny16::sim
