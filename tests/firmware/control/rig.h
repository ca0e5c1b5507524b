// A simulated camera under the controller: frames, statistics and commands go round as they do in a camera session.
#pragma once

#include <functional>

#include "firmware/capture/frame_line.h"
#include "firmware/control/controller.h"
#include "sim/scene/sequence.h"
#include "tests/sim/camera/small_camera.h"

namespace sunny16::firmware::test {

/// A scene with another main lamp. Scenes that stand still are drawn once, however the lamp changes.
class Relit final : public sim::Sequence {
 public:
  using Change = std::function<void(sim::Lamp&)>;
  Relit(std::unique_ptr<sim::Scene> scene, Change change) : Sequence(std::move(scene)), change_(std::move(change)) {}
  std::vector<sim::Lamp> lamps(const sim::Lamp& main) const override {
    std::vector<sim::Lamp> lamps = scene().lamps(main);
    change_(lamps.front());
    return lamps;
  }

 private:
  Change change_;
};

/// A frame that has gone round.
struct Turn {
  hal::RawFrame frame;
  FrameDecisions decisions;
  isp::Statistics statistics;
  ControlMetadata metadata;
  std::optional<hal::SensorSettings> command;

  double exposure_us() const { return frame.applied.exposure_us.value_or(0); }
  double gain() const { return frame.applied.analogue_gain.value_or(0); }
  /// Mean of the greens in the raw frame, as a fraction of white; and after the digital gain.
  double raw_luma() const {
    isp::Statistics::Sum all;
    for (const isp::Statistics::Sum& band : statistics.rows) all += band;
    return all.mean() / 2 / isp::domain::LinearRaw::range;
  }
  double luma() const { return raw_luma() * decisions.digital_gain; }
};

inline isp::Statistics count(const hal::RawFrame& frame, const FrameDecisions& decisions) {
  isp::Conditions conditions;
  conditions.frame = isp::FrameGeometry::canonical(frame.raw.width, frame.raw.height, frame.raw.phase);
  conditions.packing = frame.raw.packing;
  conditions.phase = frame.raw.phase;
  conditions.black = frame.black;
  conditions.white = frame.white;
  conditions.noise = *frame.noise;
  conditions.shading = frame.shading;
  conditions.wb_gains = {decisions.colour_gains[0], 1, decisions.colour_gains[1]};
  isp::Tunings tunings;
  isp::apply_profile(isp::Profile::lite, tunings, conditions);
  isp::tuning_of<isp::Histogram>(tunings).weights = decisions.metering_weights;
  isp::tuning_of<isp::FloatingZones>(tunings).rectangles = decisions.face_zones;
  isp::Statistics statistics;
  run_line(isp::derive_line(tunings, conditions, {}), frame.raw, {}, &statistics, 1);
  return statistics;
}

struct Rig {
  explicit Rig(sim::BenchSetup setup, sim::CameraOptions options = {}, ControlTuning tuning = {})
      : small(std::move(setup), std::move(options)), controller(std::move(tuning), small.camera.limits()) {}

  void set(const Controls& controls) { controller.set_controls(controls); }

  Turn turn() {
    if (!started) {
      started = true;
      small.camera.submit(controller.first_settings());
      REQUIRE(small.camera.start() == hal::Started::running);
    }
    Turn turn{.frame = small.frame(), .decisions = {}, .statistics = {}, .metadata = {}, .command = {}};
    turn.decisions = controller.decide(turn.frame.applied);
    turn.statistics = count(turn.frame, turn.decisions);
    turn.command = controller.step({.statistics = turn.statistics,
                                    .applied = turn.frame.applied,
                                    .ticket = turn.frame.ticket,
                                    .timestamp_ns = turn.frame.timestamp_ns,
                                    .sequence = turn.frame.sequence,
                                    .width = turn.frame.raw.width,
                                    .height = turn.frame.raw.height});
    if (turn.command) controller.submitted(small.camera.submit(*turn.command));
    turn.metadata = controller.metadata();
    return turn;
  }
  std::vector<Turn> turns(int count) {
    std::vector<Turn> all;
    for (int i = 0; i < count; ++i) all.push_back(turn());
    return all;
  }
  /// Turns that nobody looks at.
  Turn settle(int count) {
    for (int i = 1; i < count; ++i) turn();
    return turn();
  }

  sim::test::SmallCamera small;
  Controller controller;
  bool started = false;
};

}  // namespace sunny16::firmware::test
