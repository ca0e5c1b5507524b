// White balance over frames: of a simulated camera under lamps that change, and as it is set.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "firmware/control/auto_white_balance.h"
#include "sim/camera/module_tuning.h"
#include "sim/scene/catalogue.h"
#include "tests/firmware/control/frame_statistics.h"
#include "tests/sim/camera/small_camera.h"

namespace sunny16::firmware::test {
namespace {

using Gains = std::array<double, 2>;

sim::Lamp lamp(std::string_view name, double lux) {
  const sim::Illuminant illuminant = sim::parse_illuminant(name);
  return {.name = illuminant.name, .spectrum = illuminant.spectrum, .lux = lux};
}

/// A still life before a camera whose tuning is known.
struct Rig {
  explicit Rig(std::string_view light, double lux)
      : module(sim::load_module("imx477")), awb(sim::module_tuning(module).awb.base) {
    light_with(light, lux);
  }
  void light_with(std::string_view light, double at_lux) {
    sim::BenchSetup setup = sim::test::small_setup("imx477", sim::make_scene("still-life"), 400, 300);
    setup.light = lamp(light, at_lux);
    lux = at_lux;
    truth = sim::Bench(setup).neutral();
    camera.emplace(std::move(setup),
                   sim::CameraOptions{.first = {.exposure_us = std::min(6e6 / lux, 60000.0), .analogue_gain = 1}});
    camera->camera.start();
  }
  void frame() { awb.step(statistics_of(camera->frame()), lux); }
  void frames(int count) {
    for (int i = 0; i < count; ++i) frame();
  }
  /// Largest relative error of the gains.
  double error() const {
    return std::max(std::abs(awb.colour_gains()[0] * truth[0] - 1), std::abs(awb.colour_gains()[1] * truth[2] - 1));
  }

  sim::CameraModule module;
  AutoWhiteBalance awb;
  std::optional<sim::test::SmallCamera> camera;
  double lux = 0;
  std::array<double, 3> truth{};
};

TEST_CASE("white balance is there with the first frame, and follows another light without a jump") {
  Rig rig("A", 100);
  rig.frame();
  CHECK(rig.error() < 0.08);
  CHECK(std::abs(rig.awb.colour_temperature() - 2856) < 250);
  rig.frames(12);

  rig.light_with("D65", 3000);
  Gains before = rig.awb.colour_gains();
  double fastest = 0;
  for (int i = 0; i < 120; ++i) {
    rig.frame();
    const Gains now = rig.awb.colour_gains();
    for (const std::size_t c : {0, 1}) fastest = std::max(fastest, std::abs(now[c] / before[c] - 1));
    before = now;
  }
  CHECK(rig.error() < 0.08);
  CHECK(std::abs(rig.awb.colour_temperature() - 6500) < 700);
  CHECK(fastest < 0.06);
}

TEST_CASE("in steady light the colours stand still") {
  Rig rig("LED", 300);
  rig.frames(60);
  Gains least = rig.awb.colour_gains(), most = least;
  for (int i = 0; i < 60; ++i) {
    rig.frame();
    for (const std::size_t c : {0, 1}) {
      least[c] = std::min(least[c], rig.awb.colour_gains()[c]);
      most[c] = std::max(most[c], rig.awb.colour_gains()[c]);
    }
  }
  for (const std::size_t c : {0, 1}) CHECK(most[c] == least[c]);
}

AwbTuning with_curve() {
  AwbTuning tuning;
  tuning.ct_curve = {{2400, 0.95, 0.30}, {4000, 0.60, 0.52}, {7500, 0.40, 0.72}};
  return tuning;
}

/// Zones that are all grey under a light.
isp::Statistics under(const GreyPoint& grey) {
  isp::Statistics statistics;
  for (auto& row : statistics.white_balance)
    row.fill({static_cast<std::uint64_t>(4e5 * grey.r), 800000, static_cast<std::uint64_t>(4e5 * grey.b), 100});
  return statistics;
}

TEST_CASE("what is set holds, gains before a temperature before the lock") {
  const AwbTuning tuning = with_curve();
  AutoWhiteBalance awb(tuning);
  awb.step(under(tuning.grey_at(3000)), 200);
  const Gains automatic = awb.colour_gains();
  CHECK(!awb.locked());

  Controls controls;
  controls.awb_enable = false;
  awb.set_controls(controls);
  awb.step(under(tuning.grey_at(7000)), 200);
  CHECK(awb.locked());
  CHECK(awb.colour_gains() == automatic);

  controls.colour_temperature = 4000;
  awb.set_controls(controls);
  CHECK(awb.colour_gains()[0] == doctest::Approx(1 / 0.60));
  CHECK(awb.colour_temperature() == 4000);

  controls.colour_gains = {1 / 0.40, 1 / 0.72};
  awb.set_controls(controls);
  awb.step(under(tuning.grey_at(3000)), 200);
  CHECK(awb.locked());
  CHECK(awb.colour_gains()[1] == doctest::Approx(1 / 0.72));
  CHECK(awb.colour_temperature() == doctest::Approx(7500).epsilon(0.02));

  awb.set_controls({});
  CHECK(!awb.locked());
  CHECK(awb.colour_gains()[1] == doctest::Approx(1 / 0.72));  // until a frame says better
  awb.step(under(tuning.grey_at(3000)), 200);
  CHECK(awb.colour_gains()[1] > 1 / 0.72 + 0.01);
}

TEST_CASE("a mode keeps to its temperatures; one that the tuning has not is the first") {
  const AwbTuning tuning = with_curve();
  const auto temperature = [&](AwbMode mode) {
    AutoWhiteBalance awb(tuning);
    Controls controls;
    controls.awb_mode = mode;
    awb.set_controls(controls);
    for (int i = 0; i < 20; ++i) awb.step(under(tuning.grey_at(5200)), 1000);
    return awb.colour_temperature();
  };
  CHECK(temperature(AwbMode::automatic) == doctest::Approx(5200).epsilon(0.03));
  CHECK(temperature(AwbMode::custom) == doctest::Approx(5200).epsilon(0.03));
  CHECK(temperature(AwbMode::tungsten) == doctest::Approx(3500).epsilon(0.01));
  CHECK(temperature(AwbMode::cloudy) == doctest::Approx(7000).epsilon(0.01));
}

TEST_CASE("a black frame does not change the colours") {
  const AwbTuning tuning = with_curve();
  AutoWhiteBalance awb(tuning);
  awb.step(under(tuning.grey_at(3000)), 200);
  const Gains before = awb.colour_gains();
  awb.step({}, 0.01);
  CHECK(awb.colour_gains() == before);
}

}  // namespace
}  // namespace sunny16::firmware::test
