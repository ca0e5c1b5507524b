#include "firmware/control/auto_exposure.h"

#include <doctest/doctest.h>

#include <cmath>
#include <deque>

#include "tests/firmware/control/light_meter.h"

namespace sunny16::firmware {
namespace {

using test::Patches;

const hal::SensorLimits kLimits{
    .exposure_us = {20, 1e6}, .analogue_gain = {1, 16}, .frame_duration_us = {20000, 1001000}, .lens_position = {}};
constexpr double kLux = 400;

/// A grey card of 18 % that is well exposed at a product of time and gain.
Patches card(double at) { return {{0.16 / at}}; }

/// Exposure control of a camera whose commands show after some frames.
struct Loop {
  explicit Loop(Patches scene, AgcTuning tuning = one_constraint_less(), int delay = 4,
                hal::SensorLimits limits = kLimits)
      : scene(std::move(scene)), exposure(std::move(tuning), LuxModel{}, limits) {
    for (int i = 0; i < delay; ++i) flying.push_back(exposure.settings());
  }
  /// The usual tuning without the constraint that brightens pictures without highlights.
  static AgcTuning one_constraint_less() {
    AgcTuning tuning;
    tuning.channels.front().constraint_modes.front().constraints.clear();
    tuning.channels.front().y_target = {{0}, {0.16}};
    return tuning;
  }

  void set(const Controls& to) { exposure.set_controls(to); }
  void run(int frames) {
    for (int i = 0; i < frames; ++i) {
      flying.push_back(exposure.settings());
      applied = test::applied(*flying.front().exposure_us, *flying.front().analogue_gain);
      flying.pop_front();
      digital_gain = exposure.digital_gain(applied);
      exposure.step(scene.expose(applied), applied, kLux, period_us);
    }
  }
  double level() const { return scene.luminance.front() * sensor_exposure() * digital_gain; }
  double sensor_exposure() const { return *applied.exposure_us * *applied.analogue_gain; }

  Patches scene;
  AutoExposure exposure;
  double period_us = 0;
  std::deque<hal::SensorSettings> flying;
  hal::AppliedSettings applied = test::applied(1, 1);
  double digital_gain = 1;
};

bool near(double a, double b, double part = 0.02) { return std::abs(a / b - 1) < part; }

TEST_CASE("The target of the tuning is met, whatever the light") {
  for (const double at : {50.0, 8000.0, 100000.0, 900000.0}) {
    CAPTURE(at);
    Loop loop(card(at));
    loop.run(60);
    CHECK(near(loop.level(), 0.16));
    CHECK(loop.exposure.state() == AeState::converged);
  }
}

TEST_CASE("Where the ladder ends the digital gain goes on, up to its limit") {
  Loop loop(card(66666 * 16 * 2));
  loop.run(60);
  CHECK(near(loop.digital_gain, 2));
  CHECK(near(loop.level(), 0.16));
  loop.scene = card(1e9);
  loop.run(60);
  CHECK(near(loop.digital_gain, AutoExposure::kMostDigitalGain));
  CHECK(loop.digital_gain <= AutoExposure::kMostDigitalGain);
  CHECK(near(loop.sensor_exposure(), 66666 * 16));
  CHECK(loop.exposure.state() == AeState::converged);
}

TEST_CASE("ExposureValue and base_ev brighten and darken") {
  for (const double ev : {-3.0, -1.0, 1.0, 2.0}) {
    CAPTURE(ev);
    Loop loop(card(20000));
    Controls controls;
    controls.exposure_value = ev;
    loop.set(controls);
    loop.run(60);
    CHECK(near(loop.level(), 0.16 * std::exp2(ev)));
  }
  AgcTuning brighter = Loop::one_constraint_less();
  brighter.channels.front().base_ev = 1.5;
  Loop loop(card(20000), brighter);
  loop.run(60);
  CHECK(near(loop.level(), 0.24));
}

TEST_CASE("AeEnable off holds time, gain and brightness; on goes on") {
  Loop loop(card(30000));
  loop.run(60);
  const hal::AppliedSettings held = loop.applied;
  Controls controls;
  controls.ae_enable = false;
  loop.set(controls);
  loop.scene = card(7000);
  loop.run(30);
  CHECK(loop.exposure.state() == AeState::idle);
  CHECK(*loop.applied.exposure_us == doctest::Approx(*held.exposure_us));
  CHECK(*loop.applied.analogue_gain == doctest::Approx(*held.analogue_gain));
  loop.set({});
  loop.run(60);
  CHECK(near(loop.level(), 0.16));
}

TEST_CASE("A fixed time or gain stays; the other makes up for it") {
  Controls controls;
  SUBCASE("time") {
    controls.exposure_time = 5000;
    Loop loop(card(40000));
    loop.set(controls);
    loop.run(60);
    CHECK(*loop.applied.exposure_us == doctest::Approx(5000));
    CHECK(near(loop.level(), 0.16));
  }
  SUBCASE("gain") {
    controls.analogue_gain = 4;
    Loop loop(card(40000));
    loop.set(controls);
    loop.run(60);
    CHECK(*loop.applied.analogue_gain == doctest::Approx(4));
    CHECK(near(loop.level(), 0.16));
  }
  SUBCASE("both") {
    controls.exposure_time = 5000, controls.analogue_gain = 2;
    Loop loop(card(40000));
    loop.set(controls);
    loop.run(10);
    CHECK(*loop.applied.exposure_us == doctest::Approx(5000));
    CHECK(*loop.applied.analogue_gain == doctest::Approx(2));
    CHECK(loop.digital_gain == 1);
    CHECK(loop.exposure.state() == AeState::idle);
  }
  SUBCASE("a time beyond the sensor's") {
    controls.exposure_time = 5e6;
    Loop loop(card(40000));
    loop.set(controls);
    loop.run(10);
    CHECK(*loop.applied.exposure_us == doctest::Approx(1e6));
  }
}

TEST_CASE("Frames may not become longer than they are allowed to") {
  Loop loop(card(400000));
  Controls controls;
  controls.frame_duration_limits = {25000, 33333};
  loop.set(controls);
  loop.run(60);
  CHECK(*loop.applied.exposure_us == doctest::Approx(32333));  // 1000 us of the frame cannot be exposed
  CHECK(near(loop.level(), 0.16));
  CHECK(loop.exposure.settings().frame_duration_us->minimum == 25000);
  CHECK(loop.exposure.settings().frame_duration_us->maximum == 33333);
}

TEST_CASE("Constraints hold the highlights where they shall be") {
  Loop dark({{1e-6, 1e-6, 1e-6, 1e-6}}, AgcTuning{});  // nothing bright: its brightest 2 % are lifted to one half
  dark.run(60);
  CHECK(near(dark.level(), 0.5));
  Controls controls;
  controls.ae_constraint_mode = AeConstraintMode::highlight;
  std::vector<double> scene(20, 1e-6);
  scene.back() = 2e-5;
  Loop highlight({scene}, AgcTuning{});
  highlight.set(controls);
  highlight.run(80);
  CHECK(near(20 * highlight.level(), 0.8, 0.03));
}

TEST_CASE("For highlights the picture gets darker, but not by more than a stop") {
  std::vector<double> scene(20, 1e-6);
  scene[18] = scene[19] = 22e-6;
  Loop loop({scene}, Loop::one_constraint_less());
  loop.run(80);
  CHECK(near(22 * loop.level(), 1, 0.03));  // to white, not above
  scene[18] = scene[19] = 1e-3;
  Loop far({scene}, Loop::one_constraint_less());
  far.run(80);
  const double unprotected = (0.16 * 20 - 2) / 18;  // two white patches and the rest make the mean of 0.16
  CHECK(near(far.level(), unprotected / 2, 0.03));
}

TEST_CASE("A frame that is all white is left fast, and without swinging") {
  for (const int delay : {1, 4, 8}) {
    CAPTURE(delay);
    Loop loop(card(50000), Loop::one_constraint_less(), delay);
    loop.run(60);
    loop.scene = card(500);
    loop.run(4 * delay + 12);
    CHECK(near(loop.level(), 0.16, 0.1));
  }
}

TEST_CASE("Less light: the digital gain fills in until the sensor does, and never more than that") {
  Loop loop(card(10000), Loop::one_constraint_less(), 8);
  loop.run(60);
  loop.scene = card(40000);
  double last = 0;
  for (int i = 0; i < 30; ++i) {
    loop.run(1);
    CHECK(loop.level() > 0.97 * last);
    CHECK(loop.level() < 0.165);
    last = loop.level();
  }
  CHECK(near(last, 0.16));
  CHECK(loop.digital_gain < 1.02);
}

TEST_CASE("With a flicker exposures are whole periods, and it is said where they cannot be") {
  Loop loop(card(37000));
  loop.period_us = 1e6 / 120;
  loop.run(60);
  CHECK(std::fmod(*loop.applied.exposure_us + 1, loop.period_us) < 2);
  CHECK(loop.exposure.flicker_avoided());
  CHECK(near(loop.level(), 0.16));
  loop.scene = card(3000);
  loop.run(60);
  CHECK(near(*loop.applied.exposure_us, 3000));
  CHECK_FALSE(loop.exposure.flicker_avoided());
}

TEST_CASE("Time and gain that show in different frames make no frame brighter than it shall be") {
  Loop loop(card(25000));
  loop.run(60);
  REQUIRE(*loop.applied.exposure_us > 12000);
  loop.period_us = 10000;  // less time, more gain
  double last_gain = *loop.applied.analogue_gain;
  for (int i = 0; i < 20; ++i) {
    const double time = *loop.applied.exposure_us;
    loop.run(1);
    if (*loop.applied.analogue_gain > last_gain * 1.05) CHECK(time < 10100);
    last_gain = *loop.applied.analogue_gain;
    CHECK(near(loop.level(), 0.16));
  }
  CHECK(*loop.applied.exposure_us == doctest::Approx(10000));
}

TEST_CASE("Metering modes weigh the picture's parts") {
  Loop loop(card(10000), AgcTuning{});
  const std::array<double, 256> centre = loop.exposure.metering_weights();
  CHECK(centre[8 * 16 + 8] == 1);
  CHECK(centre[0] == 0);
  Controls controls;
  controls.ae_metering_mode = AeMeteringMode::matrix;
  loop.set(controls);
  for (const double weight : loop.exposure.metering_weights()) CHECK(weight == 1);
  controls.ae_metering_mode = AeMeteringMode::custom;  // the tuning has none
  loop.set(controls);
  CHECK(loop.exposure.metering_weights() == centre);
}

TEST_CASE("Single-exposure HDR gives no light away where it is scarce") {
  Patches window = card(5);
  window.luminance.push_back(4 * window.luminance.front() / 0.16);
  Loop loop(window);
  loop.run(60);
  const double usual = loop.sensor_exposure();
  loop.exposure.set_hdr_mode(HdrMode::single_exposure);
  loop.run(80);
  CHECK(loop.sensor_exposure() > 0.95 * usual);
}

TEST_CASE("Exposure modes are the tuning's ladders") {
  Controls controls;
  controls.ae_exposure_mode = AeExposureMode::short_exposure;
  Loop loop(card(10000), Loop::one_constraint_less());
  loop.set(controls);
  loop.run(60);
  CHECK(near(*loop.applied.exposure_us, 5000));
  CHECK(near(loop.level(), 0.16));
}

TEST_CASE(
    "Single-exposure HDR: the sensor holds the highlights, the digital gain the mid-tones, and off gives it back") {
  Patches window = card(20000);
  for (int i = 0; i < 8; ++i) window.luminance.push_back(window.luminance.front());
  window.luminance.push_back(4 * window.luminance.front() / 0.16);  // two stops above white beside a well exposed card
  Loop loop(window);
  loop.run(60);
  const double usual = loop.level();
  loop.exposure.set_hdr_mode(HdrMode::single_exposure);
  loop.run(80);
  CHECK(window.luminance.back() * loop.sensor_exposure() < 1.05);
  CHECK(loop.digital_gain > 1.5);  // the window counts in the mean, which the mid-tones then want less of
  CHECK(loop.digital_gain <= AutoExposure::kMostDigitalGain);
  CHECK(loop.level() > 0.9 * usual);  // highlights no longer hold it back
  double least = loop.level(), most = least;
  for (int i = 0; i < 20; ++i) {
    loop.run(1);
    least = std::min(least, loop.level()), most = std::max(most, loop.level());
  }
  CHECK(most / least < 1.02);

  loop.exposure.set_hdr_mode(HdrMode::off);
  loop.run(80);
  CHECK(near(loop.level(), usual));
  CHECK(loop.digital_gain < 1.1);
}

}  // namespace
}  // namespace sunny16::firmware
