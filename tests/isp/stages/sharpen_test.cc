#include "isp/stages/sharpen.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/isp/stage_harness.h"

namespace sunny16::isp {
namespace {

using test::run_stage;
using DisplayRgb = test::Samples<domain::DisplayRgb>;

Conditions photograph() {
  Conditions conditions;
  conditions.wb_gains = {2, 1, 1.6};
  return conditions;
}

/// Roughly normal with deviation 1: the sum of four uniform values.
double noise(int c, int x, int y) {
  double sum = 0;
  for (std::uint32_t k = 0; k < 4; ++k)
    sum +=
        test::scramble(7 * k + static_cast<std::uint32_t>(c), static_cast<std::uint32_t>(y * 8192 + x)) / 4294967296.0 -
        0.5;
  return sum * std::sqrt(3.0);
}

double deviation(const DisplayRgb& image, int margin = 8) {
  double sum = 0, squares = 0, count = 0;
  for (int y = margin; y < image.rows() - margin; ++y)
    for (int x = margin; x < image.columns() - margin; ++x) {
      const double v = image.at(1, x, y);
      sum += v, squares += v * v, ++count;
    }
  return std::sqrt(squares / count - sum / count * (sum / count));
}

TEST_CASE("sharpen: flat pictures of any colour do not change") {
  for (int bands = 1; bands <= 2; ++bands) {
    const auto registers = Sharpen::derive({.bands = bands}, photograph());
    const auto in = DisplayRgb(40, 22).fill([](int c, int, int) { return 3000 + 5000 * c; });
    CHECK(run_stage<Sharpen>(registers, in) == in);
  }
}

TEST_CASE("sharpen: a soft edge gets steeper, with an overshoot that is limited") {
  const auto edge = [](int, int x, int) { return std::lround(8000 + 4000 * std::tanh((x - 31.5) / 1.5)); };
  const auto in = DisplayRgb(64, 16).fill(edge);
  for (int bands = 1; bands <= 2; ++bands) {
    const auto out = run_stage<Sharpen>(Sharpen::derive({.bands = bands}, photograph()), in);
    CHECK(out.at(1, 32, 8) - out.at(1, 31, 8) > 1.1 * (in.at(1, 32, 8) - in.at(1, 31, 8)));
    for (int x = 0; x < 64; ++x) {
      CHECK(out.at(1, x, 8) >= 4000 - 0.06 * 8000);
      CHECK(out.at(1, x, 8) <= 12000 + 0.06 * 8000);
    }
    CHECK(out.at(1, 10, 8) == in.at(1, 10, 8));
  }
  const auto unlimited = run_stage<Sharpen>(Sharpen::derive({.strength = 3, .limit = 8}, photograph()), in);
  const auto limited = run_stage<Sharpen>(Sharpen::derive({.strength = 3, .limit = 0}, photograph()), in);
  int highest = 0, highest_limited = 0;
  for (int x = 0; x < 64; ++x) {
    highest = std::max<int>(highest, unlimited.at(1, x, 8));
    highest_limited = std::max<int>(highest_limited, limited.at(1, x, 8));
  }
  CHECK(highest > 12300);
  CHECK(highest_limited <= 12000);
}

TEST_CASE("sharpen: noise at the level of the conditions is reduced, not amplified; colour differences stay") {
  const Sharpen::Registers registers = Sharpen::derive({.denoise = 0.8}, photograph());
  const double sigma =
      registers.threshold[3] / 1.5 / 0.5 * 0.5;  // what is left of the raw noise after demosaicing and denoising
  const auto in = DisplayRgb(128, 64).fill(
      [&](int c, int x, int y) { return std::lround(6500 + 500 * c + sigma * noise(0, x, y)); });
  const auto out = run_stage<Sharpen>(registers, in);
  CHECK(deviation(out) < 0.8 * deviation(in));
  bool same_differences = true;
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 128; ++x)
      same_differences &= out.at(2, x, y) - out.at(0, x, y) == in.at(2, x, y) - in.at(0, x, y);
  CHECK(same_differences);

  const auto cored = Sharpen::derive({.denoise = 0, .threshold = 8}, photograph());
  CHECK(run_stage<Sharpen>(cored, in) == in);
}

TEST_CASE("sharpen: the threshold follows the noise") {
  Conditions noisy = photograph();
  noisy.noise.shot *= 16;
  noisy.noise.read *= 16;
  const auto quiet = Sharpen::derive({}, photograph()), loud = Sharpen::derive({}, noisy);
  for (std::size_t i = 0; i < Sharpen::kSegments; ++i)
    CHECK(loud.threshold[i] == doctest::Approx(4 * quiet.threshold[i]).epsilon(0.05));
}

}  // namespace
}  // namespace sunny16::isp
