#include "isp/stages/local_tone.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/isp/stage_harness.h"
#include "tests/isp/thumbnails.h"

namespace sunny16::isp {
namespace {

using Samples = test::Samples<domain::LinearRgb>;

/// A dark left half and a bright right half, of a frame in which a cell between nodes is a few pixels wide.
Conditions two_halves() {
  Conditions conditions;
  conditions.frame = FrameGeometry::canonical(192, 64, CfaPhase::rggb);
  conditions.noise = {1e-6, 1e-12};
  conditions.digital_gain = 4;
  conditions.thumbnail = test::painted([](double x, double) { return x < 0.5 ? 0.0025 : 0.5; });
  return conditions;
}
LocalTone::Registers registers(double strength, const Conditions& conditions = two_halves()) {
  return LocalTone::derive({.strength = strength, .max_lift = 3, .max_cut = 2, .noise = 1}, conditions);
}

TEST_CASE("local tone: off by default, and without a thumbnail") {
  CHECK(LocalTone::derive({}, two_halves()).enabled == 0);
  Conditions blind = two_halves();
  blind.thumbnail = nullptr;
  CHECK(registers(1, blind).enabled == 0);
}

TEST_CASE("local tone: gains of 1 leave every sample within the format's limits as it is") {
  Conditions plain = two_halves();
  plain.thumbnail = test::painted([](double, double) { return 0.18; });
  LocalTone::Registers unity = registers(1, plain);
  ToneGrid gains;
  for (auto& row : gains.nodes)
    for (auto& node : row) node.fill(ToneGrid::Gain::real(1).raw);
  unity.gains = SharedTable(std::make_shared<const ToneGrid>(gains));
  const auto in = Samples(192, 64).fill([](int p, int x, int y) {
    return static_cast<int>(test::scramble(1, static_cast<std::uint32_t>((p * 64 + y) * 192 + x)) % 65408) - 32704;
  });
  CHECK(test::run_stage<LocalTone>(unity, in) == in);
}

TEST_CASE("local tone: dark regions get brighter, bright ones darker, and hues stay") {
  const auto in = Samples(192, 64).fill([](int p, int x, int) { return (x < 96 ? 80 : 8192) * (3 - p) / 2; });
  const auto out = test::run_stage<LocalTone>(registers(1), in);
  for (const int x : {10, 80, 110, 180}) {
    const double gain = out.at(1, x, 32) / static_cast<double>(in.at(1, x, 32));
    CHECK((x < 96 ? gain > 3 : gain < 0.7));
    CHECK(out.at(0, x, 32) == doctest::Approx(gain * in.at(0, x, 32)).epsilon(0.02));
    CHECK(out.at(2, x, 32) == doctest::Approx(gain * in.at(2, x, 32)).epsilon(0.02));
  }
}

TEST_CASE("local tone: a level field under a smooth thumbnail has no steps at nodes or cells") {
  Conditions conditions = two_halves();
  conditions.thumbnail = test::painted([](double x, double y) { return 0.002 + 0.05 * x * y; });
  const auto in = Samples(192, 64).fill([](int, int, int) { return 2000; });
  const auto out = test::run_stage<LocalTone>(registers(1, conditions), in);
  for (int y = 1; y < 64; ++y)
    for (int x = 1; x < 192; ++x) {
      CHECK(std::abs(out.at(0, x, y) - out.at(0, x - 1, y)) < 100);
      CHECK(std::abs(out.at(0, x, y) - out.at(0, x, y - 1)) < 100);
    }
}

TEST_CASE("local tone: shadows are lifted without posterising") {
  const auto in = Samples(192, 64).fill([](int, int x, int) { return x; });
  const auto out = test::run_stage<LocalTone>(registers(1), in);
  for (int x = 20; x < 90; ++x) CHECK(out.at(0, x, 32) > out.at(0, x - 1, 32));
}

TEST_CASE("local tone: the hash tells grids apart") {
  const auto hash = [](const LocalTone::Registers& r) { return hash_registers(r); };
  CHECK(hash(registers(1)) == hash(registers(1)));
  CHECK(hash(registers(1)) != hash(registers(0.9)));
}

}  // namespace
}  // namespace sunny16::isp
