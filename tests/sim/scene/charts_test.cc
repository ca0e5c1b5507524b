// Every target of every chart holds what it says.
#include "sim/scene/charts.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/light/colour_checker.h"
#include "sim/scene/catalogue.h"
#include "tests/sim/scene/eye.h"

namespace sunny16::sim {
namespace {

constexpr double kTurn = 2 * 3.14159265358979323846;

/// The scene's illuminance on a chart, as a part of the lamp's, from its white patch.
double check_colour_checker(const Target& target, const Seen& seen) {
  const auto& patches = colour_checker_reflectances();
  const auto centre = [&](int i) { return between(target.corners, i % 6 / 5.0, i / 6 / 3.0); };
  const Tristimulus white = xyz(parse_illuminant("D65").spectrum);
  const double level = seen.luminance(centre(18)) / (xyz(parse_illuminant("D65").spectrum * patches[18]).Y / white.Y);
  const Point pitch = (target.corners[1] - target.corners[0]) * 0.2;
  for (int i = 0; i < 24; ++i) {
    CAPTURE(i);
    const Tristimulus printed = xyz(parse_illuminant("D65").spectrum * patches[static_cast<std::size_t>(i)]);
    for (const Point d : {Point{0, 0}, Point{-0.4, -0.4}, Point{0.4, 0.4}, Point{0.4, -0.4}}) {
      const Colour c = seen.at(centre(i) + d * pitch.x);
      CHECK(c.r == doctest::Approx(level * printed.X / white.X));
      CHECK(c.g == doctest::Approx(level * printed.Y / white.Y));
      CHECK(c.b == doctest::Approx(level * printed.Z / white.Z));
    }
    if (i % 6 < 5) CHECK(seen.luminance(centre(i) + pitch * 0.5) == doctest::Approx(level * kColourCheckerBlack));
  }
  return level;
}

/// Fits a line through where luminance crosses the middle, across rows or columns, and returns its angle to the axis in
/// degrees and the contrast.
void check_edge(const Target& target, const Seen& seen, double degrees) {
  const Point size = target.corners[2] - target.corners[0];
  const double first = seen.luminance(between(target.corners, 0.02, 0.02));
  const double last = seen.luminance(between(target.corners, 0.98, 0.98));
  CHECK(std::max(first, last) / std::min(first, last) == doctest::Approx(target.luminance).epsilon(0.01));
  const bool upright = size.y > size.x;
  double sum = 0, n = 0, sx = 0, sxx = 0, sxy = 0;
  for (double along = 0.05; along < 1; along += 0.05) {
    double dark = 0, light = 1;  // halving the interval
    for (int i = 0; i < 40; ++i) {
      const double middle = 0.5 * (dark + light);
      const double v =
          seen.luminance(upright ? between(target.corners, middle, along) : between(target.corners, along, middle));
      (std::abs(v - first) < std::abs(v - last) ? dark : light) = middle;
    }
    const double place = dark * (upright ? size.x : size.y), way = along * (upright ? size.y : size.x);
    sum += place, n += 1, sx += way, sxx += way * way, sxy += way * place;
  }
  const double slope = (n * sxy - sx * sum) / (n * sxx - sx * sx);
  CHECK(std::abs(std::atan(slope)) * 360 / kTurn == doctest::Approx(degrees).epsilon(1e-6));
  CHECK(sum / n == doctest::Approx(0.5 * (upright ? size.x : size.y)).epsilon(0.01));  // in the middle
}

void check_star(const Target& target, const Seen& seen) {
  const Point middle = (target.corners[0] + target.corners[2]) * 0.5;
  const double radius = 0.5 * (target.corners[2].x - target.corners[0].x);
  for (const double part : {0.2, 0.6, 0.95}) {
    double mean = 0, real = 0, imaginary = 0, other = 0;
    constexpr int kSteps = 4096;
    for (int i = 0; i < kSteps; ++i) {
      const double angle = kTurn * i / kSteps;
      const double v = seen.luminance(middle + Point{std::cos(angle), std::sin(angle)} * (part * radius));
      mean += v / kSteps;
      real += 2 * v * std::cos(target.cycles * angle) / kSteps,
          imaginary += 2 * v * std::sin(target.cycles * angle) / kSteps;
      other += 2 * v * std::sin((target.cycles + 1) * angle) / kSteps;
    }
    CHECK(mean == doctest::Approx(target.luminance));
    CHECK(std::hypot(real, imaginary) == doctest::Approx(0.5 * (kPaper - kInk)).epsilon(1e-6));
    CHECK(std::abs(other) < 1e-9);
  }
}

void check_dots(const Target& target, const Seen& seen) {
  for (int row = 0; row < target.rows; ++row)
    for (int column = 0; column < target.columns; ++column) {
      const auto place = [&](double x, double y) {
        return between(target.corners, x / (target.columns - 1), y / (target.rows - 1));
      };
      CHECK(seen.luminance(place(column, row)) == doctest::Approx(target.luminance));
      CHECK(seen.luminance(place(column + 0.5, row)) > 10 * target.luminance);
      CHECK(seen.luminance(place(column, row + 0.5)) > 10 * target.luminance);
    }
  // The centroid of one dot, at a corner.
  const Point corner = target.corners[2];
  Point sum;
  double n = 0;
  for (double y = -0.03; y < 0.03; y += 0.0005)
    for (double x = -0.03; x < 0.03; x += 0.0005)
      if (seen.luminance(corner + Point{x + 0.00025, y + 0.00025}) < 2 * target.luminance)
        sum = sum + Point{x + 0.00025, y + 0.00025}, n += 1;
  CHECK(std::abs(sum.x / n) < 1e-4);
  CHECK(std::abs(sum.y / n) < 1e-4);
}

void check_even(const Target& target, const Seen& seen) {
  for (double y = 0; y <= 1; y += 0.125)
    for (double x = 0; x <= 1; x += 0.125)
      CHECK(seen.luminance(between(target.corners, x, y)) == doctest::Approx(target.luminance).epsilon(1e-6));
}

TEST_CASE("The targets of every scene lie in the picture and hold what they say") {
  std::map<std::string, std::map<TargetKind, int>> counts;
  for (const SceneName& name : scene_names()) {
    CAPTURE(name.name);
    const auto scene = make_scene(name.name);
    const Seen seen(*scene);
    for (const Target& target : scene->targets()) {
      CAPTURE(target.name);
      ++counts[std::string(name.name)][target.kind];
      for (const Point p : target.corners) {
        CHECK(std::abs(p.x) < 2.0 / 3);  // of a picture of 4:3
        CHECK(std::abs(p.y) < 0.5);
      }
      CHECK(target.corners[0].x < target.corners[1].x);
      CHECK(target.corners[1].y < target.corners[2].y);
      switch (target.kind) {
        case TargetKind::colour_checker:
          CHECK(check_colour_checker(target, seen) > 0.01);
          break;
        case TargetKind::edge:
          check_edge(target, seen, 5);
          break;
        case TargetKind::star:
          check_star(target, seen);
          break;
        case TargetKind::dots:
          check_dots(target, seen);
          break;
        case TargetKind::grey_step:
        case TargetKind::flat:
          check_even(target, seen);
          break;
        case TargetKind::dead_leaves:
          break;  // dead_leaves_test.cc
        case TargetKind::face:
          break;  // a place, without a figure
      }
    }
  }
  CHECK(counts["still-life"][TargetKind::colour_checker] == 1);
  CHECK(counts["still-life"][TargetKind::grey_step] == 16);
  CHECK(counts["still-life"][TargetKind::edge] == 8);
  CHECK(counts["still-life"][TargetKind::star] == 1);
  CHECK(counts["color-checker"][TargetKind::colour_checker] == 1);
  CHECK(counts["slanted-edge"][TargetKind::edge] == 36);
  CHECK(counts["oecf"][TargetKind::grey_step] == 20);
  CHECK(counts["flat-field"][TargetKind::flat] == 1);
  CHECK(counts["dead-leaves"][TargetKind::dead_leaves] == 1);
  CHECK(counts["siemens-star"][TargetKind::star] == 1);
  CHECK(counts["dot-grid"][TargetKind::dots] == 1);
  for (const char* pictorial : {"interior-window", "backlit-subject", "landscape"})
    CHECK(counts[pictorial][TargetKind::colour_checker] == 1);
}

TEST_CASE("The charts in full light are lit by all of it") {
  for (const char* name : {"still-life", "color-checker", "landscape"}) {
    const auto scene = make_scene(name);
    for (const Target& target : scene->targets())
      if (target.kind == TargetKind::colour_checker)
        CHECK(check_colour_checker(target, Seen(*scene)) == doctest::Approx(1).epsilon(1e-6));
  }
}

TEST_CASE("OECF patches span more than three decades in equal steps of density") {
  double previous = 0;
  const auto targets = make_scene("oecf")->targets();
  for (const Target& target : targets) {
    if (previous > 0) CHECK(std::log10(previous / target.luminance) == doctest::Approx(0.17));
    previous = target.luminance;
  }
  CHECK(targets.front().luminance / targets.back().luminance > 1000);
}

TEST_CASE("The grey ramp halves in three steps, and its steps and its ramp agree") {
  constexpr double kWidth = 8;
  for (int step = 0; step < kRampSteps; ++step) {
    const double x = (step + 0.5) * kWidth / kRampSteps;
    CHECK(grey_ramp({x, 0.2}, kWidth) == doctest::Approx(0.9 * std::pow(2, -step / 3.0)));
    CHECK(grey_ramp({x, 0.8}, kWidth) == doctest::Approx(grey_ramp({x, 0.2}, kWidth)));
  }
}

TEST_CASE("Spokes are the sine of a multiple of the angle") {
  for (const int cycles : {1, 2, 64, 72, 144})
    for (double angle = -3; angle < 3; angle += 0.37)
      CHECK(std::abs(spokes({std::cos(angle), std::sin(angle)}, cycles) - std::sin(cycles * angle)) < 1e-11);
}

TEST_CASE("The zone plate's local frequency is proportional to the radius") {
  const auto scene = make_scene("zone-plate");
  const Seen seen(*scene);
  // Count crossings of the mean in one tenth of the radius: cycles there are the mean frequency times the way.
  for (const double from : {0.1, 0.25, 0.4}) {
    int crossings = 0;
    double previous = seen.luminance({from, 0});
    for (double r = from; r < from + 0.045; r += 1e-5) {
      const double v = seen.luminance({r, 0});
      crossings += (v > printed(0.5)) != (previous > printed(0.5));
      previous = v;
    }
    CHECK(crossings / 2.0 == doctest::Approx(1000 / 0.45 * (from + 0.0225) * 0.045).epsilon(0.03));
  }
}

TEST_CASE("Resolution wedges have nine lines at the frequency that their numbers tell") {
  const auto scene = make_scene("resolution-wedges");
  const Seen seen(*scene);
  // The left arm runs from 200 line widths per height at x = -0.46 to 2000 at -0.08, in x.
  for (const double widths : {300.0, 800.0, 1500.0}) {
    const double x = -0.46 + 0.38 * (widths - 200) / 1800;
    int lines = 0;
    double first = 1, last = -1;
    bool dark = false;
    for (double y = -0.03; y < 0.03; y += 1e-5) {
      const bool now = seen.luminance({x, y}) < 0.4;
      if (now && !dark) ++lines, first = std::min(first, y), last = y;
      dark = now;
    }
    CHECK(lines == 9);
    CHECK((last - first) / 8 == doctest::Approx(2 / widths).epsilon(0.01));  // a cycle is two line widths
  }
}

}  // namespace
}  // namespace sunny16::sim
