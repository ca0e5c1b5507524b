#include "isp/stages/colour_matrix.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/isp/stage_harness.h"

namespace sunny16::isp {
namespace {

using test::run_stage;
using LinearRgb = test::Samples<domain::LinearRgb>;

const Matrix3 kMatrix{1.8013, -0.6177, -0.1836, -0.2571, 1.6543, -0.3972, 0.0244, -0.5513, 1.5269};

Conditions with_matrix(const Matrix3& m) {
  Conditions conditions;
  conditions.camera_to_srgb = m;
  return conditions;
}

TEST_CASE("colour matrix: a grey stays the same grey, to the bit") {
  for (const double saturation : {0.0, 0.7, 1.0, 1.37}) {
    const auto registers = ColourMatrix::derive({.saturation = saturation}, with_matrix(kMatrix));
    const auto in = LinearRgb(256, 256).fill([](int, int x, int y) { return std::min(256 * y + x - 32704, 32704); });
    CHECK(run_stage<ColourMatrix>(registers, in) == in);
  }
}

TEST_CASE("colour matrix: within one code of real arithmetic, over four stops of headroom and below black") {
  const auto registers = ColourMatrix::derive({}, with_matrix(kMatrix));
  const auto in = LinearRgb(128, 64).fill([](int c, int x, int y) {
    return static_cast<int>(test::scramble(static_cast<std::uint32_t>(c), static_cast<std::uint32_t>(128 * y + x)) %
                            16000) -
           1000;
  });
  const auto out = run_stage<ColourMatrix>(registers, in);
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 128; ++x)
      for (int c = 0; c < 3; ++c) {
        double expected = 0, quantisation = 0;
        for (int k = 0; k < 3; ++k) {
          expected += kMatrix[static_cast<std::size_t>(3 * c + k)] * in.at(k, x, y);
          quantisation += std::abs(in.at(k, x, y)) / 4096.0;
        }
        if (std::abs(expected) < ColourMatrix::kLargest)
          CHECK(std::abs(out.at(c, x, y) - expected) <= 0.5 + quantisation);
      }
}

TEST_CASE("colour matrix: results beyond the range are limited, not wrapped") {
  const auto registers = ColourMatrix::derive({}, with_matrix({4, -1, -2, -2, 4, -1, -1, -2, 4}));
  const auto in = LinearRgb(2, 2).fill([](int c, int x, int) { return (c == 0) == (x == 0) ? 32767 : -32768; });
  const auto out = run_stage<ColourMatrix>(registers, in);
  CHECK(out.at(0, 0, 0) == ColourMatrix::kLargest);
  CHECK(out.at(0, 1, 0) == -ColourMatrix::kLargest);
}

TEST_CASE("colour matrix: rows that do not sum to one are taken as they are") {
  const auto registers = ColourMatrix::derive({}, with_matrix({0.5, 0, 0, 0, 2, 0, 0, 0, 1}));
  const auto out = run_stage<ColourMatrix>(registers, LinearRgb(2, 2).fill([](int, int, int) { return 4000; }));
  CHECK(out.at(0, 0, 0) == 2000);
  CHECK(out.at(1, 0, 0) == 8000);
  CHECK(out.at(2, 0, 0) == 4000);
}

TEST_CASE("colour matrix: saturation 0 leaves the luminance") {
  const auto registers = ColourMatrix::derive({.saturation = 0}, {});
  const auto out =
      run_stage<ColourMatrix>(registers, LinearRgb(2, 2).fill([](int c, int, int) { return c == 0 ? 8192 : 0; }));
  for (int c = 0; c < 3; ++c) CHECK(out.at(c, 0, 0) == doctest::Approx(0.2126 * 8192).epsilon(0.002));
}

}  // namespace
}  // namespace sunny16::isp
