#include "isp/stages/bw_mixer.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/isp/stage_harness.h"

namespace sunny16::isp {
namespace {

using Display = test::Samples<domain::DisplayRgb>;
constexpr int kMax = domain::DisplayRgb::max;

int grey_of(const BwMixerTuning& tuning, const std::array<int, 3>& colour) {
  const auto in = Display(2, 2).fill([&](int plane, int, int) { return colour[static_cast<std::size_t>(plane)]; });
  const Display out = test::run_stage<BwMixer>(BwMixer::derive(tuning, {}), in);
  CHECK(out.at(0, 1, 1) == out.at(1, 1, 1));
  CHECK(out.at(2, 1, 1) == out.at(1, 1, 1));
  return out.at(1, 1, 1);
}

TEST_CASE("black and white: without weights it is luma") {
  CHECK(std::abs(grey_of({.enabled = true}, {9000, 4000, 2000}) - (0.2126 * 9000 + 0.7152 * 4000 + 0.0722 * 2000)) < 2);
}

TEST_CASE("black and white: greys keep their value, whatever the weights") {
  BwMixerTuning tuning{.enabled = true};
  tuning.weights.fill(0.7);
  for (const int v : {0, 1, 1000, 8191, kMax}) CHECK(grey_of(tuning, {v, v, v}) == v);
}

TEST_CASE("black and white: a red filter darkens a blue sky and lightens skin, and leaves green alone") {
  BwMixerTuning filter{.enabled = true};
  filter.weights = {0.4, 0.4, 0.2, 0, 0, 0, -0.2, -0.5, -0.6, -0.3, 0, 0.2};
  const BwMixerTuning plain{.enabled = true};
  const std::array<int, 3> sky{5000, 8500, 13000}, skin{12400, 9600, 8300}, leaf{5000, 9000, 5000};
  CHECK(grey_of(filter, sky) < grey_of(plain, sky) - 2000);
  CHECK(grey_of(filter, skin) > grey_of(plain, skin) + 1000);
  CHECK(grey_of(filter, leaf) == grey_of(plain, leaf));
}

TEST_CASE("black and white: a weight counts in units of the colour's chroma, on its hue and on the one between") {
  BwMixerTuning tuning{.enabled = true};
  tuning.weights[0] = 0.5, tuning.weights[1] = 0.25;
  const BwMixerTuning plain{.enabled = true};
  const std::array<int, 3> red{8000, 4000, 4000}, orange{8000, 6000, 4000};
  CHECK(std::abs(grey_of(tuning, red) - grey_of(plain, red) - 2000) <= 2);
  CHECK(std::abs(grey_of(tuning, orange) - grey_of(plain, orange) - 1000) <= 2);
}

TEST_CASE("black and white: strength takes part of the colour away, and none leaves the picture") {
  const auto in = Display(2, 2).fill([](int plane, int, int) { return 9000 - 3000 * plane; });
  const auto at = [&](double strength, int plane) {
    return test::run_stage<BwMixer>(BwMixer::derive({.enabled = true, .strength = strength}, {}), in).at(plane, 0, 0);
  };
  for (int plane = 0; plane < 3; ++plane)
    CHECK(std::abs(at(0.5, plane) - (at(1, plane) + 9000 - 3000 * plane) / 2) <= 1);
  CHECK(BwMixer::derive({.enabled = true, .strength = 0}, {}).enabled == 0);
}

}  // namespace
}  // namespace sunny16::isp
