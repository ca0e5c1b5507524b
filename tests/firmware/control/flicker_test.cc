#include "firmware/control/flicker.h"

#include <doctest/doctest.h>

#include "tests/firmware/control/light_meter.h"

namespace sunny16::firmware {
namespace {

using test::Lamplight;

/// Frames at even times.
struct Watch {
  explicit Watch(Lamplight light) : light(light), flicker(light.line_time_us) {}

  void frames(int count, double exposure_us, double frame_us) {
    for (int i = 0; i < count; ++i) {
      const isp::Statistics statistics = light.rows(time_us, exposure_us);
      const hal::AppliedSettings applied = test::applied(exposure_us, 1);
      flicker.step({.statistics = statistics,
                    .applied = applied,
                    .timestamp_ns = static_cast<std::uint64_t>(1e3 * time_us),
                    .height = light.height});
      time_us += frame_us;
    }
  }

  Lamplight light;
  Flicker flicker;
  double time_us = 5e6;
};

TEST_CASE("Both mains are told apart, in frames shorter than a period too") {
  for (const double hz : {100.0, 120.0})
    for (const int height : {480, 1080, 2464}) {
      CAPTURE(hz);
      CAPTURE(height);
      Watch watch({.hz = hz, .height = height});
      watch.frames(10, 4000, 37000);
      CHECK(watch.flicker.period_us() == doctest::Approx(1e6 / hz));
    }
}

TEST_CASE("Bands that stand still ask for another frame length, which shows them") {
  for (const double hz : {100.0, 120.0}) {
    CAPTURE(hz);
    Watch watch({.hz = hz});
    watch.frames(5, 4000, 100000);
    CHECK(watch.flicker.period_us() == 0);
    CHECK(watch.flicker.wants_other_frame_length());
    watch.frames(8, 4000, 102500);
    CHECK(watch.flicker.period_us() == doctest::Approx(1e6 / hz));
    CHECK_FALSE(watch.flicker.wants_other_frame_length());
  }
}

TEST_CASE("Steady light: nothing is found, other frame lengths are asked for rarely") {
  Watch watch({.modulation = 0});
  watch.frames(5, 4000, 100000);
  REQUIRE(watch.flicker.wants_other_frame_length());
  watch.frames(10, 4000, 102500);
  CHECK_FALSE(watch.flicker.wants_other_frame_length());
  watch.frames(100, 4000, 100000);
  CHECK_FALSE(watch.flicker.wants_other_frame_length());
  watch.frames(250, 4000, 100000);
  CHECK(watch.flicker.wants_other_frame_length());
  CHECK(watch.flicker.period_us() == 0);
}

TEST_CASE("Other rates, weak modulation and exposures of whole periods show no mains") {
  for (const double hz : {0.001, 50.0, 90.0, 110.0, 240.0}) {
    CAPTURE(hz);
    Watch watch({.hz = hz});
    watch.frames(40, 4000, 37000);
    CHECK(watch.flicker.period_us() == 0);
  }
  Watch weak({.modulation = 0.005});
  weak.frames(40, 4000, 37000);
  CHECK(weak.flicker.period_us() == 0);
  Watch whole({});
  whole.frames(40, 20000, 37000);
  CHECK(whole.flicker.period_us() == 0);
}

TEST_CASE("What was found stays while whole periods hide it, and goes with the lamp") {
  Watch watch({});
  watch.frames(10, 4000, 37000);
  REQUIRE(watch.flicker.period_us() == doctest::Approx(10000));
  watch.frames(200, 10000, 37000);
  CHECK(watch.flicker.period_us() == doctest::Approx(10000));
  watch.light.hz = 120;
  watch.frames(20, 10000, 37000);
  CHECK(watch.flicker.period_us() == doctest::Approx(1e6 / 120));
  watch.light.modulation = 0;
  watch.frames(100, 4000, 37000);
  CHECK(watch.flicker.period_us() == 0);
}

TEST_CASE("Without times or the time of a line there is nothing to see") {
  Watch watch({});
  watch.flicker.restart(0);
  watch.frames(20, 4000, 100000);
  CHECK(watch.flicker.period_us() == 0);
  CHECK_FALSE(watch.flicker.wants_other_frame_length());
  Watch timeless({});
  const isp::Statistics statistics = timeless.light.rows(0, 4000);
  const hal::AppliedSettings applied = test::applied(4000, 1);
  for (int i = 0; i < 20; ++i) timeless.flicker.step({.statistics = statistics, .applied = applied, .height = 1080});
  CHECK(timeless.flicker.period_us() == 0);
}

TEST_CASE("Brightness that changes with the exposure is no flicker") {
  Watch watch({.modulation = 0});
  for (int i = 0; i < 40; ++i) {
    watch.light.level = 0.1 + 0.05 * (i % 7);
    watch.frames(1, 4000 + 500 * (i % 3), 37000);
    CHECK(watch.flicker.period_us() == 0);
  }
}

}  // namespace
}  // namespace sunny16::firmware
