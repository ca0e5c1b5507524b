// Clipped highlights end at one level in all channels; colours beside them stay.
#include <doctest/doctest.h>

#include "isp/stages/highlight_clip.h"
#include "tests/isp/stage_harness.h"

namespace sunny16::isp::test {
namespace {

using Raw = Samples<domain::LinearRaw>;

Conditions tungsten() {
  Conditions conditions;
  conditions.wb_gains = {2, 1, 1.6};
  return conditions;
}

int level(double of_white) { return static_cast<int>(domain::LinearRaw::black + of_white * domain::LinearRaw::range); }

TEST_CASE("highlight_clip: a clipped lamp has the same level in all channels, to its edge") {
  constexpr std::array<double, 4> kClipped{2, 1, 1, 1.6};
  const auto in = Raw(40, 12).fill([&](int plane, int x, int) { return level(x < 10 ? kClipped[static_cast<std::size_t>(plane)] : 0.3); });
  const Raw out = run_stage<HighlightClip>(HighlightClip::derive({}, tungsten()), in);
  for (int plane = 0; plane < 4; ++plane)
    for (int x = 0; x < 20; ++x) CHECK(out.at(plane, x, 3) == level(x < 10 ? 1 : 0.3));
}

TEST_CASE("highlight_clip: a saturated colour above white stays where green is not clipped, and so does a shaded corner's neutral") {
  const auto red = Raw(16, 8).fill([](int plane, int, int) { return level(plane == kR ? 1.9 : 0.4); });
  CHECK(run_stage<HighlightClip>(HighlightClip::derive({}, tungsten()), red) == red);
  const auto corner = Raw(16, 8).fill([](int, int, int) { return level(1.2); });  // not clipped: lens shading gains came before
  CHECK(run_stage<HighlightClip>(HighlightClip::derive({}, tungsten()), corner) == corner);
}

TEST_CASE("highlight_clip: the cap moves continuously with green") {
  int previous = 65535;
  for (int green = level(0.7); green <= level(1); green += 8) {
    const auto in = Raw(4, 4).fill([&](int plane, int, int) { return plane == kR || plane == kB ? 65535 : green; });
    const int red = run_stage<HighlightClip>(HighlightClip::derive({}, tungsten()), in).at(kR, 0, 0);
    CHECK(red <= previous);
    CHECK(previous - red <= (previous == 65535 ? 4 * 16 * 8 : 16 * 8));
    previous = red;
  }
  CHECK(previous == level(1));
}

}  // namespace
}  // namespace sunny16::isp::test
