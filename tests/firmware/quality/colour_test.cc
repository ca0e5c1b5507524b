// Colours of real frames: what the line adds to the error that a colour matrix cannot avoid.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "firmware/capture/frame_line.h"
#include "tests/firmware/quality/colour_checker.h"

namespace sunny16::firmware::test {
namespace {

using sim::delta_e00;
using sim::lab_of_srgb;
using sim::linear_of_srgb;

/// Mean CIEDE2000 of linear sRGB patches, at the exposure that makes it least: the chart's is not known.
double mean_difference(const std::array<Colour, kPatches>& patches, const std::array<Lab, kPatches>& printed) {
  double least = 1e30;
  for (int step = -128; step <= 768; ++step) {
    const double scale = std::exp2(step / 128.0);
    double sum = 0;
    for (std::size_t i = 0; i < kPatches; ++i)
      sum += delta_e00(lab_of_srgb(scale * patches[i][0], scale * patches[i][1], scale * patches[i][2]), printed[i]);
    least = std::min(least, sum / kPatches);
  }
  return least;
}

/// The patches that the ground truth measured in the raw samples, through its own gains and matrix in floating point.
std::array<Colour, kPatches> ideal_patches(const ColourChecker& checker) {
  std::array<Colour, kPatches> patches;
  for (std::size_t i = 0; i < kPatches; ++i) {
    const Colour& raw = checker.raw[i];
    patches[i] =
        multiply(checker.matrix, Vector3{raw[0] * checker.colour_gains[0], raw[1], raw[2] * checker.colour_gains[1]});
  }
  return patches;
}

/// Mean linear colours of the patches in a picture of 16 bits.
std::array<Colour, kPatches> measured_patches(const Picture& picture, const ColourChecker& checker) {
  std::array<Colour, kPatches> patches{};
  for (std::size_t i = 0; i < kPatches; ++i) {
    const auto [cx, cy] = checker.centres[i];
    const int half = checker.half_width;
    for (int y = cy - half; y < cy + half; ++y) {
      const auto* row = reinterpret_cast<const std::uint16_t*>(picture.planes[0].row(y));
      for (int x = cx - half; x < cx + half; ++x)
        for (std::size_t c = 0; c < 3; ++c) patches[i][c] += linear_of_srgb(row[3 * x + static_cast<int>(c)] / 65535.0);
    }
    for (double& v : patches[i]) v /= 4.0 * half * half;
  }
  return patches;
}

TEST_CASE("a colorimetric picture is as right as a matrix can make it") {
  const auto checkers = colour_checkers();
  if (checkers.empty()) return;
  const auto printed = chart_colours();
  for (const ColourChecker& checker : checkers) {
    FrameRequest request;
    request.colorimetric = true;
    request.colour_gains = checker.colour_gains;
    request.colour_matrix = checker.matrix;
    request.outputs = {{.format = isp::OutputFormat::rgb16}};
    const DevelopedFrame developed = run_frame(checker.frame, {}, request);
    const double difference = mean_difference(measured_patches(developed.pictures[0], checker), printed);
    const double ideal = mean_difference(ideal_patches(checker), printed);
    MESSAGE(checker.name << ": mean CIEDE2000 " << difference << "; the same in floating point " << ideal
                         << ", stated at best " << checker.floor);
    CHECK(difference < checker.floor + 0.3);
    CHECK(difference < ideal + 0.3);
    // Our ruler is the one that the ground truth was measured with, whose exposure is not always the very best.
    CHECK(ideal < checker.floor + 0.03);
    CHECK(ideal > checker.floor - 0.15);
  }
}

}  // namespace
}  // namespace sunny16::firmware::test
