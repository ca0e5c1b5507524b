#include "sim/metrics/chart_detection.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/camera/bench.h"
#include "sim/metrics/cell_picture.h"
#include "sim/scene/still_life.h"
#include "tests/sim/metrics/chart_pictures.h"

namespace sunny16::sim::test {
namespace {

constexpr std::array kCorners{0, 5, 23, 18};  ///< patches, counted from 0
constexpr double kPatchShare = 0.2 / 0.2375;  ///< a patch's side in the distance from one to the next

using Truth = std::array<Position, 4>;

template <class Patch>
Truth corners(Patch&& patch) {
  Truth truth;
  std::ranges::transform(kCorners, truth.begin(), patch);
  return truth;
}

double distance(Position a, Position b) { return std::hypot(a.x - b.x, a.y - b.y); }

/// How far the worst corner is from where it should be, in widths of the narrowest patch.
double error(const DetectedChart& chart, const Truth& truth) {
  const double patch = kPatchShare * std::min({distance(truth[0], truth[1]) / 5, distance(truth[3], truth[2]) / 5,
                                               distance(truth[0], truth[3]) / 3, distance(truth[1], truth[2]) / 3});
  double worst = 0;
  for (std::size_t i = 0; i < 4; ++i) worst = std::max(worst, distance(chart.corners[i], truth[i]) / patch);
  return worst;
}

/// Finds the one chart, within `tolerance` of a patch.
void check_found(const Rgb& rgb, const Truth& truth, double tolerance = 0.1) {
  std::vector<DetectedChart> charts;
  CHECK_NOTHROW(charts = find_colour_checkers(view(rgb)));
  REQUIRE(charts.size() == 1);
  CHECK(error(charts[0], truth) < tolerance);
}

void check_found(const Pose& pose, int width, int height, double blur = 0.45) {
  CAPTURE(pose.turned);
  CAPTURE(pose.tilted);
  CAPTURE(pose.height);
  CAPTURE(pose.mirrored);
  const ChartOnWall scene(pose);
  check_found(photograph(scene, width, height, blur), corners([&](int i) { return scene.patch(i, width, height); }));
}

TEST_CASE("A chart is found at any angle, as it is and mirrored") {
  for (int turned = 0; turned < 360; turned += 15)
    check_found({.height = 0.45, .turned = turned + 0.5, .mirrored = turned % 2 == 1}, 320, 240);
}

TEST_CASE("A chart is found from the side") {
  for (const double tilted : {-50, -30, 20, 40})
    for (const double turned : {0, 25, 90, 200})
      check_found({.height = 0.5, .turned = turned, .tilted = tilted}, 400, 300);
}

TEST_CASE("Charts are found with patches of 12 pixels and with patches of a fifth of the picture's height") {
  for (const double patch : {12., 13., 15., 19., 28., 40.})
    check_found({.height = patch / (0.2 * 220), .turned = 8, .centre = {0.02, -0.01}}, 320, 220);
  check_found({.height = 12 / (0.2 * 600), .turned = 33, .centre = {0.4, 0.3}}, 800, 600);
}

TEST_CASE("A chart is found out of focus") {
  for (const double blur : {1., 2., 4.}) check_found({.height = 0.75, .turned = -12}, 480, 360, blur);
}

TEST_CASE("A chart is found in raw frames, under any light and in noise, without a white balance") {
  constexpr int kWidth = 800, kHeight = 600;
  const auto scene = std::make_shared<const ChartOnWall>(Pose{.height = 0.5, .turned = 100, .tilted = 25});
  const Truth truth = corners([&](int i) { return scene->patch(i, kWidth, kHeight); });
  for (const char* light : {"2500K", "3200K", "F11", "D65", "8000K"}) {
    BenchSetup setup{.module = load_module("imx477")};
    setup.mode = setup.module.sensor.modes[0];
    setup.mode.width = kWidth, setup.mode.height = kHeight;
    setup.module.lens.distortion_k1 = 0;
    setup.scene = scene;
    setup.light = {.name = light, .spectrum = parse_illuminant(light).spectrum, .lux = 200};
    const Bench bench(std::move(setup));
    const isp::Image<float> electrons = bench.electrons(bench.timing(0, 0.01), 2);
    for (const double gain : {1.0, 22.0}) {
      CAPTURE(light);
      CAPTURE(gain);
      const Exposure exposure{.time_s = bench.exposure_for(0.7, gain), .analogue_gain = gain};
      auto charts = find_colour_checkers(cell_picture(bench.record(electrons, exposure, 2)).view());
      REQUIRE(charts.size() == 1);
      for (Position& corner : charts[0].corners) corner = CellPicture::in_frame(corner);
      CHECK(error(charts[0], truth) < 0.1);
    }
  }
}

TEST_CASE("A chart is found in a picture for display, overexposed by a stop as well") {
  const ChartOnWall scene({.height = 0.6, .turned = 182});
  for (const double exposure : {0.25, 1., 2.}) {
    CAPTURE(exposure);
    Rgb rgb = photograph(scene, 320, 240);
    for (auto& plane : rgb)
      for (int y = 0; y < plane.height(); ++y)
        for (int x = 0; x < plane.width(); ++x) {
          const double v = std::clamp(exposure * plane.row(y)[x], 0.0, 1.0);  // IEC 61966-2-1
          plane.row(y)[x] = static_cast<float>(v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055);
        }
    check_found(rgb, corners([&](int i) { return scene.patch(i, 320, 240); }));
  }
}

TEST_CASE("A chart is found with a third of its patches behind bars") {
  constexpr int kWidth = 480, kHeight = 360;
  const ChartOnWall scene({.height = 0.7, .turned = 5});
  Rgb rgb = photograph(scene, kWidth, kHeight);
  for (const int hidden : {1, 4, 8, 10, 13, 15, 18, 23}) {  // behind a cross of wires
    const Position p = scene.patch(hidden, kWidth, kHeight);
    for (auto& plane : rgb)
      for (int i = -28; i < 28; ++i)
        for (int j = -2; j < 2; ++j) {
          plane.row(static_cast<int>(p.y) + j)[static_cast<int>(p.x) + i] = 0.3f;
          plane.row(static_cast<int>(p.y) + i)[static_cast<int>(p.x) + j] = 0.3f;
        }
  }
  const Truth truth = corners([&](int i) { return scene.patch(i, kWidth, kHeight); });
  check_found(rgb, truth);
  CHECK(find_colour_checkers(view(rgb))[0].squares < 20);
}

TEST_CASE("The still life's chart is found, and its grey ramp and stars are not") {
  constexpr int kWidth = 640, kHeight = 480;
  const StillLife scene;
  const auto targets = scene.targets();
  const auto chart = std::ranges::find(targets, TargetKind::colour_checker, &Target::kind);
  REQUIRE(chart != targets.end());
  Truth truth;
  std::ranges::transform(chart->corners, truth.begin(), [](Point p) {
    return Position{p.x * kHeight + kWidth / 2.0 - 0.5, (p.y + 0.5) * kHeight - 0.5};
  });
  check_found(photograph(scene, kWidth, kHeight), truth);
}

class TwoCharts final : public Scene {
 public:
  std::span<const Spectrum> materials() const override { return left.materials(); }
  Colour light(Point at, double time, const Palette& palette) const override {
    return at.x < 0.2 ? left.light(at, time, palette) : right.light(at, time, palette);
  }
  ChartOnWall left{{.height = 0.4, .centre = {-0.25, 0}}}, right{{.height = 0.3, .turned = 90, .centre = {0.45, 0}}};
};

TEST_CASE("Of two charts the larger one comes first") {
  constexpr int kWidth = 600, kHeight = 400;
  const TwoCharts scene;
  const auto charts = find_colour_checkers(view(photograph(scene, kWidth, kHeight)));
  REQUIRE(charts.size() == 2);
  CHECK(error(charts[0], corners([&](int i) { return scene.left.patch(i, kWidth, kHeight); })) < 0.1);
  CHECK(error(charts[1], corners([&](int i) { return scene.right.patch(i, kWidth, kHeight); })) < 0.1);
}

/// A chart's tiles, all but their colours: 26 columns and rows of squares on black.
template <class Tile>
Rgb tiles(Tile&& tile) {
  return picture(640, 480, [&](int x, int y) {
    const bool gap = x % 24 < 4 || y % 24 < 4;
    return gap ? grey(0.02) : tile(x / 24, y / 24);
  });
}

void check_not_found(const Rgb& rgb) { CHECK_THROWS_AS(find_colour_checkers(view(rgb)), MetricError); }

TEST_CASE("No chart is found where there is none") {
  SUBCASE("in grain") {
    check_not_found(picture(640, 480, [](int x, int y) {
      return Colour{cell_noise(x, y), cell_noise(x + 1000, y), cell_noise(x, y + 1000)};
    }));
  }
  SUBCASE("in clouds") {
    check_not_found(picture(640, 480, [](int x, int y) {
      const Point p{x / 20.0, y / 20.0};
      return Colour{value_noise(p), value_noise(p + Point{99, 0}), value_noise(p + Point{0, 99})};
    }));
  }
  SUBCASE("among windows of a house") {
    check_not_found(tiles([](int, int) { return Colour{0.5, 0.55, 0.6}; }));
  }
  SUBCASE("among tiles of grey") {
    check_not_found(tiles([](int u, int v) { return grey(0.05 + 0.9 * cell_noise(u, v)); }));
  }
  SUBCASE("among tiles of any colour") {
    check_not_found(tiles([](int u, int v) {
      return Colour{cell_noise(u, v), cell_noise(u + 50, v), cell_noise(u, v + 50)};
    }));
  }
  SUBCASE("among keys with letters") {
    check_not_found(picture(640, 480, [](int x, int y) {
      const int v = y / 30, u = (x + 11 * (v % 3)) / 30, in_x = (x + 11 * (v % 3)) % 30, in_y = y % 30;
      if (in_x < 3 || in_y < 3) return grey(0.3);
      const bool letter = in_x > 10 && in_x < 20 && in_y > 8 && in_y < 20 && cell_noise(x / 2, y / 2) > 0.5;
      return letter ? grey(0.8) : Colour{0.03, 0.03, 0.035} * (1 + cell_noise(u, v) * 0.1);
    }));
  }
  SUBCASE("in text") {
    check_not_found(picture(640, 480, [](int x, int y) {
      const bool line = y % 14 < 8, word = cell_noise(x / 40, y / 14) > 0.15;
      return grey(line && word && cell_noise(x / 2, y / 2) > 0.55 ? 0.05 : 0.85);
    }));
  }
  SUBCASE("in flat grey") {
    check_not_found(picture(640, 480, [](int, int) { return grey(0.18); }));
  }
  SUBCASE("where the chart's patches lie in another order") {
    check_not_found(
        tiles([](int u, int v) { return chart_colours()[static_cast<std::size_t>((7 * u + 11 * v) % 24)]; }));
  }
}

TEST_CASE("What is missing is said") {
  const auto message = [](const Rgb& rgb) -> std::string {
    try {
      find_colour_checkers(view(rgb));
    } catch (const MetricError& error) {
      return error.what();
    }
    return "";
  };
  CHECK(message(picture(100, 80, [](int, int) { return grey(0.5); })) ==
        "chart not found: 0 flat squares, never 8 of them in rows and columns");
  CHECK(message(picture(50, 80, [](int, int) { return grey(0.5); })) ==
        "chart not found: found a plane of 50 x 80, allowed three of the same size, at least 60 pixels each way");
  const std::string grey_tiles = message(tiles([](int, int) { return grey(0.5); }));
  CAPTURE(grey_tiles);
  CHECK(grey_tiles.find("of a ColorChecker's colours, at least 85 % needed") != std::string::npos);
}

}  // namespace
}  // namespace sunny16::sim::test
