#include "firmware/detect/upright.h"

#include <doctest/doctest.h>

#include <utility>

namespace sunny16::firmware {
namespace {

TEST_CASE("a box lies where its pixels go, in all eight orientations, and comes back") {
  constexpr int kWidth = 8, kHeight = 6;
  isp::Image<std::uint8_t> picture(kWidth, kHeight);
  for (int y = 1; y < 3; ++y)
    for (int x = 5; x < 8; ++x) picture.row(y)[x] = 1;
  const Box box{5.0 / kWidth, 1.0 / kHeight, 3.0 / kWidth, 2.0 / kHeight};
  for (int exif = 1; exif <= 8; ++exif) {
    CAPTURE(exif);
    const Orientation turn = Orientation::from_exif(exif);
    const auto upright = oriented(std::as_const(picture).view(), 1, turn);
    const Box found = upright_box(box, turn);
    for (int y = 0; y < upright.height(); ++y)
      for (int x = 0; x < upright.width(); ++x) {
        const double at_x = (x + 0.5) / upright.width(), at_y = (y + 0.5) / upright.height();
        const bool inside =
            at_x > found[0] && at_x < found[0] + found[2] && at_y > found[1] && at_y < found[1] + found[3];
        CHECK(inside == (upright.row(y)[x] == 1));
      }
    const Box back = sensor_box(found, turn);
    for (std::size_t i = 0; i < 4; ++i) CHECK(back[i] == doctest::Approx(box[i]));
  }
}

}  // namespace
}  // namespace sunny16::firmware
