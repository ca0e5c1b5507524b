#include "isp/stages/linearise.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/isp/every_target.h"
#include "tests/isp/stage_harness.h"

namespace sunny16::isp::test {
namespace {

/// Every DN, once a plane.
Samples<domain::Sensor> all_dn() {
  return Samples<domain::Sensor>(512, 512).fill([](int, int x, int y) { return y * 256 + x; });
}

TEST_CASE("without knees nothing changes below the clip") {
  const auto in = all_dn();
  LineariseTuning tuning;
  tuning.bits = 16, tuning.enabled = true;
  CHECK(run_stage<Linearise>(Linearise::derive(tuning, {}), in).values[60000] == 60000);
  tuning.bits = 12;
  const auto out = run_stage<Linearise>(Linearise::derive(tuning, {}), in);
  for (std::size_t v = 0; v < 4096; ++v) REQUIRE(out.values[v] == v);
  CHECK(out.values[4096] == 4095);
  CHECK(out.values[65535] == 4095);
}

TEST_CASE("a sensor's curve is undone to within one unit, the same on every target") {
  // A 12-bit code of 16-bit light with knees on the grid of 64 segments, as sensors have them.
  const LineariseTuning tuning{
      .enabled = true, .bits = 12, .companded = {0, 512, 1536, 2560, 4096}, .linear = {0, 512, 4608, 20992, 65535}};
  const Linearise::Registers registers = Linearise::derive(tuning, {});
  const auto in = all_dn();
  const auto expected = run_stage<Linearise>(registers, in, Kernels::reference);
  double worst = 0;
  for (std::size_t v = 0; v < 4096; ++v) {
    std::size_t knee = 1;
    while (tuning.companded[knee] < static_cast<double>(v)) ++knee;
    const double x0 = tuning.companded[knee - 1], x1 = tuning.companded[knee], y0 = tuning.linear[knee - 1];
    const double real = y0 + (tuning.linear[knee] - y0) * (static_cast<double>(v) - x0) / (x1 - x0);
    worst = std::max(worst, std::abs(expected.values[v] - real));
  }
  CHECK(worst < 1);
  on_every_target([&] { CHECK(run_stage<Linearise>(registers, in) == expected); });
}

TEST_CASE("curves that fall are raised, and lists of different length or order do no harm") {
  const auto in = all_dn();
  for (const auto& [companded, linear] :
       std::vector<std::pair<std::vector<double>, std::vector<double>>>{{{0, 1000, 2000}, {0, 60000, 100}},
                                                                        {{2000, 1000, 3000}, {5, 4, 3}},
                                                                        {{0, 0, 0}, {1, 2, 3}},
                                                                        {{100}, {}},
                                                                        {{4096, 0}, {65535, 0, 7}}}) {
    const Linearise::Registers r =
        Linearise::derive({.enabled = true, .bits = 12, .companded = companded, .linear = linear}, {});
    for (std::size_t i = 0; i < Linearise::kSegments; ++i) CHECK(r.value[i] + r.slope[i] <= 65535);
    const auto out = run_stage<Linearise>(r, in);
    CHECK(std::is_sorted(out.values.begin(), out.values.begin() + 65536));
  }
}

}  // namespace
}  // namespace sunny16::isp::test
