#include "isp/stages/black_level.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/isp/every_target.h"
#include "tests/isp/stage_harness.h"

namespace sunny16::isp::test {
namespace {

Samples<domain::Sensor> all_dn() {
  return Samples<domain::Sensor>(512, 512).fill([](int, int x, int y) { return y * 256 + x; });
}

BlackLevel::Registers registers(std::array<double, 4> black, double white) {
  Conditions conditions;
  conditions.black = black;
  conditions.white = white;
  return BlackLevel::derive({}, conditions);
}

TEST_CASE("every DN up to white is within one unit of the real number") {
  const auto in = all_dn();
  struct Levels {
    double black, white;
  };
  for (const auto& [black, white] : std::initializer_list<Levels>{{0, 255},
                                                                  {12.5, 255},
                                                                  {64, 1023},
                                                                  {63.93, 1023},
                                                                  {256, 4095},
                                                                  {600, 16383},
                                                                  {1024, 65472},
                                                                  {4096, 65535},
                                                                  {0, 65535},
                                                                  {4096.75, 61440},
                                                                  {30000, 65535},
                                                                  {3, 7}}) {
    CAPTURE(black);
    CAPTURE(white);
    const auto out = run_stage<BlackLevel>(registers({black, black, black, black}, white), in);
    double worst = 0;
    for (int v = 0; v <= static_cast<int>(white); ++v) {
      const double real = std::max(0.0, 4096 + (v - black) * 15360 / (white - black));
      worst = std::max(worst, std::abs(out.values[static_cast<std::size_t>(v)] - real));
    }
    CHECK(worst <= 1.0);
    // Saturated samples stay above white.
    CHECK(out.values[65535] >= domain::LinearRaw::white);
  }
}

TEST_CASE("noise below black is kept, so that its mean stays at black") {
  const auto r = registers({64, 64, 64, 64}, 1023);
  const auto out =
      run_stage<BlackLevel>(r, Samples<domain::Sensor>(64, 64).fill([](int, int x, int) { return x & 1 ? 54 : 74; }));
  CHECK(out.at(kR, 0, 0) + out.at(kR, 1, 0) == doctest::Approx(2 * domain::LinearRaw::black).epsilon(1e-4));
  CHECK(out.at(kR, 1, 0) < domain::LinearRaw::black);
}

TEST_CASE("channels have their own black, and a trim") {
  Conditions conditions;
  conditions.black = {100, 110, 120.5, 130};
  conditions.white = 4095;
  const auto in = Samples<domain::Sensor>(8, 8).fill([](int plane, int, int) {
    return std::array{100, 110, 121, 135}[static_cast<std::size_t>(plane)];
  });
  const auto out = run_stage<BlackLevel>(BlackLevel::derive({.trim = {0, 0, 0.5, 5}}, conditions), in);
  for (int plane = 0; plane < 4; ++plane) CHECK(out.at(plane, 1, 1) == domain::LinearRaw::black);
  // Off takes black as 0 and white as it is.
  CHECK(run_stage<BlackLevel>(BlackLevel::derive({.enabled = false}, conditions), in).at(kR, 0, 0) ==
        4096 + std::lround(100 * 15360 / 4095.0));
}

TEST_CASE("impossible levels give registers that every target agrees on") {
  const auto in = all_dn();
  for (const double black : {0.0, 12.5, 65535.0, 1e9, -5.0})
    for (const double white : {0.0, 12.0, 255.0, 65535.0, 1e12}) {
      const auto r = registers({black, black / 2, black + 0.25, black * 0.9}, white);
      const auto expected = run_stage<BlackLevel>(r, in, Kernels::reference);
      on_every_target([&] { CHECK(run_stage<BlackLevel>(r, in) == expected); });
    }
}

}  // namespace
}  // namespace sunny16::isp::test
