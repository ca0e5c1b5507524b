#include "sim/sensor/remosaic.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "isp/core/cfa.h"
#include "sim/metrics/slanted_edge.h"
#include "tests/sim/metrics/analytic_edge.h"

namespace sunny16::sim {
namespace {

constexpr std::array<ColourFilter, 4> kFilters{ColourFilter::rggb, ColourFilter::grbg, ColourFilter::gbrg,
                                               ColourFilter::bggr};

/// Numbers by the colour at each place of a pattern with cells.
isp::Image<std::uint16_t> coloured(ColourFilter filter, int cell, int side, const std::array<int, 4>& level) {
  isp::Image<std::uint16_t> image(side, side);
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x)
      image.row(y)[x] =
          static_cast<std::uint16_t>(level[isp::quad_plane(static_cast<isp::CfaPhase>(filter), x / cell, y / cell)]);
  return image;
}

TEST_CASE("Even light stays even: each colour is in its place, up to the edge, from any pattern of cells") {
  const std::array<int, 4> level{1000, 3000, 3000, 700};
  for (const ColourFilter filter : kFilters)
    for (const int cell : {2, 3, 4}) {
      CAPTURE(cell);
      const int side = 8 * cell;
      const auto bayer = remosaic(coloured(filter, cell, side, level), filter, cell, 2),
                 wanted = coloured(filter, 1, side, level);
      int wrong = 0;
      for (int y = 0; y < side; ++y) wrong += !std::equal(bayer.row(y), bayer.row(y) + side, wanted.row(y));
      CHECK(wrong == 0);
    }
}

TEST_CASE("Where the patterns agree the sensor's own numbers stay") {
  isp::Image<std::uint16_t> cells(16, 16);
  for (int y = 0; y < 16; ++y)
    for (int x = 0; x < 16; ++x) cells.row(y)[x] = static_cast<std::uint16_t>(100 * y + x);
  const auto bayer = remosaic(cells, ColourFilter::rggb, 2, 1);
  for (const auto& [x, y] : {std::pair{0, 0}, {2, 1}, {1, 2}, {3, 3}, {8, 8}})  // red, both greens, blue
    CHECK(bayer.row(y)[x] == cells.row(y)[x]);
  CHECK(bayer.row(0)[1] != cells.row(0)[1]);  // green, under a red filter
}

TEST_CASE("A slanted grey edge stays in its place in every colour") {
  for (const bool horizontal : {false, true})
    for (const int cell : {2, 3, 4}) {
      CAPTURE(cell);
      CAPTURE(horizontal);
      const AnalyticEdge edge{
          .sigma_px = 1, .left = 0.2, .right = 0.8, .horizontal = horizontal, .width = 144, .height = 144};
      const auto picture = edge.picture();
      isp::Image<std::uint16_t> cells(144, 144);
      for (int y = 0; y < 144; ++y)
        for (int x = 0; x < 144; ++x) cells.row(y)[x] = static_cast<std::uint16_t>(60000 * picture.row(y)[x]);
      const auto bayer = remosaic(cells, ColourFilter::rggb, cell, 2);
      isp::Image<float> light(144, 144);
      for (int y = 0; y < 144; ++y) std::copy_n(bayer.row(y), 144, light.row(y));
      for (const Lattice lattice : {Lattice{0, 0, 2}, Lattice{1, 0, 2}, Lattice{0, 1, 2}, Lattice{1, 1, 2}}) {
        const SlantedEdge found =
            measure_slanted_edge(std::as_const(light).view(), {8, 8, 128, 128}, {.lattices = {lattice}});
        CHECK(std::abs(found.edge_position_px - 71.5) < 0.06 * cell);
        CHECK(std::abs(found.edge_angle_deg - 5) < 0.2);
      }
    }
}

}  // namespace
}  // namespace sunny16::sim
