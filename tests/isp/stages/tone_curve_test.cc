#include "isp/stages/tone_curve.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/isp/stage_harness.h"

namespace sunny16::isp {
namespace {

using test::run_stage;

/// The curve at every input, negative ones too: at(0, v & 255, (v >> 8) + 128).
test::Samples<domain::DisplayRgb> whole_curve(const ToneCurveTuning& tuning, const Conditions& conditions = {}) {
  const auto in =
      test::Samples<domain::LinearRgb>(256, 256).fill([](int, int x, int y) { return 256 * (y - 128) + x; });
  return run_stage<ToneCurve>(ToneCurve::derive(tuning, conditions), in);
}
int value(const test::Samples<domain::DisplayRgb>& curve, int v) { return curve.at(0, v & 255, (v >> 8) + 128); }

constexpr ToneCurveTuning plain_srgb() {
  ToneCurveTuning tuning;
  tuning.contrast = 1;
  tuning.shoulder = 1;
  return tuning;
}

double srgb(double linear) { return linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1 / 2.4) - 0.055; }

TEST_CASE("tone curve: plain sRGB is within 0.1 of an 8-bit code everywhere and clips at white") {
  const auto curve = whole_curve(plain_srgb());
  double worst = 0;
  for (int v = -32768; v < 32768; ++v) {
    const double expected = v < 0 ? 0 : srgb(std::min(v / 8192.0, 1.0));
    worst = std::max(worst, std::abs(value(curve, v) / 16383.0 - expected) * 255);
  }
  CHECK(worst < 0.1);
  CHECK(value(curve, 0) == 0);
  CHECK(value(curve, 8192) == 16383);
  CHECK(value(curve, 32767) == 16383);
}

TEST_CASE("tone curve: every tuning is monotone, from black to white") {
  Conditions conditions;
  conditions.wb_gains = {2.2, 1, 1.7};
  for (const double exposure : {-4.0, -1.0, 0.0, 2.0})
    for (const double contrast : {0.5, 1.0, 1.2, 2.0})
      for (const double shoulder : {0.0, 0.5, 1.0}) {
        ToneCurveTuning tuning;
        tuning.exposure = exposure;
        tuning.contrast = contrast;
        tuning.shoulder = shoulder;
        const auto curve = whole_curve(tuning, conditions);
        bool monotone = true;
        for (int v = -32767; v < 32768; ++v) monotone &= value(curve, v) >= value(curve, v - 1);
        CHECK(monotone);
        CHECK(value(curve, 0) == 0);
        if (exposure >= 0) CHECK(value(curve, static_cast<int>(2.2 * 8192)) >= 16383 - 40);
      }
}

TEST_CASE("tone curve: the default keeps mid-grey, deepens shadows, and separates highlights above white") {
  Conditions conditions;
  conditions.wb_gains = {2.2, 1, 1.7};
  conditions.digital_gain = 2;
  const auto curve = whole_curve({}, conditions), plain = whole_curve(plain_srgb());
  const int grey = static_cast<int>(0.18 * 8192);
  CHECK(std::abs(value(curve, grey) - value(plain, grey)) < 64);
  CHECK(value(curve, grey / 8) < value(plain, grey / 8));
  CHECK(value(curve, 8192) < 16383 - 500);
  CHECK(value(curve, 12288) - value(curve, 8192) > 200);
}

TEST_CASE("tone curve: points as in Raspberry Pi's gamma_curve") {
  ToneCurveTuning tuning = plain_srgb();
  tuning.curve = ToneCurveKind::points;
  tuning.x = {0, 0.25, 0.5, 1};
  tuning.y = {0, 0.6, 0.8, 1};
  const auto curve = whole_curve(tuning);
  CHECK(value(curve, 1024) == doctest::Approx(0.3 * 16383).epsilon(0.002));
  CHECK(value(curve, 6144) == doctest::Approx(0.9 * 16383).epsilon(0.002));
  CHECK(value(curve, 8192) == 16383);
}

}  // namespace
}  // namespace sunny16::isp
