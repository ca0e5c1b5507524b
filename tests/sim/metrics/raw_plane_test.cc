#include "sim/metrics/raw_plane.h"

#include <doctest/doctest.h>

#include "tests/sim/metrics/raw_frames.h"

namespace sunny16::sim {
namespace {

TEST_CASE("Each colour's plane holds its samples and no others, in every phase and at odd sizes") {
  for (const isp::CfaPhase phase : {isp::CfaPhase::rggb, isp::CfaPhase::grbg, isp::CfaPhase::gbrg, isp::CfaPhase::bggr})
    for (const int width : {10, 11}) {
      const hal::RawFrame frame = test::raw_frame(width, 7, phase, [](int x, int y) { return 100 * y + x; });
      int samples = 0;
      for (const isp::Quad colour : {isp::kR, isp::kGr, isp::kGb, isp::kB}) {
        const isp::Image<float> plane = raw_plane(frame, colour);
        for (int y = 0; y < plane.height(); ++y)
          for (int x = 0; x < plane.width(); ++x) {
            const int at = static_cast<int>(plane.row(y)[x]);
            CHECK(isp::quad_plane(phase, at % 100, at / 100) == colour);
            CHECK(at % 100 / 2 == x);
            CHECK(at / 200 == y);
            ++samples;
          }
      }
      CHECK(samples == width * 7);
    }
}

}  // namespace
}  // namespace sunny16::sim
