#include "sim/sensor/sample_grid.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace sunny16::sim {
namespace {

SampleGrid grid(ColourFilter filter, int cell, const SensorMode& mode) {
  SensorModel sensor;
  sensor.filter = filter, sensor.cell = cell, sensor.pixel_pitch_um = 2;
  return sample_grid(sensor, mode);
}

/// The first rows of a picture's colours, as letters.
std::vector<std::string> colours(const SampleGrid& g, int columns, int rows) {
  std::vector<std::string> letters;
  for (int y = 0; y < rows; ++y) {
    letters.emplace_back();
    for (int x = 0; x < columns; ++x) letters.back() += "RGB"[g.channel(x, y)];
  }
  return letters;
}
using Letters = std::vector<std::string>;

TEST_CASE("Colours lie as the filter's name reads, whatever the size of a cell") {
  const SensorMode cells{.readout = Readout::cells};
  CHECK(colours(grid(ColourFilter::rggb, 1, {}), 4, 2) == Letters{"RGRG", "GBGB"});
  CHECK(colours(grid(ColourFilter::grbg, 1, {}), 4, 2) == Letters{"GRGR", "BGBG"});
  CHECK(colours(grid(ColourFilter::gbrg, 1, {}), 4, 2) == Letters{"GBGB", "RGRG"});
  CHECK(colours(grid(ColourFilter::bggr, 1, {}), 4, 2) == Letters{"BGBG", "GRGR"});
  CHECK(colours(grid(ColourFilter::rggb, 2, cells), 6, 5) == Letters{"RRGGRR", "RRGGRR", "GGBBGG", "GGBBGG", "RRGGRR"});
  CHECK(colours(grid(ColourFilter::bggr, 3, cells), 7, 4) == Letters{"BBBGGGB", "BBBGGGB", "BBBGGGB", "GGGRRRG"});
  CHECK(colours(grid(ColourFilter::grbg, 4, cells), 9, 5) ==
        Letters{"GGGGRRRRG", "GGGGRRRRG", "GGGGRRRRG", "GGGGRRRRG", "BBBBGGGGB"});
  CHECK(colours(grid(ColourFilter::monochrome, 1, {}), 3, 2) == Letters{"GGG", "GGG"});
}

/// The first sites of the first samples.
std::vector<int> sites(const SampleGrid& g, int count) {
  std::vector<int> first;
  for (int i = 0; i < count; ++i) first.push_back(g.site(i));
  return first;
}

TEST_CASE(
    "Each sample of a mode has its pixels: all of one colour, none used twice, and the picture as wide as they are") {
  SUBCASE("Bayer as it is") {
    const SampleGrid g = grid(ColourFilter::rggb, 1, {.width = 6, .height = 4});
    CHECK(sites(g, 6) == std::vector{0, 1, 2, 3, 4, 5});
    CHECK(g.pixels() == 1);
    CHECK(g.width_um() == 12);
    CHECK(g.height_um() == 8);
  }
  SUBCASE("Bayer, 2 x 2 of a colour binned: every second pixel of a group of four") {
    const SampleGrid g = grid(ColourFilter::rggb, 1, {.width = 6, .height = 4, .binning = 2});
    CHECK(sites(g, 6) == std::vector{0, 1, 4, 5, 8, 9});  // and each 2 further on
    CHECK(g.combined == 2);
    CHECK(g.period == 2);
    CHECK(g.pixels() == 4);
    CHECK(g.site_columns() == 12);
    CHECK(g.width_um() == 24);
    CHECK(colours(g, 4, 2) == Letters{"RGRG", "GBGB"});
  }
  SUBCASE("Quad-Bayer, a cell read as one pixel") {
    const SampleGrid g = grid(ColourFilter::rggb, 2, {.width = 6, .height = 4, .binning = 2});
    CHECK(sites(g, 6) == std::vector{0, 1, 2, 3, 4, 5});
    CHECK(g.site_pixels == 2);
    CHECK(g.site_um == 4);
    CHECK(g.pixels() == 4);
    CHECK(colours(g, 4, 2) == Letters{"RGRG", "GBGB"});
  }
  SUBCASE("Quad-Bayer, 2 x 2 cells of a colour binned") {
    const SampleGrid g = grid(ColourFilter::rggb, 2, {.width = 6, .height = 4, .binning = 4});
    CHECK(sites(g, 4) == std::vector{0, 1, 4, 5});
    CHECK(g.pixels() == 16);
    CHECK(g.width_um() == 48);
  }
  SUBCASE("remosaic starts from the cells as they lie") {
    const SampleGrid g = grid(ColourFilter::rggb, 2, {.width = 8, .height = 8, .readout = Readout::remosaic});
    CHECK(g.period == 4);
    CHECK(sites(g, 6) == std::vector{0, 1, 2, 3, 4, 5});
    CHECK(g.pixels() == 1);
  }
  SUBCASE("monochrome, 2 x 2 binned: neighbours") {
    const SampleGrid g = grid(ColourFilter::monochrome, 1, {.width = 6, .height = 4, .binning = 2});
    CHECK(g.period == 1);
    CHECK(sites(g, 4) == std::vector{0, 2, 4, 6});
    CHECK(g.pixels() == 4);
  }
}

TEST_CASE("Lens figures have their radius 1 in the corners of the array") {
  SensorModel sensor;
  sensor.width = 4000, sensor.height = 3000, sensor.pixel_pitch_um = 1.5;
  CHECK(half_diagonal_um(sensor) == doctest::Approx(3750));
}

}  // namespace
}  // namespace sunny16::sim
