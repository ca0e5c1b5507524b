// Focus modes, triggers, pauses, windows and phase detection, with made-up frames.
#include <doctest/doctest.h>

#include <cmath>
#include <deque>
#include <optional>

#include "firmware/control/auto_focus.h"

namespace sunny16::firmware {
namespace {

/// A lens before an object, `delay` frames behind its commands.
struct Lens {
  double object = 3, position = 1;
  bool has_phase = false;
  double confidence = 200;
  std::size_t delay = 3;
  std::deque<double> on_the_way{};
  int commands = 0;

  void frame(AutoFocus& focus) {
    isp::Statistics statistics;
    const double defocus = position - object;
    const auto contrast = static_cast<std::uint64_t>(1e6 / (1 + 10 * defocus * defocus));
    for (auto& row : statistics.focus) row.fill({contrast, 100});
    statistics.rows.fill({200000, 100});
    hal::AppliedSettings applied;
    applied.exposure_us = 10000, applied.analogue_gain = 1;
    applied.lens_position = position;
    if (has_phase) applied.focus_phase = hal::FocusPhase{.phase = 30 * defocus, .confidence = confidence};
    if (const auto wish = focus.step({.statistics = statistics, .applied = applied})) target = *wish, ++commands;
    on_the_way.push_back(target);
    if (on_the_way.size() > delay) position = on_the_way.front(), on_the_way.pop_front();
  }
  void frames(AutoFocus& focus, int count) {
    for (int i = 0; i < count; ++i) frame(focus);
  }
  double target = 1;
};

AutoFocus make(AfMode mode, AfTuning tuning = {}) {
  AutoFocus focus(std::move(tuning), hal::Range{0, 10});
  Controls controls;
  controls.af_mode = mode;
  focus.set_controls(controls);
  return focus;
}

TEST_CASE("manual focus goes where it is told, within the lens's reach") {
  Lens lens;
  AutoFocus focus = make(AfMode::manual);
  Controls controls;
  controls.af_mode = AfMode::manual;
  controls.lens_position = 4.5;
  focus.set_controls(controls);
  lens.frames(focus, 10);
  CHECK(lens.position == 4.5);
  CHECK(lens.commands == 1);
  CHECK(focus.state() == AfState::idle);
  controls.lens_position = 30;
  focus.set_controls(controls);
  CHECK(focus.lens_position() == 10);
}

TEST_CASE("a fixed lens is left alone") {
  Lens lens;
  AutoFocus focus({}, std::nullopt);
  focus.act(FocusAction::start);
  lens.frames(focus, 20);
  CHECK(lens.commands == 0);
  CHECK(focus.state() == AfState::idle);
}

TEST_CASE("a trigger scans once, and cancelling it leaves the lens where it is") {
  Lens lens;
  AutoFocus focus = make(AfMode::automatic);
  lens.frames(focus, 10);
  CHECK(focus.state() == AfState::idle);
  focus.act(FocusAction::start);
  lens.frames(focus, 4);
  CHECK(focus.state() == AfState::scanning);
  focus.act(FocusAction::cancel);
  CHECK(focus.state() == AfState::idle);
  const int commands = lens.commands;
  lens.frames(focus, 10);
  CHECK(lens.commands == commands);

  focus.act(FocusAction::start);
  lens.frames(focus, 60);
  CHECK(focus.state() == AfState::focused);
  CHECK(std::abs(lens.position - lens.object) < 0.05);
  lens.object = 6;
  lens.frames(focus, 60);
  CHECK(std::abs(lens.position - 3) < 0.05);
}

TEST_CASE("the range of the request is kept") {
  Lens lens;
  lens.object = 2;
  AutoFocus focus = make(AfMode::automatic);
  Controls controls;
  controls.af_mode = AfMode::automatic;
  controls.af_range = AfRange::macro;
  focus.set_controls(controls);
  lens.frames(focus, 8);
  focus.act(FocusAction::start);
  lens.frames(focus, 80);
  CHECK(lens.position == doctest::Approx(AfTuning{}.macro.min).epsilon(0.02));
}

TEST_CASE("a deferred pause lets the scan finish, an immediate one does not") {
  for (const FocusAction pause : {FocusAction::pause_deferred, FocusAction::pause_immediate}) {
    Lens lens;
    AutoFocus focus = make(AfMode::continuous);
    lens.frames(focus, 8);
    CHECK(focus.state() == AfState::scanning);
    focus.act(pause);
    const bool deferred = pause == FocusAction::pause_deferred;
    CHECK(focus.pause_state() == (deferred ? AfPauseState::pausing : AfPauseState::paused));
    lens.frames(focus, 60);
    CHECK(focus.pause_state() == AfPauseState::paused);
    CHECK((focus.state() == AfState::focused) == deferred);
    lens.object = 6;
    lens.frames(focus, 40);
    CHECK(std::abs(lens.position - 6) > 0.5);
    focus.act(FocusAction::resume);
    lens.frames(focus, 60);
    CHECK(focus.pause_state() == AfPauseState::running);
    CHECK(std::abs(lens.position - 6) < 0.05);
  }
}

TEST_CASE("focus windows choose among zones") {
  isp::Statistics statistics;
  for (auto& row : statistics.focus) row.fill({100, 100});
  statistics.focus[0][7] = {900, 100};
  CHECK(FocusWindows().contrast(statistics) == 1);
  CHECK(FocusWindows({0.875, 0, 0.125, 0.125}).contrast(statistics) == 9);
  CHECK(FocusWindows({0.75, 0, 0.25, 0.125}).contrast(statistics) == 5);
  CHECK(FocusWindows({0.875, 0, 0.125, 0.125, 0, 0.5, 0.125, 0.125}).contrast(statistics) == 5);
  CHECK(FocusWindows({2, 2, 1, 1}).contrast(statistics) == 1);  // outside: the middle
}

TEST_CASE("another window is focused on at once") {
  Lens lens;
  AutoFocus focus = make(AfMode::continuous);
  lens.frames(focus, 60);
  CHECK(focus.state() == AfState::focused);
  Controls controls;
  controls.af_metering = AfMetering::windows;
  controls.af_windows = {0, 0, 0.25, 0.25};
  focus.set_controls(controls);
  lens.frame(focus);
  CHECK(focus.state() == AfState::scanning);
}

TEST_CASE("phase moves the lens without a scan and without swinging, however late it comes") {
  for (const AfMode mode : {AfMode::automatic, AfMode::continuous})
    for (const std::size_t delay : {0, 2, 4}) {
      CAPTURE(delay);
      Lens lens;
      lens.has_phase = true;
      lens.delay = delay;
      AutoFocus focus = make(mode);
      lens.frames(focus, 8);
      focus.act(FocusAction::start);
      double farthest = 0;
      for (int i = 0; i < 80; ++i) {
        lens.frame(focus);
        farthest = std::max(farthest, lens.position);
      }
      CHECK(focus.state() == AfState::focused);
      CHECK(std::abs(lens.position - lens.object) < 0.15);
      CHECK(farthest < lens.object + 0.1);
    }
}

TEST_CASE("phase without confidence gives way to a scan") {
  Lens lens;
  lens.has_phase = true;
  lens.confidence = 3;
  AutoFocus focus = make(AfMode::continuous);
  lens.frames(focus, 60);
  CHECK(focus.state() == AfState::focused);
  CHECK(std::abs(lens.position - lens.object) < 0.05);
}

TEST_CASE("the picture's brightness and the exposure do not start a scan") {
  Lens lens;
  AutoFocus focus = make(AfMode::continuous);
  lens.frames(focus, 60);
  const int commands = lens.commands;
  isp::Statistics statistics;
  for (auto& row : statistics.focus) row.fill({10000 * 16, 1});
  statistics.rows.fill({800000, 100});
  hal::AppliedSettings applied;
  applied.exposure_us = 40000, applied.analogue_gain = 1, applied.lens_position = lens.position;
  for (int i = 0; i < 30; ++i) CHECK(!focus.step({.statistics = statistics, .applied = applied}));
  CHECK(lens.commands == commands);
}

TEST_CASE("what passes before the lens, a black frame or one without metadata, start no scan either") {
  Lens lens;
  AutoFocus focus = make(AfMode::continuous);
  lens.frames(focus, 60);
  const int commands = lens.commands;
  lens.object = 8;  // for less than the frames that a changed scene must stand still
  lens.frames(focus, 7);
  lens.object = 3;
  lens.frames(focus, 20);
  for (int i = 0; i < 20; ++i) CHECK(!focus.step({.statistics = {}, .applied = {}}));
  CHECK(lens.commands == commands);
  CHECK(focus.state() == AfState::focused);
}

TEST_CASE("a new run sends the lens there again") {
  Lens lens;
  AutoFocus focus = make(AfMode::continuous);
  lens.frames(focus, 60);
  lens.commands = 0;
  focus.restart(hal::Range{0, 10});
  lens.frame(focus);
  CHECK(lens.commands == 1);
  CHECK(lens.target == focus.lens_position());
}

}  // namespace
}  // namespace sunny16::firmware
