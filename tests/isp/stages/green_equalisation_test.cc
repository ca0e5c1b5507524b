#include "isp/stages/green_equalisation.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/isp/every_target.h"
#include "tests/isp/stage_harness.h"

namespace sunny16::isp::test {
namespace {

using Raw = Samples<domain::LinearRaw>;

Raw equalised(const Raw& raw, const GreenEqualisationTuning& tuning = {}, const NoiseProfile& noise = {1e-6, 1e-8}) {
  Conditions conditions;
  conditions.noise = noise;
  return run_stage<GreenEqualisation>(GreenEqualisation::derive(tuning, conditions), raw);
}

/// Mean difference of the greens, of the mean green above black.
double imbalance(const Raw& raw) {
  double difference = 0, sum = 0;
  for (int y = 0; y < raw.rows(); ++y)
    for (int x = 0; x < raw.columns(); ++x) {
      const double gr = raw.at(kGr, x, y) - 4096, gb = raw.at(kGb, x, y) - 4096;
      difference += gr - gb, sum += (gr + gb) / 2;
    }
  return difference / sum;
}

TEST_CASE("a balanced scene without noise stays as it is, shaded or flat") {
  const Raw flat = Raw(64, 64).fill([](int plane, int, int) { return 5000 + 1000 * ((plane + 1) / 2); });
  CHECK(equalised(flat) == flat);
  // A ramp in both directions, by pixel: the greens' different positions must not count as imbalance.
  const Raw ramp = Raw(64, 64).fill(
      [](int plane, int x, int y) { return 5000 + 20 * (2 * x + (plane & 1)) + 12 * (2 * y + (plane >> 1)); });
  const Raw out = equalised(ramp);
  for (int y = 1; y < 31; ++y)
    for (int x = 1; x < 31; ++x)
      for (int plane = 0; plane < 4; ++plane) REQUIRE(std::abs(out.at(plane, x, y) - ramp.at(plane, x, y)) <= 1);
}

TEST_CASE("a small imbalance goes, half by each green, and the other colours stay") {
  for (const int level : {300, 2000, 9000, 15360}) {
    CAPTURE(level);
    const Raw raw = Raw(32, 32).fill(
        [&](int plane, int, int) { return 4096 + level * (1 + 0.005 * (plane == kGr) - 0.005 * (plane == kGb)); });
    const double before = imbalance(raw);
    CHECK(before > 0.009);
    const Raw out = equalised(raw);
    CHECK(std::abs(imbalance(out)) <= 2.0 / level);  // a DN of each green, rounded
    for (const Quad plane : {kR, kB}) CHECK(out.at(plane, 5, 7) == raw.at(plane, 5, 7));
    CHECK(std::abs(imbalance(equalised(raw, {.strength = 0.5})) - before / 2) <= 2.0 / level);
    CHECK(equalised(raw, {.strength = 0}) == raw);
  }
}

TEST_CASE("detail at the finest pitch and edges pass") {
  const Raw stripes = Raw(64, 64).fill([](int plane, int, int) { return plane >> 1 ? 6000 : 12000; });
  CHECK(equalised(stripes) == stripes);
  const Raw edge = Raw(64, 64).fill([](int plane, int x, int) { return 2 * x + (plane & 1) < 31 ? 5000 : 15000; });
  CHECK(equalised(edge) == edge);
}

TEST_CASE("in noise the imbalance still goes, and balanced greens move by a fraction of it") {
  const NoiseProfile noise{.shot = 1e-3, .read = 1e-6};
  const auto noisy = [&](double gr_factor) {
    return Raw(256, 256).fill([&](int plane, int x, int y) {
      double normal = -6;
      for (std::uint32_t i = 0; i < 12; ++i)
        normal +=
            scramble(i + 100 * static_cast<std::uint32_t>(plane), static_cast<std::uint32_t>(y * 128 + x)) * 0x1p-32;
      const double light = 0.3 * (plane == kGr ? gr_factor : 1);
      return 4096 + 15360 * (light + normal * std::sqrt(noise.shot * light + noise.read)) + 0.5;
    });
  };
  CHECK(std::abs(imbalance(equalised(noisy(1.02), {}, noise))) < 0.01);
  const Raw balanced = noisy(1), out = equalised(balanced, {}, noise);
  double moved = 0;
  for (int y = 0; y < 128; ++y)
    for (int x = 0; x < 128; ++x) moved += std::pow(out.at(kGr, x, y) - balanced.at(kGr, x, y), 2);
  const double sigma = 15360 * std::sqrt(noise.shot * 0.3 + noise.read);
  CHECK(std::sqrt(moved / (128 * 128)) < 0.3 * sigma);
}

TEST_CASE("strong tunings agree on every target") {
  for (const auto& [pattern, in] : trying_inputs<domain::LinearRaw>(70, 12, 0, 65535)) {
    CAPTURE(pattern);
    GreenEqualisationTuning tuning;
    tuning.offset = 65535, tuning.slope = 1, tuning.strength = 0.7;
    const GreenEqualisation::Registers r = GreenEqualisation::derive(tuning, {});
    const Raw expected = run_stage<GreenEqualisation>(r, in, Kernels::reference);
    on_every_target([&, &samples = in] { CHECK(run_stage<GreenEqualisation>(r, samples) == expected); });
  }
}

}  // namespace
}  // namespace sunny16::isp::test
