#include "firmware/control/scene/hdr_decision.h"

#include <doctest/doctest.h>

namespace sunny16::firmware {
namespace {

SceneStatistics of_range(double stops) {
  SceneStatistics s;
  s.light = 8, s.light_known = 1, s.dynamic_range = stops;
  return s;
}

struct Run {
  HdrDecision decision;
  std::uint64_t now_ns = 0;
  HdrMode step(const SceneStatistics& s, double motion = 0, double seconds = 1.0 / 30) {
    decision.step(s, {.amount = motion, .global = 0}, now_ns);
    now_ns += static_cast<std::uint64_t>(seconds * 1e9);
    return decision.choice().mode;
  }
  HdrMode settle(const SceneStatistics& s, double motion = 0) {
    for (int i = 0; i < 30 * 12; ++i) step(s, motion);
    return decision.choice().mode;
  }
};

TEST_CASE("The range decides: nothing, one lifted exposure, several") {
  Run run;
  CHECK(run.settle(of_range(4)) == HdrMode::off);
  CHECK(run.settle(of_range(7.5)) == HdrMode::single_exposure);
  CHECK(run.settle(of_range(10)) == HdrMode::multi_exposure);
  CHECK(run.settle(of_range(4)) == HdrMode::off);
}

TEST_CASE("What moves is not merged") {
  Run run;
  CHECK(run.settle(of_range(10), 0.3) == HdrMode::single_exposure);
  CHECK(run.decision.choice().reason.find("30 % moves") != std::string::npos);
  CHECK(run.settle(of_range(10), 0) == HdrMode::multi_exposure);
}

TEST_CASE("Darkness is night, and needs to be known") {
  SceneStatistics dark = of_range(8);
  dark.light = 0;  // 1 lx
  Run run;
  CHECK(run.settle(dark) == HdrMode::night);
  CHECK(run.decision.choice().reason == "1.0 lx: too dark for one exposure");
  dark.light_known = 0;
  CHECK(choose_hdr(dark, {}, HdrMode::off).mode == HdrMode::single_exposure);
}

TEST_CASE("A backlit subject gets one exposure that is lifted, whatever the range") {
  SceneStatistics s = of_range(5);
  s.backlight = 3;
  CHECK(choose_hdr(s, {}, HdrMode::off).mode == HdrMode::single_exposure);
}

TEST_CASE("Between two thresholds the mode in use stays") {
  Run from_below, from_above;
  from_below.settle(of_range(4));
  from_above.settle(of_range(7.5));
  CHECK(from_below.settle(of_range(6.2)) == HdrMode::off);
  CHECK(from_above.settle(of_range(6.2)) == HdrMode::single_exposure);
}

TEST_CASE("A range that swings about a threshold every second changes the mode at most once in ten seconds") {
  Run run;
  run.settle(of_range(6.2));
  int changes = 0;
  HdrMode before = run.decision.choice().mode;
  for (int i = 0; i < 900; ++i) {
    const HdrMode now = run.step(of_range(i / 30 % 2 == 0 ? 6.7 : 6.0));
    changes += now != before;
    before = now;
  }
  CHECK(changes <= 1);
}

TEST_CASE("After a change the next one waits ten seconds, or until the camera has been turned elsewhere") {
  Run waits, turns;
  for (Run* run : {&waits, &turns}) {
    run->settle(of_range(4));
    while (run->step(of_range(7.5)) == HdrMode::off) {
    }
  }
  turns.decision.step(of_range(4), {.amount = 0.9, .global = 0.9}, turns.now_ns);
  int waited = 0, turned = 0;
  while (waits.step(of_range(4)) != HdrMode::off) ++waited;
  while (turns.step(of_range(4)) != HdrMode::off) ++turned;
  CHECK(waited > 9.9 * 30);
  CHECK(turned < 1.2 * 30);
}

TEST_CASE("Until exposures are merged, one stands in for several and none for the night") {
  CHECK(applied_hdr(HdrMode::multi_exposure) == HdrMode::single_exposure);
  CHECK(applied_hdr(HdrMode::single_exposure) == HdrMode::single_exposure);
  CHECK(applied_hdr(HdrMode::night) == HdrMode::off);
  CHECK(applied_hdr(HdrMode::off) == HdrMode::off);
}

}  // namespace
}  // namespace sunny16::firmware
