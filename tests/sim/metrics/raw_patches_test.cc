#include "sim/metrics/raw_patches.h"

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "hal/replay/open_frame.h"
#include "sim/metrics/chart_geometry.h"
#include "sim/metrics/metric_error.h"
#include "tests/data_dir.h"
#include "tests/sim/metrics/raw_frames.h"

namespace sunny16::sim {
namespace {

TEST_CASE("Each colour has its own mean above its own black, whatever the phase") {
  for (const isp::CfaPhase phase :
       {isp::CfaPhase::rggb, isp::CfaPhase::grbg, isp::CfaPhase::gbrg, isp::CfaPhase::bggr}) {
    hal::RawFrame frame = test::raw_frame(16, 12, phase, [&](int x, int y) {
      return 1000 * (isp::quad_plane(phase, x, y) + 1) + ((x / 2 + y / 2) % 2 ? 3 : -3);
    });
    frame.black = {10, 20, 30, 40};
    frame.white = 3000;
    const std::vector patches{Quadrilateral::of({4, 4, 8, 8})};
    const RawPatch found = measure_raw_patches(frame, patches).at(0);
    for (std::size_t c = 0; c < 4; ++c) {
      CHECK(found.mean_dn[c] == doctest::Approx(990.0 * static_cast<double>(c + 1)));
      CHECK(found.deviation_dn[c] == doctest::Approx(std::sqrt(9 * 16.0 / 15)));
      CHECK(found.saturated_percent[c] == (c == 3 ? 100 : c == 2 ? 50 : 0));
    }
  }
}

TEST_CASE("Regions outside of the frame, or too small to hold two samples of each colour, are refused") {
  const hal::RawFrame frame = test::raw_frame(16, 12, isp::CfaPhase::rggb, [](int, int) { return 1; });
  for (const isp::Rect area : {isp::Rect{12, 4, 8, 4}, isp::Rect{-1, 0, 4, 4}, isp::Rect{2, 2, 2, 2}}) {
    const std::vector patches{Quadrilateral::of(area)};
    CHECK_THROWS_AS(measure_raw_patches(frame, patches), MetricError);
  }
}

struct Chart {
  std::string name;
  hal::RawFrame frame;
  nlohmann::json truth;
  double left = 0, top = 0;  ///< where the frame begins in the coordinates of the truth
};

std::vector<Chart> real_charts() {
  const auto data = data_dir();
  if (!data) {
    MESSAGE("SKIPPED: no data folder (see SUNNY16_DATA): the ColorChecker frames were not measured");
    return {};
  }
  const auto truth = [&](const char* folder) {
    std::ifstream in(*data / "raw" / folder / "groundtruth.json");
    REQUIRE(in);
    return nlohmann::json::parse(in);
  };
  std::vector<Chart> charts;
  // The DNG's truth counts from its first sample, the frame is its active area.
  charts.push_back({"canon_x4", hal::open_frame(*data / "raw/canon_x4_dng/colorchart.dng"),
                    truth("canon_x4_dng")["colorchart.dng"], 152, 26});
  const nlohmann::json mobile = truth("infinite_isp_8bit");
  for (const std::string name : {"Indoor1", "Outdoor1", "Outdoor2"}) {
    const double black = mobile[name]["black"];
    charts.push_back({name,
                      hal::open_frame(*data / "raw/infinite_isp_8bit" / (name + "_2592x1536_8bit_GRBG.raw"),
                                      {.format = hal::RawFormat::parse("2592x1536:SGRBG8"),
                                       .black = std::array{black, black, black, black},
                                       .white = mobile[name]["white"].get<double>()}),
                      mobile[name]});
  }
  return charts;
}

/// How far a patch's mean is from the truth, as part of what is allowed: 2 % or 0.5 DN, whichever is more, and so many
/// standard errors of the truth, which is itself the mean of some noisy samples.
double worst_error(const Chart& chart, const std::vector<RawPatch>& patches, double standard_errors) {
  double worst = 0;
  const std::string cfa = chart.truth["cfa"];
  const double black = chart.truth["black"], side = 2 * chart.truth["sample_half_width_halfres"].get<double>();
  for (std::size_t i = 0; i < patches.size(); ++i)
    for (int cell = 0; cell < 4; ++cell) {
      constexpr std::array<const char*, 4> kCells{"c00", "c01", "c10", "c11"};
      const auto at = static_cast<std::size_t>(cell);
      const double truth = chart.truth["patch_mean_raw"][kCells[at]][i].get<double>() - black;
      const auto colour = isp::quad_plane(isp::cfa_from_string(cfa).value(), cell % 2, cell / 2);
      const double allowed = std::max(0.5, 0.02 * truth) + standard_errors * patches[i].deviation_dn[colour] / side;
      worst = std::max(worst, std::fabs(patches[i].mean_dn[colour] - truth) / allowed);
    }
  return worst;
}

TEST_CASE("Patches of real ColorCheckers have the means that were measured by others") {
  for (const Chart& chart : real_charts()) {
    std::vector<Quadrilateral> squares;
    const double half = 2 * chart.truth["sample_half_width_halfres"].get<double>();
    for (const auto& c : chart.truth["patch_centres_fullres"]) {
      const double x = c[0].get<double>() - chart.left, y = c[1].get<double>() - chart.top;
      squares.push_back({{{{x - half, y - half}, {x + half, y - half}, {x + half, y + half}, {x - half, y + half}}}});
    }
    const double by_squares = worst_error(chart, measure_raw_patches(chart.frame, squares), 0);

    const auto corner = [&](std::size_t i) {
      const auto& c = chart.truth["patch_centres_fullres"][i];
      return Position{c[0].get<double>() - chart.left, c[1].get<double>() - chart.top};
    };
    const auto patches = chart_patches({corner(0), corner(5), corner(23), corner(18)}, Corners::centres);
    const double by_corners = worst_error(chart, measure_raw_patches(chart.frame, patches), 3);
    MESSAGE(chart.name << ": worst error as part of what is allowed: " << by_squares << " in the same squares, "
                       << by_corners << " from the chart's corners");
    CHECK(by_squares < 1);
    CHECK(by_corners < 1);
  }
}

}  // namespace
}  // namespace sunny16::sim
