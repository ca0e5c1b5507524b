#include "isp/stages/lut_3d.h"

#include <doctest/doctest.h>

#include <cmath>

#include "sim/reference/arbitrary.h"
#include "tests/isp/stage_harness.h"

namespace sunny16::isp {
namespace {

using Display = test::Samples<domain::DisplayRgb>;
constexpr int kMax = domain::DisplayRgb::max;

/// f(r, g, b) at each node.
template <class F>
ColourCube cube_of(int size, F&& f) {
  ColourCube cube{size, {}};
  for (int b = 0; b < size; ++b)
    for (int g = 0; g < size; ++g)
      for (int r = 0; r < size; ++r) cube.nodes.push_back(f(r / (size - 1.0), g / (size - 1.0), b / (size - 1.0)));
  return cube;
}

Display run(const ColourCube& cube, const Display& in, double strength = 1) {
  Conditions conditions;
  conditions.cube = quantised(cube);
  return test::run_stage<Lut3d>(Lut3d::derive({.strength = strength}, conditions), in);
}

Display random_colours(std::uint32_t seed) {
  return Display(256, 64).fill([seed](int plane, int x, int y) {
    return static_cast<int>(test::scramble(seed, static_cast<std::uint32_t>((plane * 64 + y) * 256 + x)) % (kMax + 1));
  });
}

TEST_CASE("3D table: the identity of every size is the identity, exactly") {
  const auto identity = [](double r, double g, double b) { return std::array{r, g, b}; };
  const auto greys = Display(128, 128).fill([](int, int x, int y) { return 128 * y + x; });
  const Display colours = random_colours(1);
  for (int size = ColourCube::kMinSize; size <= 35; ++size) {
    CAPTURE(size);
    CHECK(run(cube_of(size, identity), colours) == colours);
    CHECK(run(cube_of(size, identity), greys) == greys);
  }
  CHECK(run(cube_of(65, identity), colours) == colours);
}

TEST_CASE("3D table: within 1 / 1023 of tetrahedral interpolation in real numbers, of arbitrary cubes") {
  for (const int size : {2, 3, 17, 32, 33}) {
    const ColourCube cube = sim::Draw(3, size).cube(size);
    ColourCube limited = cube;
    for (auto& node : limited.nodes)
      for (double& v : node) v = std::clamp(v, 0.0, 1.0);
    const Display in = random_colours(2), out = run(cube, in);
    double worst = 0;
    for (int y = 0; y < in.height; ++y)
      for (int x = 0; x < in.width; ++x) {
        const auto part = [&](int plane) { return static_cast<double>(in.at(plane, x, y)) / kMax; };
        const auto expected = sample(limited, {part(0), part(1), part(2)});
        for (int plane = 0; plane < 3; ++plane)
          worst =
              std::max(worst, std::abs(out.at(plane, x, y) / double(kMax) - expected[static_cast<std::size_t>(plane)]));
      }
    MESSAGE("largest error with " << size << " nodes: " << worst * 1023 << " / 1023");
    CHECK(worst <= 1.0 / 1023);
  }
}

TEST_CASE("3D table: a cube of 65 nodes gives what 33 give where it is as smooth, and nodes beyond 0..1 are limited") {
  const auto warm = [](double r, double g, double b) { return std::array{r * 1.1, g * g, b * 0.8 - 0.05}; };
  const Display in = random_colours(3), fine = run(cube_of(65, warm), in), coarse = run(cube_of(33, warm), in);
  CHECK(fine == coarse);
  const Display white(Display(2, 2).fill([](int, int, int) { return kMax; }));
  CHECK(run(cube_of(9, warm), white).at(0, 0, 0) == kMax);
  CHECK(run(cube_of(9, warm), Display(2, 2)).at(2, 0, 0) == 0);
}

TEST_CASE("3D table: strength takes part of the change; none, or no cube, is off") {
  const auto inverse = [](double r, double g, double b) { return std::array{1 - r, 1 - g, 1 - b}; };
  const auto in = Display(2, 2).fill([](int plane, int, int) { return 3000 + 2000 * plane; });
  const Display half = run(cube_of(17, inverse), in, 0.5);
  for (int plane = 0; plane < 3; ++plane) CHECK(std::abs(half.at(plane, 0, 0) - (kMax + 1) / 2) <= 1);
  Conditions conditions;
  CHECK(Lut3d::derive({}, conditions).enabled == 0);
  conditions.cube = quantised(cube_of(2, inverse));
  CHECK(Lut3d::derive({}, conditions).enabled == 1);
  CHECK(Lut3d::derive({.strength = 0}, conditions).enabled == 0);
}

TEST_CASE("3D table: registers of equal cubes are equal, and of others not") {
  const auto hash = [](double blue) {
    Conditions conditions;
    conditions.cube = quantised(cube_of(5, [blue](double r, double g, double b) {
      return std::array{r, g, b * blue};
    }));
    return hash_registers(Lut3d::derive({}, conditions));
  };
  CHECK(hash(0.9) == hash(0.9));
  CHECK(hash(0.9) != hash(0.8));
}

TEST_CASE("3D table: spared skin gets the table's luma and no other colour; other hues get all of it") {
  // Lighter, more contrast in red, and blue drained: skin turns yellow.
  const auto grade = [](double r, double g, double b) { return std::array{0.1 + 0.9 * r * r, 0.1 + 0.9 * g, 0.6 * b}; };
  const auto graded = [&](const std::array<int, 3>& colour, double protection) {
    Conditions conditions;
    conditions.cube = quantised(cube_of(33, grade));
    conditions.skin_protection = protection;
    const auto in = Display(2, 2).fill([&](int plane, int, int) { return colour[static_cast<std::size_t>(plane)]; });
    const Display out = test::run_stage<Lut3d>(Lut3d::derive({}, conditions), in);
    return std::array<int, 3>{out.at(0, 0, 0), out.at(1, 0, 0), out.at(2, 0, 0)};
  };
  const auto luma = [](const std::array<int, 3>& v) { return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
  for (const std::array<int, 3>& skin : {std::array{12400, 9600, 8300}, {7300, 5300, 4500}, {4000, 2900, 2400}}) {
    const auto kept = graded(skin, 1), changed = graded(skin, 0);
    CHECK(std::abs(luma(kept) - luma(changed)) < 20);
    CHECK(std::abs((kept[0] - kept[1]) - (skin[0] - skin[1])) < 60);
    CHECK(std::abs((kept[1] - kept[2]) - (skin[1] - skin[2])) < 60);
    CHECK(std::abs((changed[1] - changed[2]) - (skin[1] - skin[2])) > 600);
  }
  for (const std::array<int, 3>& other : {std::array{5000, 9000, 4000}, {5000, 7000, 12000}, {9000, 3000, 8000}})
    CHECK(graded(other, 1) == graded(other, 0));
}

}  // namespace
}  // namespace sunny16::isp
