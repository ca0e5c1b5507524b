#include <doctest/doctest.h>

#include <optional>

#include "isp/core/node_field.h"
#include "tests/isp/thumbnails.h"

namespace sunny16::isp {
namespace {

FrameGeometry frame(int width, int height) { return FrameGeometry::canonical(width, height, CfaPhase::rggb); }

TEST_CASE("node grid: every pixel of every frame lies between two nodes that there are") {
  for (const int width : {2, 34, 130, 640, 2304, 4056, 4608, 9248, 16384})
    for (const int height : {2, 50, 3040, 16384}) {
      const NodeGrid grid = NodeGrid::over(frame(width, height));
      CHECK(std::max(grid.columns, grid.rows) <= NodeGrid::kMaxNodes);
      CHECK(((width - 1) >> grid.shift) + 1 == grid.columns - 1);
      CHECK(((height - 1) >> grid.shift) + 1 == grid.rows - 1);
      if (std::max(width, height) >= 48) CHECK(std::max(grid.columns, grid.rows) > NodeGrid::kMaxNodes / 2);
    }
}

TEST_CASE("node grid: weights run from a node to the next, and parts cover a row once") {
  const NodeGrid grid = NodeGrid::over(frame(4056, 3040));
  const int side = 1 << grid.shift;
  CHECK(grid.weight(3 * side) == 0);
  CHECK(grid.weight(3 * side + side / 2) == 16384);
  CHECK(grid.weight(4 * side - 1) == 32768 - 32768 / side);
  int next = 0;
  grid.split(100, 3956, [&](int cell, int first, int count) {
    CHECK(first == next);
    CHECK((100 + first) / side == cell);
    CHECK((100 + first + count - 1) / side == cell);
    next = first + count;
  });
  CHECK(next == 3956);
}

TEST_CASE("node field: a level field stays level, and blur keeps the mean and spreads a step") {
  const FrameGeometry f = frame(1920, 1080);
  const NodeGrid grid = NodeGrid::over(f);
  const auto spread = [&](auto&& light, double deviation) {
    const auto thumbnail = test::painted(light);
    NodeField field(grid, 2);
    field.spread(
        f.active, [&](std::size_t cell) { return std::optional(thumbnail->cells[cell].level[0]); },
        [](double level, double weight, std::span<double> node) { node[0] += weight * level, node[1] += weight; });
    field.blur(deviation);
    return field;
  };
  const auto mean = [](const NodeField& field, int column) { return field.at(column, 8)[0] / field.at(column, 8)[1]; };
  const NodeField level = spread([](double, double) { return 0.3; }, 2);
  for (int column = 0; column < grid.columns; ++column) CHECK(mean(level, column) == doctest::Approx(0.3));
  const NodeField step = spread([](double x, double) { return x < 0.5 ? 0.0 : 1.0; }, 1.5);
  CHECK(mean(step, 4) < 0.01);
  CHECK(mean(step, grid.columns - 5) > 0.99);
  CHECK(mean(step, grid.columns / 2) == doctest::Approx(0.5).epsilon(0.2));
}

}  // namespace
}  // namespace sunny16::isp
