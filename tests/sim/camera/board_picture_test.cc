#include "sim/camera/board_picture.h"

#include <doctest/doctest.h>

#include "tests/sim/camera/small_camera.h"

namespace sunny16::sim {
namespace {

TEST_CASE("a grey wall becomes a grey picture, of the size that was asked for") {
  for (const char* module : {"imx219", "imx296_mono"}) {
    CAPTURE(module);
    test::SmallCamera small(module, {.picture_width = 24});
    REQUIRE(small.camera.start() == hal::Started::running);
    const hal::RawFrame frame = small.frame();
    REQUIRE(frame.board_picture);
    const auto& luma = frame.board_picture->planes[0];
    CHECK(luma.width == 24);
    CHECK(luma.height == 18);
    double mean = 0;
    for (int y = 0; y < luma.height; ++y)
      for (int x = 0; x < luma.width; ++x) mean += luma.row(y)[x] / (24.0 * 18);
    CHECK(mean == doctest::Approx(118).epsilon(0.03));  // 18 % in sRGB
    for (const std::size_t i : {1, 2}) {
      const auto& chroma = frame.board_picture->planes[i];
      CHECK(chroma.width == 12);
      CHECK(chroma.height == 9);
      for (int y = 0; y < chroma.height; ++y)
        for (int x = 0; x < chroma.width; ++x) CHECK(chroma.row(y)[x] == doctest::Approx(128).epsilon(0.1));
    }
  }
}

TEST_CASE("nobody pays for a picture that nobody asked for") {
  test::SmallCamera small("imx219");
  REQUIRE(small.camera.start() == hal::Started::running);
  CHECK_FALSE(small.frame().board_picture);
}

}  // namespace
}  // namespace sunny16::sim
