#include "isp/core/colour_cube.h"

#include <doctest/doctest.h>

#include <cmath>

namespace sunny16::isp {
namespace {

ColourCube small() {
  ColourCube cube{3, {}};
  for (int b = 0; b < 3; ++b)
    for (int g = 0; g < 3; ++g)
      for (int r = 0; r < 3; ++r) cube.nodes.push_back({r * r / 4.0, (g + b) / 8.0, r * g * b / 8.0});
  return cube;
}

TEST_CASE("colour cube: nodes are met, red runs fastest, and beyond the ends it stays") {
  const ColourCube cube = small();
  CHECK(cube.index(1, 0, 0) == 1);
  CHECK(cube.index(0, 1, 0) == 3);
  CHECK(cube.index(0, 0, 1) == 9);
  CHECK(sample(cube, {0.5, 1, 0.5}) == cube.nodes[cube.index(1, 2, 1)]);
  CHECK(sample(cube, {7, 2, 1}) == cube.nodes[cube.index(2, 2, 2)]);
  CHECK(sample(cube, {-1, 0, 0}) == cube.nodes[0]);
}

TEST_CASE("colour cube: between nodes, what counts are the four of the tetrahedron") {
  const ColourCube cube = small();
  // In the first cell, parts 0.6, 0.2, 0.4: along red, then blue, then green.
  const auto found = sample(cube, {0.3, 0.1, 0.2});
  const auto& n = cube.nodes;
  for (std::size_t c = 0; c < 3; ++c)
    CHECK(found[c] == doctest::Approx(0.4 * n[0][c] + 0.2 * n[cube.index(1, 0, 0)][c] +
                                      0.2 * n[cube.index(1, 0, 1)][c] + 0.2 * n[cube.index(1, 1, 1)][c]));
}

TEST_CASE("colour cube: kernels see what a node adds to its own colour, of at most 33 nodes an axis") {
  const auto table = quantised(small());
  CHECK(table->size == 3);
  CHECK(table->change[1][0] == std::lround((0.25 - 0.5) * 16383));
  CHECK(table->change[26][2] == 0);
  ColourCube large{40, std::vector<std::array<double, 3>>(40 * 40 * 40, {0.5, 0.5, 0.5})};
  CHECK(quantised(large)->size == 33);
  CHECK(quantised(large)->change[0][0] == 8192);
}

}  // namespace
}  // namespace sunny16::isp
