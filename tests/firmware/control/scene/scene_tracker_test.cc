#include "firmware/control/scene/scene_tracker.h"

#include <doctest/doctest.h>

#include "isp/core/sine.h"

namespace sunny16::firmware {
namespace {

constexpr double kFrame_s = 1.0 / 30;

/// So likely that it is indoors, else greenery.
SceneLikelihoods between(double indoor) {
  SceneLikelihoods likelihoods{};
  likelihoods[static_cast<std::size_t>(SceneKind::indoor) - 1] = indoor;
  likelihoods[static_cast<std::size_t>(SceneKind::greenery) - 1] = 1 - indoor;
  return likelihoods;
}

struct Run {
  SceneTracker tracker;
  double now_s = 0;
  int changes = 0;
  void step(double indoor, bool turned = false) {
    const SceneKind before = tracker.guess().kind;
    const bool first = now_s == 0;
    tracker.step(between(indoor), turned, static_cast<std::uint64_t>(now_s * 1e9));
    changes += !first && tracker.guess().kind != before;
    now_s += kFrame_s;
  }
};

TEST_CASE("The first frame is believed; a flash is not") {
  Run run;
  run.step(0.95);
  CHECK(run.tracker.guess().kind == SceneKind::indoor);
  for (int i = 0; i < 200; ++i) run.step(0.95);
  for (int i = 0; i < 15; ++i) run.step(0.02);
  for (int i = 0; i < 100; ++i) run.step(0.95);
  CHECK(run.changes == 0);
}

TEST_CASE("Another scene is recognised within three seconds once the last change is old, or the camera is turned") {
  Run run;
  const auto seconds_until = [&](SceneKind kind, double indoor) {
    int frames = 0;
    while (run.tracker.guess().kind != kind && frames < 900) run.step(indoor), ++frames;
    return frames * kFrame_s;
  };
  for (int i = 0; i < 330; ++i) run.step(0.95);
  CHECK(seconds_until(SceneKind::greenery, 0.05) < 3);
  CHECK(seconds_until(SceneKind::indoor, 0.95) > 9);
  run.step(0.05, true);
  CHECK(seconds_until(SceneKind::greenery, 0.05) < 3);
  CHECK(run.changes == 3);
}

TEST_CASE("A scene that passes slowly from one kind to another, and trembles, changes its name once in ten seconds") {
  Run run;
  const int frames = static_cast<int>(30 / kFrame_s);
  int worst = 0, since = 0, changes_before = 0;
  for (int i = 0; i < frames; ++i) {
    const double way = static_cast<double>(i) / frames;
    run.step(
        isp::exact::clamp(0.85 - 0.7 * way + 0.25 * isp::exact::sine(i * 0.031) * isp::exact::sine(i * 0.0077), 0, 1));
    if (++since == static_cast<int>(10 / kFrame_s)) {
      worst = std::max(worst, run.changes - changes_before);
      changes_before = run.changes, since = 0;
    }
  }
  CHECK(worst <= 1);
  CHECK(run.tracker.guess().kind == SceneKind::greenery);
}

TEST_CASE("Even when frames' guesses alternate, names rest for ten seconds") {
  Run run;
  for (int i = 0; i < 900; ++i) run.step(i / 90 % 2 == 0 ? 1 : 0);  // every 3 s
  CHECK(run.changes <= 3);
}

}  // namespace
}  // namespace sunny16::firmware
