#include "firmware/control/controller.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/firmware/control/light_meter.h"

namespace sunny16::firmware {
namespace {

using test::Patches;

const hal::SensorLimits kLimits{.exposure_us = {20, 1e6},
                                .analogue_gain = {1, 16},
                                .frame_duration_us = {100000, 1001000},
                                .lens_position = {},
                                .line_time_us = 25};

/// A controller before even patches; frames take their settings at once.
struct Desk {
  void frame(const hal::AppliedSettings& applied) {
    statistics = scene.expose(applied);
    command = controller.step({.statistics = statistics,
                               .applied = applied,
                               .ticket = ticket,
                               .timestamp_ns = sequence * 100'000'000 + 1,
                               .sequence = sequence,
                               .width = 640,
                               .height = 2048});
    ++sequence;
    if (!command) return;
    controller.submitted(++ticket);
    settings = *command;
  }
  void frames(int count) {
    for (int i = 0; i < count; ++i) frame(applied());
  }
  hal::AppliedSettings applied() const { return test::applied(*settings.exposure_us, *settings.analogue_gain); }

  Patches scene{std::vector<double>(512, 8e-6)};
  Controller controller{{}, kLimits};
  hal::SensorSettings settings = controller.first_settings();
  isp::Statistics statistics;
  std::optional<hal::SensorSettings> command;
  hal::Ticket ticket = 0;
  std::uint64_t sequence = 0;
};

TEST_CASE("The first frame is exposed for a lit room, as the tuning's reference exposure says") {
  const hal::SensorSettings first = Controller({}, kLimits).first_settings();
  const double total = *first.exposure_us * *first.analogue_gain;
  LuxModel reference;
  CHECK(reference.estimate(0.16, total, 1) == doctest::Approx(400).epsilon(0.05));
}

TEST_CASE("What is set before the first frame applies to it") {
  Controls controls;
  controls.exposure_time = 4321, controls.analogue_gain = 3, controls.frame_duration_limits = {200000, 300000};
  Controller controller({}, kLimits);
  controller.set_controls(controls);
  const hal::SensorSettings first = controller.first_settings();
  CHECK(*first.exposure_us == doctest::Approx(4321));
  CHECK(*first.analogue_gain == doctest::Approx(3));
  CHECK(first.frame_duration_us->minimum >= 200000);
  CHECK(first.frame_duration_us->maximum == 300000);
}

TEST_CASE("Light and exposure are estimated, and what is decided is in the metadata") {
  Desk desk;
  desk.frames(60);
  const ControlMetadata& metadata = desk.controller.metadata();
  CHECK(metadata.ae_state == AeState::converged);
  const double lux = LuxModel{}.estimate(8e-6, 1, 1);
  CHECK(metadata.lux == doctest::Approx(lux).epsilon(0.01));
  const FrameDecisions decisions = desk.controller.decide(desk.applied());
  CHECK(decisions.lux == metadata.lux);
  CHECK(decisions.digital_gain == metadata.digital_gain);
  CHECK(decisions.colour_gains == metadata.colour_gains);
  CHECK_FALSE(desk.command.has_value());
}

TEST_CASE("Bad metadata moves nothing") {
  Desk desk;
  desk.scene.luminance.assign(512, 1e-7);  // so dark that the digital gain helps
  desk.frames(60);
  const ControlMetadata before = desk.controller.metadata();
  const hal::AppliedSettings good = desk.applied();
  REQUIRE(before.digital_gain > 1.2);
  desk.scene.luminance.assign(512, 1e-3);
  const double nan = std::numeric_limits<double>::quiet_NaN(), infinite = std::numeric_limits<double>::infinity();
  for (const double bad : {0.0, -5.0, nan, infinite})
    for (const bool gain : {false, true}) {
      hal::AppliedSettings applied = good;
      (gain ? applied.analogue_gain : applied.exposure_us) = bad;
      desk.frame(applied);
      CHECK_FALSE(desk.command.has_value());
      CHECK(desk.controller.decide(applied).digital_gain == doctest::Approx(before.digital_gain));
    }
  desk.frame({});
  CHECK_FALSE(desk.command.has_value());
  CHECK(desk.controller.metadata().lux == before.lux);
  CHECK(desk.controller.decide(good).digital_gain == before.digital_gain);
}

TEST_CASE("A camera that never says how it exposes is balanced all the same") {
  Controller controller{{}, kLimits};
  isp::Statistics statistics;
  for (auto& row : statistics.white_balance)
    for (auto& zone : row) zone = {.red = 2'000'000, .green = 8'000'000, .blue = 2'500'000, .count = 1000};
  const hal::AppliedSettings silent;
  for (std::uint64_t i = 0; i < 30; ++i)
    CHECK_FALSE(controller.step({.statistics = statistics, .applied = silent, .sequence = i}).has_value());
  CHECK(controller.decide(silent).colour_gains[0] == doctest::Approx(2).epsilon(0.1));
  CHECK(controller.decide(silent).digital_gain == 1);
  CHECK(controller.metadata().colour_temperature > 0);
}

TEST_CASE("A restart keeps the exposure, and says it again") {
  Desk desk;
  desk.frames(60);
  const hal::AppliedSettings applied = desk.applied();
  hal::SensorLimits other = kLimits;
  other.analogue_gain.maximum = 8;
  desk.controller.restart(other);
  const hal::SensorSettings first = desk.controller.first_settings();
  CHECK(*first.exposure_us * *first.analogue_gain ==
        doctest::Approx(*applied.exposure_us * *applied.analogue_gain).epsilon(0.01));
  desk.frames(1);
  CHECK(desk.command.has_value());
}

TEST_CASE("Another tuning applies without a jump") {
  Desk desk;
  desk.frames(60);
  const double gain = desk.controller.decide(desk.applied()).digital_gain;
  ControlTuning tuning;
  tuning.agc.channels.front().y_target = {{0}, {0.3}};
  desk.controller.set_tuning(tuning);
  CHECK(desk.controller.decide(desk.applied()).digital_gain == gain);
  desk.frames(60);
  CHECK(desk.statistics.rows.front().mean() / 2 / isp::domain::LinearRaw::range > 0.29);
}

TEST_CASE("While the flicker is not known, frames that would hide it are lengthened within what is allowed") {
  const auto longest = [](const Controls& controls) {
    Desk desk;
    desk.controller.set_controls(controls);
    double longest_us = 0;
    for (int i = 0; i < 30; ++i) {
      desk.frames(1);
      longest_us = std::max(longest_us, desk.settings.frame_duration_us->minimum);
    }
    return longest_us;
  };
  CHECK(longest({}) == doctest::Approx(102500));
  Controls controls;
  controls.frame_duration_limits = {100000, 100000};
  CHECK(longest(controls) == doctest::Approx(100000));
  controls = {};
  controls.ae_flicker_mode = AeFlickerMode::off;
  CHECK(longest(controls) == doctest::Approx(100000));
}

TEST_CASE("FlickerManual is believed, FlickerOff does nothing") {
  for (const AeFlickerMode mode : {AeFlickerMode::manual, AeFlickerMode::off}) {
    Desk desk;
    Controls controls;
    controls.ae_flicker_mode = mode;
    controls.ae_flicker_period = 7000;
    desk.controller.set_controls(controls);
    desk.frames(60);
    const double periods = *desk.settings.exposure_us / 7000;
    CHECK((std::abs(periods - std::round(periods)) < 0.005) == (mode == AeFlickerMode::manual));
    CHECK(desk.controller.metadata().ae_flicker_avoided);
    CHECK(desk.controller.metadata().ae_flicker_detected == 0);
  }
}

}  // namespace
}  // namespace sunny16::firmware
