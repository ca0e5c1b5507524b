#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/optics/lens.h"
#include "sim/scene/charts.h"
#include "sim/scene/pattern.h"
#include "sim/scene/still_life.h"

namespace sunny16::sim {
namespace {

TEST_CASE("Sines are right anywhere") {
  for (double turns = -3; turns < 3; turns += 0.0137)
    CHECK(sine(turns) == doctest::Approx(std::sin(turns * 2 * 3.14159265358979323846)).epsilon(1e-9));
}

TEST_CASE("The ColorChecker's patches lie where they say, from their centre to their rim") {
  const StillLife scene;
  for (int i = 0; i < 24; ++i) {
    const Colour printed = kColourChecker[static_cast<std::size_t>(i)];
    for (const Point d : {Point{0, 0}, Point{-1, -1}, Point{1, 1}, Point{1, -1}}) {
      const Colour seen = scene.light(StillLife::patch(i) + d * StillLife::kPatchReach);
      CHECK(seen.r == printed.r);
      CHECK(seen.g == printed.g);
      CHECK(seen.b == printed.b);
    }
    CHECK(scene.light(StillLife::patch(i) + Point{0, 1.2 * StillLife::kPatchReach}).g == doctest::Approx(0.02));
  }
}

TEST_CASE("The grey ramp halves in three steps, and its steps and its ramp agree") {
  constexpr double kWidth = 8;
  for (int step = 0; step < 16; ++step) {
    const double x = (step + 0.5) * kWidth / 16;
    CHECK(grey_ramp({x, 0.2}, kWidth).g == doctest::Approx(0.9 * std::pow(2, -step / 3.0)));
    CHECK(grey_ramp({x, 0.8}, kWidth).g == doctest::Approx(grey_ramp({x, 0.2}, kWidth).g));
  }
}

TEST_CASE("The scene is never darker than black or brighter than its lamp, within gamut's slack") {
  const StillLife scene;
  double brightest = 0;
  for (double y = -0.5; y < 0.5; y += 0.004)
    for (double x = -0.9; x < 0.9; x += 0.004) {
      const Colour c = scene.light({x, y});
      CHECK(std::min({c.r, c.g, c.b}) > -0.05);
      brightest = std::max(brightest, c.g);
    }
  CHECK(brightest > 10);
  CHECK(brightest < 50);
}

class Edge final : public Scene {
 public:
  Colour light(Point at) const override { return grey(at.x < 0.1 ? 0.2 : 0.8); }
};

TEST_CASE("A picture of the scene does not depend on threads") {
  const auto same = [](const LightImage& a, const LightImage& b) {
    for (int y = 0; y < a.height(); ++y)
      if (!std::equal(a.row(y), a.row(y) + a.width(), b.row(y))) return false;
    return true;
  };
  const LightImage once = render(StillLife(), {}, 90, 67, 1);
  for (const int threads : {2, 3, 7, 100}) CHECK(same(once, render(StillLife(), {}, 90, 67, threads)));
}

TEST_CASE("A lens blurs an edge by its point spread, and keeps the light") {
  constexpr int kWidth = 64, kHeight = 40, kRow = 20;
  const LightImage sharp = render(Edge(), {.blur = 0}, kWidth, kHeight, 1);
  const LightImage soft = render(Edge(), {.blur = 0.8}, kWidth, kHeight, 1);
  double sharp_sum = 0, soft_sum = 0;
  int sharp_between = 0, soft_between = 0;
  for (int x = 0; x < kWidth; ++x) {
    const double a = sharp.row(kRow)[3 * x + 1], b = soft.row(kRow)[3 * x + 1];
    sharp_sum += a, soft_sum += b;
    sharp_between += a > 0.21 && a<0.79, soft_between += b> 0.21 && b < 0.79;
  }
  CHECK(sharp_between <= 1);
  CHECK(soft_between >= 3);
  CHECK(soft_sum == doctest::Approx(sharp_sum).epsilon(1e-6));
}

}  // namespace
}  // namespace sunny16::sim
