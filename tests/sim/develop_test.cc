// The simulated camera and the line together: what was printed on the chart comes out of the picture.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "firmware/capture/frame_line.h"
#include "sim/scene/charts.h"
#include "sim/scene/still_life.h"
#include "sim/sensor/sensor.h"

namespace sunny16::sim {
namespace {

constexpr int kWidth = 640, kHeight = 480;

hal::RawFrame shot(const Exposure& exposure) {
  const Lens lens;
  return expose(imx477(), lens, render(StillLife(), lens, kWidth, kHeight, 1), exposure);
}

double linear_of_srgb(double v) {
  v /= 255;
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

/// Mean linear colour of a ColorChecker patch in the developed picture.
Colour patch_of(const firmware::DevelopedFrame& developed, int index) {
  const Point centre = StillLife::patch(index), reach{0.7 * StillLife::kPatchReach, 0.7 * StillLife::kPatchReach};
  const auto pixel = [](Point p) {
    return std::pair{static_cast<int>(p.x * kHeight + kWidth / 2.0), static_cast<int>((p.y + 0.5) * kHeight)};
  };
  const auto [left, top] = pixel(centre - reach);
  const auto [right, bottom] = pixel(centre + reach);
  Colour sum;
  for (int y = top; y < bottom; ++y)
    for (int x = left; x < right; ++x) {
      const std::uint8_t* p = developed.pictures[0].planes[0].row(y) + 3 * x;
      sum = sum + Colour{linear_of_srgb(p[0]), linear_of_srgb(p[1]), linear_of_srgb(p[2])};
    }
  return sum * (1.0 / ((right - left) * (bottom - top)));
}

/// CIE L*a*b* under D65 of linear sRGB.
std::array<double, 3> lab(Colour c) {
  const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
  const double x = f((0.4124564 * c.r + 0.3575761 * c.g + 0.1804375 * c.b) / 0.95047);
  const double y = f(0.2126729 * c.r + 0.7151522 * c.g + 0.0721750 * c.b);
  const double z = f((0.0193339 * c.r + 0.1191920 * c.g + 0.9503041 * c.b) / 1.08883);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double difference(Colour a, Colour b) {  // CIE 1976
  const auto p = lab(a), q = lab(b);
  return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

double chroma(Colour c) {
  const auto p = lab(c);
  return std::hypot(p[1], p[2]);
}

TEST_CASE("A colorimetric picture has the chart's colours") {
  firmware::CameraTuning tuning;
  firmware::set_parameter(tuning, "lens_shading.luminance_strength=1");
  for (const double temperature : {2900.0, 4000.0, 6400.0})
    for (const double gain : {1.0, 8.0}) {
      const Exposure exposure{.analogue_gain = gain, .colour_temperature = temperature};
      firmware::FrameRequest request;
      request.colorimetric = true;
      const auto developed = firmware::run_frame(shot(exposure), tuning, request);
      CHECK(developed.metadata.colour_temperature == doctest::Approx(temperature).epsilon(0.02));
      CAPTURE(temperature);
      CAPTURE(gain);
      double sum = 0;
      for (int i = 0; i < 24; ++i) {
        CAPTURE(i);
        const Colour printed = kColourChecker[static_cast<std::size_t>(i)];
        const Colour in_gamut{std::max(0.0, printed.r), printed.g, printed.b};
        const double error = difference(patch_of(developed, i) * (1 / exposure.white_level), in_gamut);
        CHECK(error < 4);
        sum += error;
      }
      CHECK(sum / 24 < (gain == 1 ? 0.8 : 1.2));
    }
}

TEST_CASE("Greys are neutral in the default look, as shot and with estimated white balance") {
  for (const bool as_shot : {true, false})
    for (const double temperature : {3000.0, 4000.0, 6000.0}) {
      const hal::RawFrame frame = shot({.analogue_gain = 2, .colour_temperature = temperature});
      firmware::FrameRequest request;
      request.as_shot = as_shot;
      const auto developed = firmware::run_frame(frame, {}, request);
      CAPTURE(temperature);
      CAPTURE(as_shot);
      CHECK(developed.metadata.estimated_white_balance == !as_shot);
      for (int i = 19; i < 24; ++i) CHECK(chroma(patch_of(developed, i)) < (as_shot ? 2 : 12));

      // The angle between the true and the applied neutral, as colour constancy is judged.
      const auto& neutral = *frame.as_shot_neutral;
      const auto& gains = developed.metadata.colour_gains;
      const std::array<double, 3> applied{1 / gains[0], 1, 1 / gains[1]};
      double dot = 0, a = 0, b = 0;
      for (std::size_t i = 0; i < 3; ++i)
        dot += neutral[i] * applied[i], a += neutral[i] * neutral[i], b += applied[i] * applied[i];
      CHECK(std::acos(std::min(1.0, dot / std::sqrt(a * b))) * 57.3 < (as_shot ? 0.1 : 4));
    }
}

TEST_CASE("The lamp, which clips every colour of the sensor, is bright and has none") {
  const auto developed = firmware::run_frame(shot({}), {}, {});
  const std::uint8_t* lamp = developed.pictures[0].planes[0].row(static_cast<int>(0.23 * kHeight)) +
                             3 * static_cast<int>(0.555 * kHeight + kWidth / 2.0);
  CHECK(std::min({lamp[0], lamp[1], lamp[2]}) > 245);
  CHECK(std::max({lamp[0], lamp[1], lamp[2]}) - std::min({lamp[0], lamp[1], lamp[2]}) <= 2);
}

}  // namespace
}  // namespace sunny16::sim
