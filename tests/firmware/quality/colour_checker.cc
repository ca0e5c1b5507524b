#include "tests/firmware/quality/colour_checker.h"

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "hal/replay/open_frame.h"
#include "tests/data_dir.h"

namespace sunny16::firmware::test {
namespace {

nlohmann::json read_json(const std::filesystem::path& path) {
  std::ifstream in(path);
  CAPTURE(path.string());
  REQUIRE(in);
  return nlohmann::json::parse(in);
}

/// `left`, `top`: where the frame begins in the coordinates of the ground truth.
ColourChecker checker(const std::string& name, hal::RawFrame frame, const nlohmann::json& truth, int left, int top) {
  ColourChecker out{.name = name, .frame = std::move(frame)};
  const double black = truth["black"], white = truth["white"];
  const std::string cfa = truth["cfa"];
  for (std::size_t i = 0; i < kPatches; ++i) {
    const auto& centre = truth["patch_centres_fullres"][i];
    out.centres[i] = {static_cast<int>(std::lround(centre[0].get<double>())) - left,
                      static_cast<int>(std::lround(centre[1].get<double>())) - top};
    for (std::size_t cell = 0; cell < 4; ++cell) {
      constexpr std::array<const char*, 4> kCells{"c00", "c01", "c10", "c11"};
      const std::size_t colour = std::string("RGB").find(cfa[cell]);
      const double level = (truth["patch_mean_raw"][kCells[cell]][i].get<double>() - black) / (white - black);
      out.raw[i][colour] += colour == 1 ? level / 2 : level;
    }
  }
  out.half_width = 2 * truth["sample_half_width_halfres"].get<int>();
  const auto& gains = truth["wb_gains_from_patches_20_23"];
  out.colour_gains = {gains[0].get<double>() / gains[1].get<double>(), gains[2].get<double>() / gains[1].get<double>()};
  for (std::size_t i = 0; i < 9; ++i) out.matrix[i] = truth["best_ccm_white_preserving"][i / 3][i % 3];
  out.floor = truth["best_ccm_mean_dE00"];
  return out;
}

}  // namespace

std::vector<ColourChecker> colour_checkers() {
  const auto data = data_dir();
  if (!data) {
    MESSAGE("SKIPPED: no data folder (see SUNNY16_DATA): the ColorChecker frames were not developed");
    return {};
  }
  std::vector<ColourChecker> all;
  const auto canon = *data / "raw/canon_x4_dng", mobile = *data / "raw/infinite_isp_8bit";
  const nlohmann::json canon_truth = read_json(canon / "groundtruth.json"),
                       truth = read_json(mobile / "groundtruth.json");
  // The DNG's coordinates are those of all its samples; the frame is its active area.
  all.push_back(checker("canon_x4", hal::open_frame(canon / "colorchart.dng"), canon_truth["colorchart.dng"], 152, 26));
  for (const std::string name : {"Indoor1", "Outdoor1", "Outdoor2"}) {
    const double black = truth[name]["black"], white = truth[name]["white"];
    const hal::RawDescription description{.format = hal::RawFormat::parse("2592x1536:SGRBG8"),
                                          .black = std::array{black, black, black, black},
                                          .white = white};
    all.push_back(
        checker(name, hal::open_frame(mobile / (name + "_2592x1536_8bit_GRBG.raw"), description), truth[name], 0, 0));
  }
  return all;
}

std::array<Lab, kPatches> chart_colours() {
  std::ifstream in(data_dir().value() / "color_ref/cc24_xrite_after_nov2014.csv");
  REQUIRE(in);
  std::array<Lab, kPatches> colours;
  std::size_t found = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] < '0' || line[0] > '9') continue;  // a comment, the header
    std::vector<std::string> cells;                                // n, name, x, y, Y, L, a, b, ...
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    REQUIRE(cells.size() >= 8);
    REQUIRE(found < kPatches);
    colours[found++] = {std::stod(cells[5]), std::stod(cells[6]), std::stod(cells[7])};
  }
  REQUIRE(found == kPatches);
  return colours;
}

}  // namespace sunny16::firmware::test
