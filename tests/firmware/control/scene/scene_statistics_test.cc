#include "firmware/control/scene/scene_statistics.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/firmware/control/scene/painted_statistics.h"

namespace sunny16::firmware::test {
namespace {

Vector3 grey(double v) { return {v, v, v}; }

TEST_CASE("An even grey has no contrast, no colour and no range; and nothing is known of light and focus") {
  const SceneStatistics s = statistics_of([](double, double) { return grey(0.2); });
  CHECK(s.contrast < 0.01);
  CHECK(s.flat == 1);
  CHECK(s.neutral == 1);
  CHECK(s.saturation < 0.01);
  CHECK(s.dynamic_range < 0.1);
  CHECK(s.light_known == 0);
  CHECK(s.nearness_known == 0);
}

TEST_CASE("Range is counted in stops, and clipped shares as shares") {
  const SceneStatistics s = statistics_of([](double x, double) {
    return grey(x < 0.25 ? 1.0 / 64 : x < 0.75 ? 0.125 : 2);
  });
  CHECK(s.dynamic_range > 5.5);
  CHECK(s.clipped == doctest::Approx(0.25).epsilon(0.01));
  CHECK(s.dark == doctest::Approx(0.25).epsilon(0.02));
}

TEST_CASE("A subject three stops below its surroundings is backlit by three stops; a face is the subject where it is") {
  const auto dark_in = [](double left, double top, double width, double height) {
    return [=](double x, double y) {
      return grey(x > left && x < left + width && y > top && y < top + height ? 0.05 : 0.4);
    };
  };
  CHECK(statistics_of(dark_in(0.3, 0.3, 0.4, 0.55)).backlight == doctest::Approx(3).epsilon(0.02));
  CHECK(std::abs(statistics_of(dark_in(0.0, 0.0, 0.2, 0.3)).backlight) < 0.1);
  const std::array<Detection, 1> face{{{"face", 0.9, {0.0, 0.0, 0.2, 0.3}}}};
  const SceneStatistics s = statistics_of(dark_in(0.0, 0.0, 0.2, 0.3), face);
  CHECK(s.backlight == doctest::Approx(3).epsilon(0.02));
  CHECK(s.faces == 1);
  CHECK(s.face_size == doctest::Approx(0.3));
}

TEST_CASE("Colours are counted where they are: sky above, grass below, sand, skin, wood") {
  const SceneStatistics s = statistics_of([](double, double y) {
    return y < 0.5 ? Vector3{0.25, 0.38, 0.62} : Vector3{0.14, 0.20, 0.05};
  });
  CHECK(s.upper_blue == 1);
  CHECK(s.lower_blue == 0);
  CHECK(s.lower_green == 1);
  CHECK(s.upper_green == 0);
  CHECK(statistics_of([](double, double) { return Vector3{0.56, 0.46, 0.33}; }).lower_sand == 1);
  CHECK(statistics_of([](double, double) { return Vector3{0.45, 0.29, 0.22}; }).central_skin == 1);
  CHECK(statistics_of([](double, double) { return Vector3{0.30, 0.17, 0.07}; }).brown == 1);
  CHECK(statistics_of([](double, double) { return Vector3{0.80, 0.81, 0.83}; }).white == 1);
}

TEST_CASE("White balance and matrix are those of the frame") {
  const isp::Statistics counted = painted_statistics([](double, double) { return Vector3{0.1, 0.2, 0.4}; });
  const ScenePicture picture = scene_picture(counted, {2, 0.5}, {1, 0, 0, 0, 1, 0, 0, 0, 1});
  CHECK(picture.at(3, 3).rgb[0] == doctest::Approx(0.2).epsilon(0.001));
  CHECK(picture.at(3, 3).rgb[2] == doctest::Approx(0.2).epsilon(0.001));
}

TEST_CASE("Figures stay within their ranges, whatever is painted") {
  for (const double level : {0.0, 1e-5, 0.5, 1.0}) {
    const SceneStatistics s = statistics_of([=](double x, double y) { return Vector3{level * x, level * y, level}; });
    isp::for_each_field(s, [](const auto& row, double v) {
      CAPTURE(row.name);
      CHECK(v >= row.minimum);
      CHECK(v <= row.maximum);
    });
  }
}

}  // namespace
}  // namespace sunny16::firmware::test
