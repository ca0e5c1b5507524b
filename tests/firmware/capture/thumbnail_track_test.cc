#include "firmware/capture/thumbnail_track.h"

#include <doctest/doctest.h>

#include "isp/core/layout.h"

namespace sunny16::firmware {
namespace {

hal::AppliedSettings exposure(double us) {
  hal::AppliedSettings applied;
  applied.exposure_us = us, applied.analogue_gain = 2;
  return applied;
}

/// Statistics of an even frame at a part of saturation.
isp::Statistics even(double level) {
  isp::Statistics statistics;
  const auto sum = static_cast<std::uint32_t>(100 * level * isp::domain::LinearRaw::range);
  for (auto& row : statistics.thumbnail) row.fill({sum, 2 * sum, sum, 100});
  return statistics;
}
double level(const ThumbnailTrack& track, double us) { return track.for_frame(exposure(us))->at(5, 5).level[1]; }

TEST_CASE("thumbnail track: none before the first frame, and none of a line that counts none") {
  ThumbnailTrack track;
  CHECK(track.for_frame(exposure(100)) == nullptr);
  track.learn(even(0.2), exposure(100));
  REQUIRE(track.for_frame(exposure(100)) != nullptr);
  CHECK(level(track, 100) == doctest::Approx(0.2).epsilon(0.001));
  track.learn({}, exposure(100));
  CHECK(track.for_frame(exposure(100)) == nullptr);
}

TEST_CASE("thumbnail track: a change of exposure is none of the scene") {
  ThumbnailTrack track;
  track.learn(even(0.2), exposure(100));
  CHECK(level(track, 50) == doctest::Approx(0.1).epsilon(0.001));
  CHECK(level(track, 1000) == 1);  // no more than saturation
  track.learn(even(0.1), exposure(50));
  CHECK(level(track, 100) == doctest::Approx(0.2).epsilon(0.001));
}

TEST_CASE("thumbnail track: noise between frames is halved at least, and a new scene is there after a few frames") {
  ThumbnailTrack track;
  double least = 1, most = 0;
  for (int i = 0; i < 40; ++i) {
    track.learn(even(i % 2 ? 0.21 : 0.19), exposure(100));
    if (i < 10) continue;
    least = std::min(least, level(track, 100)), most = std::max(most, level(track, 100));
  }
  CHECK(most - least < 0.01);
  for (int i = 0; i < 8; ++i) track.learn(even(0.4), exposure(100));
  CHECK(level(track, 100) > 0.39);
}

}  // namespace
}  // namespace sunny16::firmware
