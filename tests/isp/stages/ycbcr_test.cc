#include "isp/stages/ycbcr.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/isp/stage_harness.h"

namespace sunny16::isp {
namespace {

using test::run_stage;
using DisplayRgb = test::Samples<domain::DisplayRgb>;

TEST_CASE("ycbcr: every grey has neutral chroma, and black and white have their codes") {
  for (const YcbcrMatrix matrix : {YcbcrMatrix::bt601, YcbcrMatrix::bt709})
    for (const YcbcrRange range : {YcbcrRange::full, YcbcrRange::video}) {
      const auto in = DisplayRgb(128, 128).fill([](int, int x, int y) { return 128 * y + x; });
      const auto out = run_stage<Ycbcr>(Ycbcr::derive({matrix, range}, {}), in);
      bool neutral = true, rising = true;
      for (int v = 0; v < 128 * 128; ++v) {
        neutral &= out.at(1, v % 128, v / 128) == 8192 && out.at(2, v % 128, v / 128) == 8192;
        rising &= v == 0 || out.at(0, v % 128, v / 128) >= out.at(0, (v - 1) % 128, (v - 1) / 128);
      }
      CHECK(neutral);
      CHECK(rising);
      const bool video = range == YcbcrRange::video;
      CHECK(out.at(0, 0, 0) == (video ? 16 * 64 : 0));
      CHECK(std::abs(out.at(0, 127, 127) - (video ? 235 * 64 : 255 * 64)) <= 1);
    }
}

TEST_CASE("ycbcr: primaries have the codes of the standards") {
  struct Case {
    YcbcrMatrix matrix;
    YcbcrRange range;
    double y, cb, cr;  // 8-bit codes of pure red
  };
  for (const Case& c : {Case{YcbcrMatrix::bt601, YcbcrRange::full, 76.245, 84.97, 255.5},
                        Case{YcbcrMatrix::bt601, YcbcrRange::video, 81.48, 90.20, 240.0},
                        Case{YcbcrMatrix::bt709, YcbcrRange::video, 62.56, 102.34, 240.0}}) {
    const auto in = DisplayRgb(2, 2).fill([](int plane, int, int) { return plane == 0 ? 16383 : 0; });
    const auto out = run_stage<Ycbcr>(Ycbcr::derive({c.matrix, c.range}, {}), in);
    CHECK(out.at(0, 0, 0) / 64.0 == doctest::Approx(c.y).epsilon(0.001));
    CHECK(out.at(1, 0, 0) / 64.0 == doctest::Approx(c.cb).epsilon(0.001));
    CHECK(out.at(2, 0, 0) / 64.0 == doctest::Approx(c.cr).epsilon(0.001));
  }
}

}  // namespace
}  // namespace sunny16::isp
