#include "isp/stages/tone_grid.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/isp/thumbnails.h"

namespace sunny16::isp {
namespace {

constexpr int kSide = 960;

struct Scene {
  Conditions conditions;
  LocalToneTuning tuning;

  template <class F>
  explicit Scene(F&& level) {
    conditions.frame = FrameGeometry::canonical(kSide, kSide, CfaPhase::rggb);
    conditions.noise = {1e-6, 1e-12};
    conditions.thumbnail = test::painted(level);
    tuning.strength = 1;
  }
  /// EV at a place, as parts of the frame, of a pixel's light, 1 at white.
  double gain(double x, double y, double light) const {
    const NodeGrid grid = NodeGrid::over(conditions.frame);
    const ToneGrid gains = tone_grid(tuning, *conditions.thumbnail, conditions, grid, conditions.frame.active);
    const auto at = [&](double part) { return static_cast<std::size_t>(part * kSide / (1 << grid.shift) + 0.5); };
    const double position = std::max(std::log2(light) + 10, 0.0);
    const auto node = static_cast<std::size_t>(position);
    const ToneGrid::Node& place = gains.nodes[at(y)][at(x)];
    const double part = light * 512 / std::exp2(static_cast<double>(node) - 1) - 1;
    return std::log2((place[node] + (place[node + 1] - place[node]) * part) / 2048.0);
  }
};

/// A room at 1/128 of white with a window, or a sky, at 2 beyond a vertical edge.
Scene room_and_window() {
  Scene scene([](double x, double) { return x < 0.5 ? 1.0 / 128 / 4 : 0.5; });
  scene.conditions.digital_gain = 4;
  return scene;
}

TEST_CASE("tone grid: mid-tones stay, the map is monotone, and strength 0 is the identity") {
  CHECK(mapped_light(std::log2(0.18), 1, 2) == doctest::Approx(std::log2(0.18)).epsilon(0.05));
  for (const double clipping : {0.0, 0.7, 2.0})
    for (const double strength : {0.0, 0.3, 0.5, 1.0})
      for (double ev = -10; ev < 2; ev += 0.1) {
        CHECK(mapped_light(ev + 0.1, strength, clipping) > mapped_light(ev, strength, clipping));
        if (strength == 0) CHECK(mapped_light(ev, 0, clipping) == ev);
      }
}

TEST_CASE("tone grid: what is clipped stays white, whatever the strength, and nothing is cut without headroom") {
  for (const double clipping : {0.0, 0.7, 1.5, 2.0}) {
    CHECK(mapped_light(clipping, 1, clipping) == doctest::Approx(0).epsilon(0.01));
    CHECK(mapped_light(clipping, 0.5, clipping) >= 0);
  }
  for (double ev = -3; ev <= 0; ev += 0.25) CHECK(mapped_light(ev, 1, 0) >= ev);
  CHECK(mapped_light(-0.5, 1, -1) == -0.5);
}

TEST_CASE("tone grid: a dark room is lifted, a bright window darkened, a plain mid-grey scene left alone") {
  const Scene scene = room_and_window();
  CHECK(scene.gain(0.2, 0.5, 1.0 / 128) > 1.5);
  CHECK(scene.gain(0.8, 0.5, 2) < -0.6);
  const Scene plain([](double, double) { return 0.18; });
  CHECK(std::abs(plain.gain(0.5, 0.5, 0.18)) < 0.15);
  CHECK(std::abs(plain.gain(0.5, 0.5, 0.09)) < 0.25);
}

TEST_CASE("tone grid: what a pixel differs from its region is detail, and keeps its contrast") {
  const Scene scene = room_and_window();
  for (const auto& [x, light] : {std::pair{0.2, 1.0 / 128}, {0.8, 2.0}}) {
    const double kept = scene.gain(x, 0.5, light * 0.7) - scene.gain(x, 0.5, light * 1.4);  // 0: all of the stop
    CHECK(std::abs(kept) < 0.1);
  }
}

TEST_CASE("tone grid: gains do not change towards an edge between regions, on either side") {
  const Scene scene = room_and_window();
  CHECK(std::abs(scene.gain(0.45, 0.5, 1.0 / 128) - scene.gain(0.1, 0.5, 1.0 / 128)) < 0.07);
  CHECK(std::abs(scene.gain(0.55, 0.5, 2) - scene.gain(0.9, 0.5, 2)) < 0.07);
}

TEST_CASE("tone grid: more light never becomes less") {
  Scene scene = room_and_window();
  for (const double detail : {0.5, 1.0, 2.0})
    for (const double x : {0.1, 0.45, 0.5, 0.55, 0.9}) {
      scene.tuning.detail = detail;
      double before = -20;
      for (double ev = -9; ev < 1.9; ev += 0.5) {
        const double out = ev + scene.gain(x, 0.5, std::exp2(ev));
        CHECK(out > before);
        before = out;
      }
    }
}

TEST_CASE("tone grid: limits of lift and cut, and a noisy shadow is lifted less") {
  Scene scene = room_and_window();
  scene.tuning.max_lift = 1, scene.tuning.max_cut = 0.5;
  CHECK(scene.gain(0.2, 0.5, 1.0 / 128) < 1.05);
  CHECK(scene.gain(0.8, 0.5, 2) > -0.55);
  Scene noisy = room_and_window();
  const double clean = noisy.gain(0.2, 0.5, 1.0 / 128);
  noisy.conditions.noise = {.shot = 1e-3, .read = 2e-6};
  CHECK(noisy.gain(0.2, 0.5, 1.0 / 128) < clean - 0.3);
  CHECK(noisy.gain(0.2, 0.5, 1.0 / 128) >= 0);
}

TEST_CASE("tone grid: more detail steepens a region's contrast, less flattens it") {
  Scene scene([](double, double) { return 0.18; });
  const auto contrast = [&](double detail) {
    scene.tuning.detail = detail;
    return 1 + scene.gain(0.5, 0.5, 0.25) - scene.gain(0.5, 0.5, 0.125);
  };
  CHECK(contrast(1.5) > contrast(1) + 0.2);
  CHECK(contrast(0.7) < contrast(1) - 0.1);
}

}  // namespace
}  // namespace sunny16::isp
