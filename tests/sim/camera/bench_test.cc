#include "sim/camera/bench.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "hal/api/raw_sample.h"
#include "sim/light/illuminant.h"
#include "sim/scene/flat_field.h"
#include "sim/scene/sequence.h"

namespace sunny16::sim {
namespace {

constexpr int kWidth = 96, kHeight = 72;

/// The middle of a mode of a shipped module.
Bench bench_of(const std::string& module, std::size_t mode, std::shared_ptr<const Scene> scene,
               const char* light = "D65") {
  BenchSetup setup{.module = load_module(module)};
  setup.mode = setup.module.sensor.modes.at(mode);
  setup.mode.width = kWidth, setup.mode.height = kHeight;
  setup.scene = std::move(scene);
  setup.light = {.name = light, .spectrum = parse_illuminant(light).spectrum, .lux = 500};
  return Bench(std::move(setup));
}

bool same(const isp::Image<float>& a, const isp::Image<float>& b) {
  for (int y = 0; y < a.height(); ++y)
    if (!std::equal(a.row(y), a.row(y) + a.width(), b.row(y))) return false;
  return true;
}

TEST_CASE("Every mode of every module records white in the numbers that its frame tells") {
  for (const std::string& name : module_names()) {
    const std::size_t modes = load_module(name).sensor.modes.size();
    for (std::size_t mode = 0; mode < modes; ++mode) {
      const Bench bench = bench_of(name, mode, std::make_unique<FlatField>(), "A");
      const SensorModel& sensor = bench.setup().module.sensor;
      CAPTURE(name);
      CAPTURE(mode);
      const double gain = gain_of_code(sensor, sensor.gain_code_min);
      const Exposure exposure{.time_s = bench.exposure_for(0.5, gain), .analogue_gain = gain};
      const hal::RawFrame frame = bench.record(bench.electrons(bench.timing(0, exposure.time_s), 2), exposure, 2);
      CHECK(frame.raw.width == kWidth);
      CHECK(frame.raw.height == kHeight);
      CHECK(frame.monochrome == (sensor.filter == ColourFilter::monochrome));
      CHECK(frame.cell == (bench.setup().mode.readout == Readout::cells ? sensor.cell : 1));
      CHECK(frame.white == std::exp2(bench.setup().mode.bits) - 1);
      CHECK(frame.applied.exposure_us == 1e6 * exposure.time_s);
      CHECK(frame.applied.analogue_gain == gain);
      CHECK(frame.aperture == bench.setup().module.lens.f_number);

      std::array<double, 3> sums{}, counts{};
      constexpr std::array<std::size_t, 4> kChannels{0, 1, 1, 2};
      for (int y = 0; y < kHeight; ++y)
        for (int x = 0; x < kWidth; ++x) {
          const std::size_t c =
              frame.monochrome ? 1 : kChannels[isp::quad_plane(frame.raw.phase, x / frame.cell, y / frame.cell)];
          sums[c] += (hal::raw_sample(frame.raw, x, y) - frame.black[c]) / (frame.white - frame.black[c]), ++counts[c];
        }
      if (frame.monochrome) {
        CHECK(sums[1] / counts[1] == doctest::Approx(0.5).scale(0).epsilon(0.02));
        CHECK_FALSE(frame.as_shot_neutral.has_value());
        CHECK(frame.calibrations.empty());
        continue;
      }
      std::array<double, 3> level{};
      for (std::size_t c = 0; c < 3; ++c) level[c] = sums[c] / counts[c];
      CHECK(*std::ranges::max_element(level) == doctest::Approx(0.5).scale(0).epsilon(0.02));
      REQUIRE(frame.as_shot_neutral.has_value());
      CHECK(std::abs(level[0] / level[1] / (*frame.as_shot_neutral)[0] - 1) < 0.015);
      CHECK(std::abs(level[2] / level[1] / (*frame.as_shot_neutral)[2] - 1) < 0.03);
    }
  }
}

TEST_CASE("The same light and the same frame on any number of threads") {
  const Bench bench = bench_of("imx477", 1, make_scene("night-street"));
  const RowTiming timing = bench.timing(0.3, 0.01);
  const isp::Image<float> light = bench.electrons(timing, 1), truth = bench.truth(timing, 1);
  const hal::RawFrame frame = bench.record(light, {}, 1);
  for (const int threads : {2, 7}) {
    CHECK(same(light, bench.electrons(timing, threads)));
    CHECK(same(truth, bench.truth(timing, threads)));
    CHECK(std::ranges::equal(frame.raw.bytes, bench.record(light, {}, threads).raw.bytes));
  }
}

TEST_CASE("The lamps of a scene add up") {
  const Bench bench = bench_of("imx477", 1, make_scene("still-life"));
  REQUIRE(bench.lamps().size() == 2);
  const isp::Image<float> all = bench.electrons(bench.timing(0, 0.01), 2);
  const isp::Image<float> main = bench.electrons_of_lamp(0, 2), bulb = bench.electrons_of_lamp(1, 2);
  double difference = 0, sum = 0, bulb_sum = 0;
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x) {
      difference += std::abs(static_cast<double>(all.row(y)[x]) - main.row(y)[x] - bulb.row(y)[x]);
      sum += all.row(y)[x], bulb_sum += bulb.row(y)[x];
    }
  CHECK(difference < 0.002 * sum);  // outlines are sampled where the light differs, so not alike
  CHECK(bulb_sum > 0.01 * sum);
}

TEST_CASE("Light follows the lux, and exposure_for follows the light") {
  const auto setup = [](double lux) {
    BenchSetup s = bench_of("imx708", 0, std::make_unique<FlatField>()).setup();
    s.light.lux = lux;
    return s;
  };
  const Bench dim(setup(10)), bright(setup(1000));
  CHECK(dim.exposure_for(0.5, 2) == doctest::Approx(100 * bright.exposure_for(0.5, 2)).scale(0));
  CHECK(dim.exposure_for(0.5, 2) == doctest::Approx(2 * dim.exposure_for(0.5, 4)).scale(0));
  CHECK(dim.exposure_for(0.5, 2) == doctest::Approx(2 * dim.exposure_for(0.25, 2)).scale(0));
  CHECK(bright.electrons(bright.timing(0, 1), 1).row(30)[40] ==
        doctest::Approx(100 * dim.electrons(dim.timing(0, 1), 1).row(30)[40]).scale(0));
  CHECK(std::isinf(Bench(setup(0)).exposure_for(0.5, 1)));
}

TEST_CASE("Rows follow each other in a line's time, unless the shutter is global") {
  const RowTiming rolling = bench_of("imx477", 0, std::make_unique<FlatField>()).timing(2, 0.01);
  CHECK(rolling.row_start(0) == 2);
  CHECK(rolling.row_start(1000) == doctest::Approx(2.028571).scale(0));
  const RowTiming global = bench_of("imx296", 0, std::make_unique<FlatField>()).timing(2, 0.01);
  CHECK(global.row_start(1000) == 2);
}

TEST_CASE("A flickering lamp lights each row as strongly as it shines while the row is exposed") {
  const Bench steady = bench_of("imx477", 0, std::make_unique<FlatField>());
  const Bench flicker = bench_of("imx477", 0, make_sequence("flicker-50", std::make_unique<FlatField>()));
  const RowTiming timing = flicker.timing(0.123, 0.002);
  const isp::Image<float> lit = flicker.electrons(timing, 2), even = steady.electrons(timing, 2);
  double lowest = 10, highest = 0;
  for (int y = 0; y < kHeight; ++y) {
    const double t = timing.row_start(y);
    // The sine of 100 Hz integrated over the exposure, by hand.
    constexpr double kTurn = 2 * 3.14159265358979323846;
    const double expected =
        1 + 0.5 * (std::cos(kTurn * 100 * t) - std::cos(kTurn * 100 * (t + 0.002))) / (kTurn * 100 * 0.002);
    const double found = lit.row(y)[40] / even.row(y)[40];
    CHECK(found == doctest::Approx(expected).scale(0).epsilon(0.01));  // the veil is that of the whole frame
    lowest = std::min(lowest, found), highest = std::max(highest, found);
  }
  CHECK(highest > 1.1 * lowest);
}

TEST_CASE("A bench knows whether its frames differ") {
  CHECK_FALSE(bench_of("imx477", 0, make_scene("flat-field")).changes());
  CHECK_FALSE(bench_of("imx477", 0, make_scene("still-life")).changes());
  CHECK(bench_of("imx477", 0, make_scene("night-street")).changes());  // its sign flickers
  for (const SceneName& sequence : sequence_names()) {
    CAPTURE(sequence.name);
    CHECK(bench_of("imx477", 0, make_sequence(sequence.name, make_scene("flat-field"))).changes());
  }
}

TEST_CASE("The truth is what an adapted eye sees: white is white in any light") {
  for (const char* light : {"A", "D65", "F11"}) {
    CAPTURE(light);
    const Bench bench = bench_of("imx477", 0, std::make_unique<FlatField>(), light);
    const isp::Image<float> truth = bench.truth(bench.timing(0, 0.01), 1);
    for (int c = 0; c < 3; ++c)
      CHECK(truth.row(kHeight / 2)[3 * (kWidth / 2) + c] == doctest::Approx(1).scale(0).epsilon(1e-4));
  }
}

TEST_CASE("A lens that is focused elsewhere blurs the scene, and says where it stands") {
  const auto contrast = [](double lens_position) {
    BenchSetup setup = bench_of("imx708", 0, make_scene("slanted-edge")).setup();
    setup.lens_position = lens_position;
    const Bench bench(std::move(setup));
    const isp::Image<float> light = bench.electrons(bench.timing(0, 0.01), 2);
    CHECK(*bench.record(light, {}, 2).applied.lens_position == lens_position);
    double steepest = 0;
    for (int x = 2; x < kWidth; x += 2)
      steepest = std::max(steepest, std::abs(static_cast<double>(light.row(36)[x]) - light.row(36)[x - 2]));
    return steepest;
  };
  const double distance_m = make_scene("slanted-edge")->distance_m();
  CHECK(contrast(1 / distance_m) > 1.3 * contrast(8));
}

}  // namespace
}  // namespace sunny16::sim
