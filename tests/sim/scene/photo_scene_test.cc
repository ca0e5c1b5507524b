#include "sim/scene/photo_scene.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <utility>

#include "sim/light/simulation_error.h"
#include "tests/sim/scene/eye.h"

namespace sunny16::sim {
namespace {

isp::Image<float> picture(int columns, int rows) {
  isp::Image<float> p(3 * columns, rows);
  for (int y = 0; y < rows; ++y)
    for (int x = 0; x < columns; ++x)
      for (int c = 0; c < 3; ++c) p.row(y)[3 * x + c] = static_cast<float>((1 + (x * 7 + y * 5 + c * 3) % 19) / 20.0);
  return p;
}

TEST_CASE("Each pixel of a picture is seen in its place with its colour") {
  constexpr int kColumns = 40, kRows = 30;
  const auto p = picture(kColumns, kRows);
  const PhotoScene scene(p.view(), 4.0 / 3, kRows);
  const Seen seen(scene, srgb_observer());
  for (int y = 0; y < kRows; ++y)
    for (int x = 0; x < kColumns; ++x) {
      const Colour c = seen.at({(x + 0.5 - kColumns / 2.0) / kRows, (y + 0.5) / kRows - 0.5});
      CHECK(c.r == doctest::Approx(std::as_const(p).row(y)[3 * x]).epsilon(0.003));
      CHECK(c.g == doctest::Approx(std::as_const(p).row(y)[3 * x + 1]).epsilon(0.003));
      CHECK(c.b == doctest::Approx(std::as_const(p).row(y)[3 * x + 2]).epsilon(0.003));
    }
}

TEST_CASE("A picture covers the frame: a wide one loses its sides, a tall one its top and bottom") {
  isp::Image<float> wide(3 * 100, 20), tall(3 * 20, 100);
  for (int y = 0; y < 20; ++y)
    for (int i = 0; i < 300; ++i) wide.row(y)[i] = static_cast<float>(i / 3) / 100;
  for (int y = 0; y < 100; ++y)
    for (int i = 0; i < 60; ++i) tall.row(y)[i] = static_cast<float>(y) / 100;
  const PhotoScene from_wide(wide.view(), 2, 20), from_tall(tall.view(), 2, 20);
  const Seen w(from_wide), t(from_tall);
  // The frame is 40 of 100 columns wide, and 10 of 100 rows high.
  CHECK(w.luminance({1 - 0.025, 0}) - w.luminance({-1 + 0.025, 0}) == doctest::Approx(0.39).epsilon(0.001));
  CHECK(t.luminance({0, 0.5 - 0.05}) - t.luminance({0, -0.5 + 0.05}) == doctest::Approx(0.09).epsilon(0.001));
}

TEST_CASE("A picture finer than the frame is averaged, not sampled") {
  isp::Image<float> chequered(3 * 64, 64);
  for (int y = 0; y < 64; ++y)
    for (int i = 0; i < 192; ++i) chequered.row(y)[i] = static_cast<float>((i / 3 + y) & 1);
  const PhotoScene scene(chequered.view(), 1, 16);
  const Seen seen(scene);
  for (double x = -0.45; x < 0.5; x += 0.11) CHECK(seen.luminance({x, 0.2 * x}) == doctest::Approx(0.5).epsilon(1e-6));
}

TEST_CASE("Values below zero are black; no numbers, no pixels are errors") {
  isp::Image<float> p(3, 1);
  p.row(0)[0] = -1, p.row(0)[1] = -1, p.row(0)[2] = -1;
  CHECK(Seen(PhotoScene(p.view(), 1, 1)).luminance({}) == 0);
  p.row(0)[1] = std::numeric_limits<float>::quiet_NaN();
  CHECK_THROWS_AS(PhotoScene(p.view(), 1, 1), SimulationError);
  CHECK_THROWS_AS(PhotoScene(isp::Image<float>(4, 2).view(), 1, 1), SimulationError);
  CHECK_THROWS_AS(PhotoScene({}, 1, 1), SimulationError);
}

}  // namespace
}  // namespace sunny16::sim
