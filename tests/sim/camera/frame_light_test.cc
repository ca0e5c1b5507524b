#include "sim/camera/frame_light.h"

#include <cmath>

#include "sim/scene/catalogue.h"
#include "tests/sim/camera/small_camera.h"

namespace sunny16::sim {
namespace {

constexpr int kHeight = 512;  // long enough in lines to see a wave of the mains

Lamp tube(Flicker flicker) {
  Lamp lamp = test::daylight(1000);
  lamp.flicker = flicker, lamp.flicker_hz = 100, lamp.modulation = 0.6;
  return lamp;
}

double mean(const isp::Image<float>& image, int y) {
  double sum = 0;
  for (int x = 0; x < image.width(); ++x) sum += image.row(y)[x];
  return sum / image.width();
}

TEST_CASE("Rows of a flickering lamp have the mean of its wave over their own exposure") {
  const auto lamps = std::vector<Lamp>{tube(Flicker::sine)};
  const BenchSetup setup = test::small_setup("imx219", std::make_shared<test::GreyWall>(lamps), 8, kHeight);
  BenchSetup steady_setup = setup;
  steady_setup.scene = std::make_shared<test::GreyWall>();
  FrameLight flickering(setup, 1), steady(steady_setup, 1);
  const double start = 3.217, exposure = 0.003, line = 1e-6 * setup.mode.line_time_us;
  const RowTiming timing = flickering.bench(0).timing(start, exposure);
  for (int y = 0; y < kHeight; y += 37) {
    // The wall's own light is as strong as the tube's: the sum is 1 + level.
    const double from = 2 * M_PI * 100 * (start + y * line), to = from + 2 * M_PI * 100 * exposure;
    const double level = 1 + 0.6 * (std::cos(from) - std::cos(to)) / (to - from);
    const double ratio = mean(flickering.electrons(0, timing), y) / mean(steady.electrons(0, timing), y);
    CHECK(ratio == doctest::Approx(1 + level).epsilon(1e-5));
  }
}

TEST_CASE("A lamp that is switched on lights the rows that are exposed after") {
  Lamp lamp = test::daylight(1000);
  lamp.on_from_s = 1.004;
  const BenchSetup setup = test::small_setup("imx219", std::make_shared<test::GreyWall>(std::vector{lamp}), 8, kHeight);
  FrameLight light(setup, 1);
  const double exposure = 0.002;
  /// How much brighter than without the lamp a row is that is read so long after the frame's start.
  const auto brighter = [&](double frame_start, double row_s) {
    const RowTiming before = light.bench(0).timing(0, exposure), timing = light.bench(0).timing(frame_start, exposure);
    const int y = static_cast<int>((row_s - exposure) / timing.line_s);
    const double dark = mean(light.electrons(0, before), y);
    return mean(light.electrons(0, timing), y) / dark;
  };
  CHECK(brighter(1, 0.0035) == doctest::Approx(1));
  CHECK(brighter(1, 0.005) == doctest::Approx(1.5).epsilon(0.01));
  CHECK(brighter(1, 0.0065) == doctest::Approx(2));
  CHECK(brighter(2, exposure) == doctest::Approx(2));
}

TEST_CASE("Adding up lamps is what drawing each frame would give, where rows are lit alike") {
  Lamp lamp = test::daylight(500);
  lamp.on_from_s = 1;
  const auto still = std::make_shared<test::GreyWall>(std::vector{lamp}, false);
  const auto moving = std::make_shared<test::GreyWall>(std::vector{lamp}, true);
  FrameLight added(test::small_setup("imx708", still), 1), drawn(test::small_setup("imx708", moving), 2);
  for (const double start : {0.1, 5.0}) {
    const RowTiming timing = added.bench(1).timing(start, 0.01);
    const isp::Image<float>&a = added.electrons(1, timing), &b = drawn.electrons(1, timing);
    for (int y = 0; y < a.height(); y += 7)
      for (int x = 0; x < a.width(); x += 5) CHECK(a.row(y)[x] == doctest::Approx(b.row(y)[x]).epsilon(1e-5));
  }
}

TEST_CASE("Another place of the lens is another picture, and coming back to one is the same") {
  const auto scene = std::shared_ptr<const Scene>(make_scene("slanted-edge"));
  FrameLight light(test::small_setup("imx708", scene), 1);
  const RowTiming timing = light.bench(0).timing(0, 0.01);
  const auto picture = [&](double lens_position) {
    const isp::Image<float>& image = light.electrons(lens_position, timing);
    std::vector<float> values;
    for (int y = 0; y < image.height(); ++y) values.insert(values.end(), image.row(y), image.row(y) + image.width());
    return values;
  };
  const auto far = picture(0), near = picture(5);
  CHECK(far != near);
  for (int i = 1; i <= static_cast<int>(FrameLight::kKeptPositions); ++i) picture(0.1 * i);
  CHECK(picture(0) == far);
  CHECK(light.bench(5).setup().lens_position == 5);
}

}  // namespace
}  // namespace sunny16::sim
