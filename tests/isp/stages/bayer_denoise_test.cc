#include "isp/stages/bayer_denoise.h"

#include <doctest/doctest.h>

#include <cmath>

#include "isp/stages/root_code.h"
#include "tests/isp/stage_harness.h"

namespace sunny16::isp::test {
namespace {

constexpr int kWidth = 128, kHeight = 96;
using Raw = Samples<domain::CodeRaw>;

Conditions noisy_conditions() {
  Conditions conditions;
  conditions.frame = FrameGeometry::canonical(kWidth, kHeight, CfaPhase::rggb);
  conditions.noise = {.shot = 1 / 500.0, .read = 9e-6};
  conditions.wb_gains = {2, 1, 1.6};
  return conditions;
}

Raw denoised(const Raw& in, const Conditions& conditions, const BayerDenoiseTuning& tuning = {}) {
  return run_stage<BayerDenoise>(BayerDenoise::derive(tuning, conditions), in);
}

/// `clean` plus what each channel's noise is in the code, times `gain(x)`.
template <class Clean, class Gain>
Raw with_noise(const Conditions& conditions, Clean&& clean, Gain&& gain) {
  constexpr std::array<std::size_t, 4> kColour{0, 1, 1, 2};
  return Raw(kWidth, kHeight).fill([&](int plane, int x, int y) {
    double sum = -6;
    for (std::uint32_t i = 0; i < 12; ++i)
      sum += scramble(i + 1, static_cast<std::uint32_t>((plane * 64 + y) * 64 + x)) / 4294967296.0;
    const double deviation =
        code_deviation(conditions) * std::sqrt(conditions.wb_gains[kColour[static_cast<std::size_t>(plane)]]);
    return std::lround(clean(x) + gain(x) * deviation * sum);
  });
}

/// Deviation from `clean` over quad columns first..end of a plane.
template <class Clean>
double error(const Raw& raw, Clean&& clean, int plane, int first, int end) {
  double sum = 0;
  for (int y = 0; y < raw.rows(); ++y)
    for (int x = first; x < end; ++x) sum += std::pow(raw.at(plane, x, y) - clean(x), 2);
  return std::sqrt(sum / ((end - first) * raw.rows()));
}

TEST_CASE("noise of a flat field falls to less than half in every channel, and the mean stays") {
  const Conditions conditions = noisy_conditions();
  const auto flat = [](int) { return 8000; };
  const auto in = with_noise(conditions, flat, [](int) { return 1; });
  const auto out = denoised(in, conditions);
  for (int plane = 0; plane < 4; ++plane) {
    CAPTURE(plane);
    CHECK(error(out, flat, plane, 0, 64) < 0.5 * error(in, flat, plane, 0, 64));
    double mean = 0;
    for (int y = 0; y < out.rows(); ++y)
      for (int x = 0; x < out.columns(); ++x) mean += out.at(plane, x, y) / static_cast<double>(out.plane_size());
    CHECK(std::abs(mean - 8000) < 0.05 * code_deviation(conditions));
  }
}

TEST_CASE("an edge far above the noise stays as it is, to the bit") {
  const Conditions conditions = noisy_conditions();
  const auto edge = Raw(kWidth, kHeight).fill([](int, int x, int y) { return x + y / 3 < 50 ? 4000 : 9000; });
  CHECK(denoised(edge, conditions) == edge);
}

TEST_CASE("beside an edge noise falls too") {
  const Conditions conditions = noisy_conditions();
  const auto edge = [](int x) { return x < 32 ? 4000 : 9000; };
  const auto in = with_noise(conditions, edge, [](int) { return 1; });
  const auto out = denoised(in, conditions);
  for (int plane = 0; plane < 4; ++plane)
    CHECK(error(out, edge, plane, 30, 34) < 0.75 * error(in, edge, plane, 30, 34));
}

TEST_CASE("strength removes more, texture puts back, nothing is off") {
  const Conditions conditions = noisy_conditions();
  const auto flat = [](int) { return 8000; };
  const auto in = with_noise(conditions, flat, [](int) { return 1; });
  const auto left = [&](double strength, double texture) {
    return error(denoised(in, conditions, {.strength = strength, .texture = texture}), flat, kGr, 0, 64);
  };
  CHECK(left(0.5, 0.125) > left(1, 0.125));
  CHECK(left(1, 0.5) > left(1, 0.125));
  CHECK(denoised(in, conditions, {.texture = 1}) == in);
  CHECK_FALSE(BayerDenoise::derive({.strength = 0}, conditions).enabled);
  CHECK_FALSE(BayerDenoise::derive({.enabled = false}, conditions).enabled);
}

TEST_CASE("where lens shading gains raise the noise, as large a part of it is removed") {
  Conditions conditions = noisy_conditions();
  auto mesh = std::make_shared<GainMesh>();
  mesh->columns = 4, mesh->rows = 2;
  for (auto& gains : mesh->gains) gains = {1, 1, 4, 4, 1, 1, 4, 4};
  conditions.shading = mesh;
  const auto flat = [](int) { return 8000; };
  const auto in = with_noise(conditions, flat, [](int x) { return x < 32 ? 1 : 2; });
  const auto out = denoised(in, conditions);
  for (int plane = 0; plane < 4; ++plane) {
    const double left = error(out, flat, plane, 0, 20) / error(in, flat, plane, 0, 20);
    const double right = error(out, flat, plane, 44, 64) / error(in, flat, plane, 44, 64);
    CHECK(right == doctest::Approx(left).epsilon(0.1));
  }
}

}  // namespace
}  // namespace sunny16::isp::test
