#include "isp/stages/chroma_denoise.h"

#include <doctest/doctest.h>

#include <cmath>

#include "isp/stages/root_code.h"
#include "tests/isp/stage_harness.h"

namespace sunny16::isp::test {
namespace {

constexpr int kWidth = 96, kHeight = 64;
using Rgb = Samples<domain::CodeRgb>;

Conditions noisy_conditions() {
  Conditions conditions;
  conditions.noise = {.shot = 1 / 500.0, .read = 9e-6};
  conditions.wb_gains = {2, 1, 1.6};
  return conditions;
}

Rgb denoised(const Rgb& in, const ChromaDenoiseTuning& tuning = {}) {
  return run_stage<ChromaDenoise>(ChromaDenoise::derive(tuning, noisy_conditions()), in);
}

int hash(int plane, int x, int y) {
  return static_cast<int>(scramble(7, static_cast<std::uint32_t>((plane * kHeight + y) * kWidth + x)) >> 16);
}

/// Deviation of the colour difference of `plane` from `mean`.
double chroma_error(const Rgb& rgb, int plane, double mean) {
  double sum = 0;
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x) sum += std::pow(rgb.at(plane, x, y) - rgb.at(1, x, y) - mean, 2);
  return std::sqrt(sum / (kWidth * kHeight));
}

/// Flat colour with independent noise, about as strong as these conditions predict.
Rgb noisy_colour() {
  return Rgb(kWidth, kHeight).fill([](int p, int x, int y) { return 6000 + 500 * p + hash(p, x, y) % 601 - 300; });
}

TEST_CASE("a neutral picture stays as it is, to the bit, whatever its luma") {
  const auto grey = Rgb(kWidth, kHeight).fill([](int, int x, int y) { return hash(0, x, y) % 16384; });
  CHECK(denoised(grey) == grey);
}

TEST_CASE("chroma noise falls to less than a third, luma stays") {
  const Rgb in = noisy_colour(), out = denoised(in);
  CHECK(chroma_error(out, 0, -500) < chroma_error(in, 0, -500) / 3);
  CHECK(chroma_error(out, 2, 500) < chroma_error(in, 2, 500) / 3);
  int worst = 0;
  const auto luma = [](const Rgb& rgb, int x, int y) {
    return rgb.at(0, x, y) + 2 * rgb.at(1, x, y) + rgb.at(2, x, y);
  };
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x) worst = std::max(worst, std::abs(luma(out, x, y) - luma(in, x, y)));
  CHECK(worst <= 4);  // one unit of (R + 2 G + B) / 4
}

TEST_CASE("a strong colour edge keeps most of its step, and its surroundings all") {
  const auto edge = Rgb(kWidth, kHeight).fill([](int p, int x, int) { return p == 0 && x >= 49 ? 11000 : 5000; });
  const Rgb out = denoised(edge);
  for (int y = 0; y < kHeight; ++y) {
    CHECK(out.at(0, 49, y) - out.at(0, 48, y) > 0.85 * 6000);
    for (const int x : {0, 20, 32, 66, 80, kWidth - 1}) CHECK(out.at(0, x, y) == edge.at(0, x, y));
  }
}

TEST_CASE("a lone false colour goes, its luma stays") {
  auto spot = Rgb(kWidth, kHeight).fill([](int, int, int) { return 5000; });
  spot.at(0, 41, 20) += 800;
  const Rgb out = denoised(spot);
  CHECK(out.at(0, 41, 20) - out.at(1, 41, 20) < 200);
  CHECK(out.at(1, 41, 20) > 5100);
}

TEST_CASE("colours fade towards black, and are whole from some deviations on, whatever their luma") {
  const double deviation = code_deviation(noisy_conditions()), black = black_code(noisy_conditions());
  const auto kept = [&](double brightest, double difference,
                        const ChromaDenoiseTuning& tuning = {.shadows = 10}) {  // of a flat red
    const auto red = static_cast<int>(black + brightest * deviation), other = red - static_cast<int>(difference);
    const Rgb out = denoised(Rgb(kWidth, kHeight).fill([&](int p, int, int) { return p == 0 ? red : other; }), tuning);
    return (out.at(0, 48, 32) - out.at(1, 48, 32)) / (1.0 * (red - other));
  };
  CHECK(kept(0, 300) < 0.01);
  CHECK(kept(5, 300) == doctest::Approx(0.5).epsilon(0.02));
  CHECK(kept(10.1, 300) == doctest::Approx(1).epsilon(0.005));
  CHECK(kept(10.1, 8 * deviation) == doctest::Approx(1).epsilon(0.005));
  CHECK(kept(0, 300, {.shadows = 0}) == 1);
}

TEST_CASE("strength 0 is off, and thresholds of a code unit or so change next to nothing") {
  CHECK_FALSE(ChromaDenoise::derive({.strength = 0}, noisy_conditions()).enabled);
  CHECK_FALSE(ChromaDenoise::derive({.enabled = false}, noisy_conditions()).enabled);
  const Rgb in = noisy_colour(), out = denoised(in, {.threshold = {0, 0, 0}});
  int worst = 0;
  for (std::size_t i = 0; i < in.values.size(); ++i) worst = std::max(worst, std::abs(in.values[i] - out.values[i]));
  CHECK(worst <= 4);
}

}  // namespace
}  // namespace sunny16::isp::test
