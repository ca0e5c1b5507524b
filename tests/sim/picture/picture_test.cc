#include "sim/picture/picture.h"

#include <doctest/doctest.h>

#include <cmath>

namespace sunny16::sim {
namespace {

TEST_CASE("Display code and light by IEC 61966-2-1") {
  Picture codes{.rgb = {768, 2}};
  for (int i = 0; i < 768; ++i) codes.rgb.row(0)[i] = static_cast<float>(i) / 767;
  const auto light = linear_picture(codes);
  for (int i = 0; i < 768; ++i) {
    const double v = i / 767.0;
    CHECK(light.row(0)[i] ==
          doctest::Approx(v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4)).epsilon(1e-6));
  }
  const Picture back{.rgb = linear_picture(codes), .transfer = Transfer::linear};
  const auto again = display_picture(back);
  for (int i = 0; i < 768; ++i) CHECK(again.row(0)[i] == doctest::Approx(codes.rgb.row(0)[i]).epsilon(1e-5));
  CHECK(picture_bytes(codes).row(0)[767] == 255);
  CHECK(picture_bytes(back).row(0)[767] == 255);
  CHECK(picture_bytes(codes).row(0)[384] == 128);  // 127.67
}

TEST_CASE("Light outside the display's range is kept as light, and clipped as code") {
  Picture light{.rgb = {6, 2}, .transfer = Transfer::linear};
  light.rgb.row(0)[0] = -0.5f, light.rgb.row(0)[1] = 3;
  CHECK(linear_picture(light).row(0)[0] == -0.5f);
  CHECK(linear_picture(light).row(0)[1] == 3);
  CHECK(display_picture(light).row(0)[0] == 0);
  CHECK(display_picture(light).row(0)[1] == 1);
}

TEST_CASE("Planes and luminance") {
  isp::Image<float> rgb(6, 2);
  for (int i = 0; i < 6; ++i) rgb.row(1)[i] = static_cast<float>(i);
  const auto planes = colour_planes(rgb.view());
  for (int c = 0; c < 3; ++c)
    for (int x = 0; x < 2; ++x) CHECK(planes[static_cast<std::size_t>(c)].row(1)[x] == static_cast<float>(3 * x + c));
  CHECK(luminance(rgb.view()).row(1)[0] == doctest::Approx(0.7152 + 2 * 0.0722));
  CHECK(luminance(rgb.view()).row(1)[1] == doctest::Approx(3 + 0.7152 + 2 * 0.0722));
}

}  // namespace
}  // namespace sunny16::sim
