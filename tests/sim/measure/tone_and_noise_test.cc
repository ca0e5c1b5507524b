// Grey scales of raw frames against the sensor's model: the tone is linear, the noise that of conversion().
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/sensor/random.h"
#include "tests/sim/measure/shots.h"

namespace sunny16::sim::test {
namespace {

/// Without fixed patterns and row noise, which single frames do not tell from temporal noise; and with a lens so fast
/// that it hardly diffracts: light that it strews over dark steps would be noise without signal.
void clean(CameraModule& module) {
  sharp_and_even(module);
  module.lens.f_number = 0.7;
  SensorModel& s = module.sensor;
  s.prnu_percent = s.dsnu_e = s.row_noise_e = s.column_noise_e = s.dark_current_e_s = 0;
  s.hot_ppm = s.dead_ppm = s.stuck_ppm = 0;
}

struct GreyShot {
  Shots shots;
  ShotSettings settings;
  Subject subject;
  double green_white = 0;  ///< level of a white surface in green, black 0, white 1
  isp::NoiseProfile noise;

  GreyShot(double lux, double gain)
      : settings([&] {
          ShotSettings s = bright("oecf", {900, 680}, shots.module("imx477", clean));
          s.lux = lux, s.gain = gain;
          return s;
        }()),
        subject(shots.take(settings)) {
    const ShotTruth& truth = *subject.truth();
    green_white = truth.white_level / std::max({truth.neutral[0], truth.neutral[1], truth.neutral[2]});
    noise = *subject.raw()->noise;
  }
};

TEST_CASE("oecf: a raw frame's tone is linear, and its scale the shot's white level") {
  const GreyShot shot(2000, 1);
  const Measurement oecf = measured("oecf", shot.subject);
  CHECK(oecf.values["gamma"].get<double>() == doctest::Approx(1).scale(0).epsilon(0.01));
  CHECK(oecf.values["scale"].get<double>() == doctest::Approx(shot.green_white).scale(0).epsilon(0.015));
  REQUIRE(oecf.values["points"].size() == 20);
  for (const auto& point : oecf.values["points"]) {
    const double luminance = point["luminance"];
    CAPTURE(luminance);
    CHECK(std::abs(point["level"].get<double>() - shot.green_white * luminance) <
          0.01 * shot.green_white * luminance + 0.004);
  }
}

TEST_CASE("noise: signal to noise of each step and dynamic range are those of photons and read noise") {
  for (const auto& each : {std::pair{2000.0, 1.0}, {200.0, 8.0}}) {
    const auto& lux = each.first;
    const auto& gain = each.second;
    CAPTURE(gain);
    const GreyShot shot(lux, gain);
    const Measurement noise = measured("noise", shot.subject);
    for (const auto& step : noise.values["steps"]) {
      const double level = step["level"], total = step["total_noise"];
      CAPTURE(level);
      CHECK(total * total == doctest::Approx(shot.noise.shot * level + shot.noise.read).scale(0).epsilon(0.2));
    }
    // The level whose noise is as large as itself, from l^2 = shot (l + stray) + read, where stray light is what the
    // darkest step has too much: its photons are noise, but no signal.
    const auto& darkest = noise.values["steps"].front();
    const double stray = darkest["level"].get<double>() - shot.green_white * darkest["luminance"].get<double>();
    const double half = shot.noise.shot / 2;
    const double least = half + std::sqrt(half * half + shot.noise.shot * stray + shot.noise.read);
    MESSAGE("dynamic range " << noise.values["dynamic_range_db"] << " dB, model " << 20 * std::log10(1 / least)
                             << ", stray " << stray);
    CHECK(std::abs(noise.values["dynamic_range_db"].get<double>() - 20 * std::log10(1 / least)) < 2);
    CHECK(noise.values["dynamic_range_ev"].get<double>() ==
          doctest::Approx(noise.values["dynamic_range_db"].get<double>() / 6.0206).scale(0));
  }
}

TEST_CASE("noise: of a region, its level and noise alone") {
  const Shots shots;
  const Subject subject = shots.take(bright("flat-field", {256, 192}, shots.module("imx477", clean)));
  MeasureOptions options;
  options.roi = isp::Rect{0, 0, 256, 192};
  const Measurement noise = measured("noise", subject, options);
  const double level = noise.values["level"], deviation = noise.values["noise"];
  CHECK(deviation * deviation ==
        doctest::Approx(subject.raw()->noise->shot * level + subject.raw()->noise->read).scale(0).epsilon(0.05));
  CHECK(noise.values["snr_db"].get<double>() == doctest::Approx(20 * std::log10(level / deviation)).scale(0));
}

/// Display code of a grey with noise of a deviation in each colour alike.
Subject grey_picture(double level, double deviation, int width = 256, int height = 128) {
  Picture picture{.rgb = {3 * width, height}, .transfer = Transfer::srgb};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double noise = deviation * normal_quantile(pixel_uniforms(1, 0, x, y)[0]);
      for (int c = 0; c < 3; ++c) picture.rgb.row(y)[3 * x + c] = static_cast<float>(level + noise);
    }
  return Subject("grey", std::move(picture), std::nullopt, 1);
}

TEST_CASE("visual_noise: none in an even picture, and in proportion to the deviation") {
  MeasureOptions options;
  options.roi = isp::Rect{0, 0, 256, 128};
  const auto visual = [&](double deviation) {
    return measured("visual_noise", grey_picture(0.5, deviation), options).values["visual_noise_mean"].get<double>();
  };
  CHECK(visual(0) < 1e-3);
  CHECK(visual(0.02) > 0.1);
  CHECK(visual(0.02) == doctest::Approx(2 * visual(0.01)).scale(0).epsilon(0.05));
}

}  // namespace
}  // namespace sunny16::sim::test
