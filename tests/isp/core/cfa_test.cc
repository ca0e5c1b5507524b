#include "isp/core/cfa.h"

#include <doctest/doctest.h>

namespace sunny16::isp {
namespace {

TEST_CASE("phase names read back") {
  for (int i = 0; i < 4; ++i) CHECK(cfa_from_string(to_string(static_cast<CfaPhase>(i))) == static_cast<CfaPhase>(i));
  CHECK(cfa_from_string("RGGX") == std::nullopt);
}

TEST_CASE("quad planes follow the letters of the phase") {
  for (int i = 0; i < 4; ++i) {
    const auto phase = static_cast<CfaPhase>(i);
    const std::string_view letters = to_string(phase);
    for (int y = 0; y < 2; ++y)
      for (int x = 0; x < 2; ++x) {
        const Quad plane = quad_plane(phase, x, y);
        const char letter = plane == kR ? 'R' : plane == kB ? 'B' : 'G';
        CHECK(letters[static_cast<std::size_t>(2 * y + x)] == letter);
        CHECK(quad_plane(shifted(phase, x, y), 0, 0) == plane);
      }
    CHECK(quad_plane(phase, red_x(phase), red_y(phase)) == kR);
    CHECK(quad_plane(phase, red_x(phase) ^ 1, red_y(phase)) == kGr);
  }
}

TEST_CASE("reflection stays inside and keeps the colour") {
  for (int n = 2; n <= 9; ++n)
    for (int i = -40; i <= 40; ++i) {
      const int r = reflect(i, n);
      CHECK(r >= 0);
      CHECK(r < n);
      CHECK(((r - i) & 1) == 0);
      if (i >= 0 && i < n) CHECK(r == i);
    }
  CHECK(reflect(-3, 1) == 0);
}

TEST_CASE("the canonical frame is even and starts with red") {
  for (int i = 0; i < 4; ++i)
    for (int height = 2; height < 6; ++height)
      for (int width = 2; width < 6; ++width) {
        const auto phase = static_cast<CfaPhase>(i);
        const FrameGeometry frame = FrameGeometry::canonical(width, height, phase);
        CHECK(frame.width % 2 == 0);
        CHECK(frame.height % 2 == 0);
        CHECK(frame.active == Rect{red_x(phase), red_y(phase), width, height});
        CHECK(frame.active.x + width <= frame.width);
        CHECK(frame.active.y + height <= frame.height);
        CHECK(frame.width <= width + 2);
        // Column 0 of the frame mirrors column -active.x of the sensor.
        CHECK(quad_plane(phase, reflect(-frame.active.x, width), reflect(-frame.active.y, height)) == kR);
      }
}

}  // namespace
}  // namespace sunny16::isp
