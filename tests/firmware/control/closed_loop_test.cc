// Exposure in the loop with simulated cameras of every queue depth: the figures that are promised.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstdio>

#include "sim/scene/catalogue.h"
#include "tests/firmware/control/rig.h"

namespace sunny16::firmware {
namespace {

using test::Rig;
using test::Turn;

/// How often a series turns back by more than 2 %.
int reversals(const std::vector<double>& series) {
  constexpr double kBack = 1.02;
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
    const double read_s = 1e-9 * static_cast<double>(turn.frame.timestamp_ns) + 1e-6 * turn.exposure_us();
    if (getenv("SHOW")) printf("%d %llu t %.4f E %.0f G %.3f D %.3f raw %.4f luma %.4f cmd %.0f %.3f\n", steps, (unsigned long long)turn.frame.sequence, read_s, turn.exposure_us(), turn.gain(), turn.decisions.digital_gain, turn.raw_luma(), turn.luma(), turn.command ? *turn.command->exposure_us : 0, turn.command ? *turn.command->analogue_gain: 0);
    if (read_s >= (steps + 1) * step_s) {
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
      std::string line;
      for (const Settled& step : step_light(module, buffers)) {
        line += " | " + std::to_string(step.frames - delay) + " " + std::to_string(step.reversals) + " " + std::to_string(step.error);
        CHECK(step.frames <= 12 + delay);
        CHECK(step.reversals <= 1);
        CHECK(std::abs(step.error) < 0.05);
      }
      MESSAGE(module << ", " << buffers << " buffers: " << line);
    }
  }
}

}  // namespace
}  // namespace sunny16::firmware
