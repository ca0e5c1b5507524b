#include "firmware/control/commands.h"

#include <doctest/doctest.h>

#include "tests/firmware/control/light_meter.h"

namespace sunny16::firmware {
namespace {

const hal::SensorSettings kWish{.exposure_us = 10000.0, .analogue_gain = 2.0};

/// What is due after a frame.
std::optional<hal::SensorSettings> due(Commands& commands, const hal::SensorSettings& wish, hal::Ticket ticket,
                                       double exposure_us, double gain) {
  static const isp::Statistics kNone;
  const hal::AppliedSettings applied = test::applied(exposure_us, gain);
  return commands.due(wish, {.statistics = kNone, .applied = applied, .ticket = ticket});
}

TEST_CASE("A wish is repeated until a frame's request carried it and the frame shows it") {
  Commands commands;
  REQUIRE(due(commands, kWish, 0, 5000, 1));
  commands.submitted(1);
  CHECK(due(commands, kWish, 0, 5000, 1));  // on its way
  commands.submitted(2);
  CHECK(due(commands, kWish, 1, 5000, 1));  // went out, does not show yet, or was lost
  commands.submitted(3);
  CHECK_FALSE(due(commands, kWish, 2, 10010, 1.99));
  CHECK_FALSE(due(commands, kWish, 3, 10010, 1.99));
}

TEST_CASE("What the sensor cannot do is not asked for ever") {
  Commands commands;
  int asked = 0;
  for (int frame = 0; frame < 50; ++frame)
    if (due(commands, kWish, static_cast<hal::Ticket>(frame), 9000, 2))
      commands.submitted(static_cast<hal::Ticket>(++asked));
  CHECK(asked < 15);
}

TEST_CASE("A new wish goes out at once; one that is hardly another does not") {
  Commands commands;
  REQUIRE(due(commands, kWish, 0, 10000, 2));
  commands.submitted(1);
  REQUIRE_FALSE(due(commands, kWish, 1, 10000, 2));
  CHECK_FALSE(due(commands, {.exposure_us = 10010.0, .analogue_gain = 2.0}, 1, 10000, 2));
  CHECK(due(commands, {.exposure_us = 10100.0, .analogue_gain = 2.0}, 1, 10000, 2));
}

TEST_CASE("After a restart everything is said again") {
  Commands commands;
  REQUIRE(due(commands, kWish, 0, 10000, 2));
  commands.submitted(1);
  REQUIRE_FALSE(due(commands, kWish, 1, 10000, 2));
  commands.restart();
  CHECK(due(commands, kWish, 1, 10000, 2));
}

TEST_CASE("A frame that should last longer, and a lens elsewhere, count as not done") {
  const isp::Statistics none;
  for (const bool done : {false, true}) {
    hal::SensorSettings wish = kWish;
    wish.frame_duration_us = hal::Range{40000, 1e6};
    wish.lens_position = 2;
    hal::AppliedSettings longer = test::applied(10000, 2), moved = longer;
    longer.lens_position = 2, longer.frame_duration_us = done ? 40000 : 33333;
    moved.lens_position = done ? 2 : 1, moved.frame_duration_us = 40000;
    for (const hal::AppliedSettings& applied : {longer, moved}) {
      Commands commands;
      REQUIRE(commands.due(wish, {.statistics = none, .applied = applied}));
      commands.submitted(1);
      CHECK(commands.due(wish, {.statistics = none, .applied = applied, .ticket = 1}).has_value() == !done);
    }
  }
}

}  // namespace
}  // namespace sunny16::firmware
