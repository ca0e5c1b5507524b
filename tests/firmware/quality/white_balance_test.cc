// White balance of real frames of which nothing is known: neither the camera nor the light.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "firmware/capture/frame_line.h"
#include "tests/firmware/quality/colour_checker.h"

namespace sunny16::firmware::test {
namespace {

/// The angle between two neutrals in camera RGB, degrees: how colour constancy is judged.
double angle(const Vector3& a, const Vector3& b) {
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < 3; ++i) ab += a[i] * b[i], aa += a[i] * a[i], bb += b[i] * b[i];
  return std::acos(std::min(1.0, ab / std::sqrt(aa * bb))) * 180 / std::numbers::pi;
}

Vector3 neutral(const std::array<double, 2>& colour_gains) { return {1 / colour_gains[0], 1, 1 / colour_gains[1]}; }

TEST_CASE("white balance without any hint is near the chart's greys") {
  const auto checkers = colour_checkers();
  if (checkers.empty()) return;
  double sum = 0;
  for (const ColourChecker& checker : checkers) {
    FrameRequest request;
    request.as_shot = false;
    const FrameMetadata metadata = prepare_frame(checker.frame, {}, request).metadata;
    CHECK(metadata.estimated_white_balance);
    const double error = angle(neutral(metadata.colour_gains), neutral(checker.colour_gains));
    MESSAGE(checker.name << ": " << error << " degrees");
    sum += error;
  }
  const double mean = sum / static_cast<double>(checkers.size());
  MESSAGE("mean: " << mean << " degrees");
  CHECK(mean < 4);
}

}  // namespace
}  // namespace sunny16::firmware::test
