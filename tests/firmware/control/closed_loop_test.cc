// Exposure in the loop with simulated cameras of every queue depth: the figures that are promised.
#include <algorithm>
#include <cmath>

#include "sim/scene/catalogue.h"
#include "tests/firmware/control/rig.h"

namespace sunny16::firmware {
namespace {

using test::Rig;
using test::Turn;

/// How often a series turns back by more than 3 %.
int reversals(const std::vector<double>& series) {
  constexpr double kBack = 1.03;
  double low = series.front(), high = series.front();
  int direction = 0, count = 0;
  for (const double v : series) {
    low = std::min(low, v), high = std::max(high, v);
    if (direction >= 0 && v < high / kBack) {
      count += direction > 0;
      direction = -1, low = v;
    } else if (direction <= 0 && v > low * kBack) {
      count += direction < 0;
      direction = 1, high = v;
    }
    if (direction > 0) low = v;
    if (direction < 0) high = v;
  }
  return count;
}

/// What became of a step of the light.
struct Settled {
  int frames = 0;  ///< until brightness stays within 5 % of where it ends
  int reversals = 0;
  double error = 0;  ///< of where it ends, relative to where it was before the step
};

Settled settled(const std::vector<double>& lumas, double before) {
  Settled settled{.frames = 0, .reversals = reversals(lumas), .error = lumas.back() / before - 1};
  for (std::size_t i = 0; i < lumas.size(); ++i)
    if (std::abs(lumas[i] / lumas.back() - 1) > 0.05) settled.frames = static_cast<int>(i) + 1;
  return settled;
}

/// Light that goes up and down by two stops, four times; with the last two, a command is lost.
std::vector<Settled> step_light(std::string_view module, int buffers) {
  constexpr int kFrames = 55;
  const sim::SensorMode mode = sim::test::small_setup(module).mode;
  const double readout_s = 1e-6 * mode.line_time_us * mode.height;
  const double step_s = 1e-6 * mode.line_time_us * mode.frame_lines * kFrames;
  auto scene = std::make_shared<test::Relit>(sim::make_scene("still-life"), [step_s](sim::Lamp& lamp) {
    lamp.flicker = sim::Flicker::pulse, lamp.flicker_hz = 1 / (2 * step_s), lamp.modulation = 0.6;
  });
  auto setup = sim::test::small_setup(module, std::move(scene));
  setup.light = sim::test::daylight(2000);
  sim::CameraOptions options{.buffers = buffers};
  for (const double steps : {3.0, 4.0})
    options.faults.faults.push_back({.fault = sim::FaultKind::lose_command, .at_s = (steps + 0.1) * step_s});
  Rig rig(std::move(setup), options);
  Controls controls;
  controls.af_mode = AfMode::manual;
  rig.set(controls);

  std::vector<Settled> all;
  std::vector<double> before, now;
  for (int steps = 0; steps < 5;) {
    const Turn turn = rig.turn();
    const double exposed_s = 1e-9 * static_cast<double>(turn.frame.timestamp_ns), next_s = (steps + 1) * step_s;
    if (exposed_s < next_s && exposed_s + 1e-6 * turn.exposure_us() + readout_s > next_s) continue;  // in both lights
    if (exposed_s >= next_s) {
      if (steps > 0) all.push_back(settled(now, before.back()));
      before = std::move(now);
      now.clear();
      ++steps;
    }
    now.push_back(turn.luma());
  }
  return all;
}

TEST_CASE("Two stops of light: settled within 12 frames and the real delay, with at most one reversal") {
  for (const std::string_view module : {"imx219", "imx477", "imx708"}) {
    const sim::SensorModel sensor = sim::load_module(module).sensor;
    for (int buffers = 2; buffers <= 6; ++buffers) {
      const int delay = buffers + std::max(sensor.exposure_delay_frames, sensor.gain_delay_frames);
      CAPTURE(module);
      CAPTURE(buffers);
      int longest = 0, most = 0;
      for (const Settled& step : step_light(module, buffers)) {
        longest = std::max(longest, step.frames - delay), most = std::max(most, step.reversals);
        CHECK(step.frames <= 12 + delay);
        CHECK(step.reversals <= 1);
        CHECK(std::abs(step.error) < 0.1);  // targets rise a little with the light
      }
      MESSAGE(module << ", " << buffers << " buffers: " << longest << " frames besides the delay, reversals " << most);
    }
  }
}

TEST_CASE("In steady light brightness stays within 1 %") {
  struct Case {
    std::string_view module;
    double lux;
  };
  for (const Case& c : {Case{"imx219", 5}, Case{"imx477", 300}, Case{"imx708", 20000}}) {
    CAPTURE(c.module);
    auto setup =
        sim::test::small_setup(c.module, std::shared_ptr<const sim::Scene>(sim::make_scene("still-life")), 128, 96);
    setup.light = sim::test::daylight(c.lux);
    Rig rig(std::move(setup));
    Controls controls;
    controls.af_mode = AfMode::manual;
    rig.set(controls);
    rig.settle(60);
    // Photon noise of so few pixels alone is 2 % from frame to frame in dim light: means of ten frames.
    constexpr int kFrames = 60, kMean = 10;
    double low = 1e9, high = 0, sum = 0;
    int commands = 0;
    for (int i = 1; i <= kFrames; ++i) {
      const Turn turn = rig.turn();
      sum += turn.luma() / kMean;
      commands += turn.command.has_value();
      CHECK(turn.metadata.ae_state == AeState::converged);
      if (i % kMean == 0) low = std::min(low, sum), high = std::max(high, sum), sum = 0;
    }
    MESSAGE(c.module << ", " << c.lux << " lx: brightness within " << 100 * (high / low - 1) << " %, commands "
                     << commands);
    CHECK(high / low < 1.01);
  }
}

}  // namespace
}  // namespace sunny16::firmware
