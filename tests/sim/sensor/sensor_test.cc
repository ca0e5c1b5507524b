#include "sim/sensor/sensor.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "hal/api/raw_sample.h"

namespace sunny16::sim {
namespace {

constexpr int kSide = 256;

LightImage even_light(float level) {
  LightImage light(3 * kSide, kSide);
  for (int y = 0; y < kSide; ++y) std::fill_n(light.row(y), 3 * kSide, level);
  return light;
}

const Lens kNoFallOff{.blur = 0, .corner_tangent = 0, .colour_falloff = 0};

/// Mean and variance of the greens of the frame's red rows.
struct Greens {
  double mean = 0, variance = 0;
  explicit Greens(const hal::RawFrame& frame) {
    double sum = 0, squares = 0, count = 0;
    for (int y = 0; y < frame.raw.height; y += 2)
      for (int x = 1; x < frame.raw.width; x += 2) {
        const double v = hal::raw_sample(frame.raw, x, y);
        sum += v, squares += v * v, ++count;
      }
    mean = sum / count, variance = squares / count - mean * mean;
  }
};

TEST_CASE("The same seed and frame make the same bytes, another seed or frame others") {
  const LightImage light = even_light(0.3f);
  const auto bytes = [&](std::uint64_t seed, std::uint64_t frame) {
    return *expose(imx477(), {}, light, {.seed = seed, .frame = frame}).storage;
  };
  CHECK(bytes(5, 2) == bytes(5, 2));
  CHECK(bytes(5, 2) != bytes(6, 2));
  CHECK(bytes(5, 2) != bytes(5, 3));
}

TEST_CASE("Levels and noise are those of the model, and of the noise profile in the frame") {
  const PlainSensor sensor = imx477();
  for (const double gain : {1.0, 4.0, 16.0})
    for (const float level : {0.0f, 0.02f, 0.18f, 0.9f}) {
      const Exposure exposure{.analogue_gain = gain};
      const hal::RawFrame frame = expose(sensor, kNoFallOff, even_light(level), exposure);
      const Greens greens(frame);
      const double range = sensor.white() - sensor.black, part = exposure.white_level * level;
      CAPTURE(gain);
      CAPTURE(level);
      REQUIRE(frame.noise.has_value());
      const double variance = (frame.noise->shot * part + frame.noise->read) * range * range;
      CHECK(std::abs(greens.mean - (sensor.black + part * range)) < 4 * std::sqrt(variance) / (kSide / 2) + 0.05);
      CHECK(greens.variance == doctest::Approx(variance).epsilon(0.05));
    }
}

TEST_CASE("Too much light is white, and not more") {
  const hal::RawFrame frame = expose(imx477(), kNoFallOff, even_light(20), {});
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) CHECK_EQ(hal::raw_sample(frame.raw, x, y), 4095);
}

TEST_CASE("White comes out as the neutral that the frame tells, which is redder in warmer light") {
  double last = 0;
  for (const double temperature : {2500.0, 4000.0, 6500.0}) {
    const hal::RawFrame frame = expose(imx477(), kNoFallOff, even_light(0.5f), {.colour_temperature = temperature});
    std::array<double, 4> sum{};
    for (int y = 0; y < kSide; ++y)
      for (int x = 0; x < kSide; ++x)
        sum[isp::quad_plane(frame.raw.phase, x, y)] += hal::raw_sample(frame.raw, x, y) - frame.black[0];
    REQUIRE(frame.as_shot_neutral.has_value());
    const auto& neutral = *frame.as_shot_neutral;
    CHECK(sum[isp::kR] / sum[isp::kGr] == doctest::Approx(neutral[0]).epsilon(0.005));
    CHECK(sum[isp::kB] / sum[isp::kGb] == doctest::Approx(neutral[2]).epsilon(0.005));
    CHECK(neutral[2] / neutral[0] > last);
    last = neutral[2] / neutral[0];
  }
}

TEST_CASE("The shading mesh undoes the lens's fall-off") {
  const Lens lens;
  Exposure exposure;
  const hal::RawFrame frame = expose(imx477(), lens, even_light(0.8f), exposure);
  REQUIRE(frame.shading != nullptr);
  const auto corner = [&](int x0, int y0) {  // red
    double sum = 0;
    for (int y = y0; y < y0 + 16; y += 2)
      for (int x = x0; x < x0 + 16; x += 2) sum += hal::raw_sample(frame.raw, x, y) - frame.black[0];
    return sum;
  };
  const double centre = corner(kSide / 2 - 8, kSide / 2 - 8), dark = corner(0, 0);
  CHECK(dark < 0.65 * centre);
  CHECK(dark * lens.gain(0, squared_radius(8, 8, kSide, kSide)) == doctest::Approx(centre).epsilon(0.02));
  CHECK(frame.shading->gains[isp::kR][0] == doctest::Approx(lens.gain(0, 1)));
  CHECK(frame.shading->gains[isp::kR][0] > frame.shading->gains[isp::kB][0]);
  const auto middle =
      static_cast<std::size_t>(frame.shading->rows / 2 * frame.shading->columns + frame.shading->columns / 2);
  CHECK(frame.shading->gains[isp::kGr][middle] == doctest::Approx(1).epsilon(1e-6));
}

}  // namespace
}  // namespace sunny16::sim
