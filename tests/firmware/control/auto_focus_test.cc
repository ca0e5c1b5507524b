// Focus by contrast on a simulated camera whose lens moves.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <vector>

#include "firmware/control/auto_focus.h"
#include "sim/scene/catalogue.h"
#include "tests/firmware/control/frame_statistics.h"
#include "tests/sim/camera/small_camera.h"

namespace sunny16::firmware::test {
namespace {

constexpr double kFrame = 1.0 / 30;  // s
constexpr int kWidth = 96, kHeight = 64;

/// A scene of the catalogue at a distance.
class At final : public sim::Scene {
 public:
  At(std::string_view scene, double dioptres) : scene_(sim::make_scene(scene)), dioptres_(dioptres) {}
  std::vector<sim::Lamp> lamps(const sim::Lamp& main) const override { return scene_->lamps(main); }
  std::span<const sim::Spectrum> materials() const override { return scene_->materials(); }
  sim::Colour light(sim::Point at, double time, const sim::Palette& palette) const override {
    return scene_->light(at, time, palette);
  }
  double distance_m() const override { return 1 / dioptres_; }

 private:
  std::unique_ptr<sim::Scene> scene_;
  double dioptres_;
};

sim::BenchSetup imx708(std::shared_ptr<const sim::Scene> scene) {
  return sim::test::small_setup("imx708", std::move(scene), kWidth, kHeight);
}

/// Contrast of the picture's middle before noise.
double sharpness(double dioptres, double lens_position, std::string_view scene = "dead-leaves") {
  sim::BenchSetup setup = imx708(std::make_shared<At>(scene, dioptres));
  setup.lens_position = lens_position;
  const sim::Bench bench(std::move(setup));
  const isp::Image<float> light = bench.electrons(bench.timing(0, 0.01), 1);
  double sum = 0;
  for (int y = kHeight / 4; y < kHeight * 3 / 4; ++y)
    for (int x = kWidth / 4; x < kWidth * 3 / 4; ++x)
      if (isp::quad_plane(isp::CfaPhase::rggb, x & 1, y & 1) % 3 != 0)
        sum += std::pow(light.row(y)[x] - (light.row(y)[x - 2] + light.row(y)[x + 2]) / 2, 2);
  return sum;
}

double best_sharpness(double dioptres) {
  return std::max(
      {sharpness(dioptres, dioptres - 0.04), sharpness(dioptres, dioptres), sharpness(dioptres, dioptres + 0.04)});
}

/// The loop of a camera at 30 frames a second.
struct Rig {
  Rig(double dioptres, int buffers, double lens_position, sim::FaultScript faults = {},
      std::string_view scene = "dead-leaves")
      : buffers(buffers),
        camera(std::in_place, imx708(std::make_shared<At>(scene, dioptres)), options(lens_position, faults)),
        focus({}, camera->camera.limits().lens_position) {
    camera->camera.start();
  }

  sim::CameraOptions options(double lens_position, sim::FaultScript faults) const {
    return {.buffers = buffers,
            .first = {.exposure_us = 5000,
                      .analogue_gain = 1.2,
                      .frame_duration_us = hal::Range{1e6 * kFrame, 1e6 * kFrame},
                      .lens_position = lens_position},
            .faults = std::move(faults)};
  }
  /// Something else is before the camera.
  void look_at(double dioptres, std::string_view scene = "dead-leaves") {
    camera.emplace(imx708(std::make_shared<At>(scene, dioptres)), options(applied, {}));
    camera->camera.start();
  }

  void frame() {
    const hal::RawFrame raw = camera->frame();
    const isp::Statistics statistics = statistics_of(raw);
    applied = raw.applied.lens_position.value();
    const auto wish = focus.step({.statistics = statistics,
                                  .applied = raw.applied,
                                  .ticket = raw.ticket,
                                  .timestamp_ns = raw.timestamp_ns,
                                  .sequence = raw.sequence,
                                  .width = raw.raw.width,
                                  .height = raw.raw.height});
    if (wish) camera->camera.submit({.lens_position = wish}), ++commands;
  }
  void frames(int count) {
    for (int i = 0; i < count; ++i) frame();
  }
  /// Frames until it has focused or failed.
  int settle(int most = 90) {
    for (int i = 1; i <= most; ++i) {
      frame();
      if (focus.state() == AfState::focused || focus.state() == AfState::failed) return i;
    }
    return most;
  }

  int buffers;
  std::optional<sim::test::SmallCamera> camera;
  AutoFocus focus;
  double applied = 0;
  int commands = 0;
};

Controls in_mode(AfMode mode) {
  Controls controls;
  controls.af_mode = mode;
  return controls;
}

TEST_CASE("a triggered scan finds the best focus within a second, however many buffers there are") {
  struct Setup {
    int buffers;
    double dioptres, lens_position;
  };
  for (const auto& [buffers, dioptres, lens_position] :
       {Setup{2, 0.125, 1}, {3, 0.667, 5}, {4, 3.3, 1}, {5, 6.7, 9}, {6, 9, 1}, {6, 9.6, 1}}) {
    CAPTURE(buffers);
    CAPTURE(dioptres);
    Rig rig(dioptres, buffers, lens_position);
    rig.focus.set_controls(in_mode(AfMode::automatic));
    rig.frames(8);
    CHECK(rig.focus.state() == AfState::idle);
    rig.focus.act(FocusAction::start);
    const int frames = rig.settle();
    CHECK(rig.focus.state() == AfState::focused);
    CHECK(frames * kFrame <= 1);
    CHECK(rig.applied == doctest::Approx(rig.focus.lens_position()).epsilon(0.02));
    const double part = sharpness(dioptres, rig.applied) / best_sharpness(dioptres);
    CHECK(part > 0.98);
    MESSAGE(buffers << " buffers, " << dioptres << " dpt: " << frames << " frames, " << part
                    << " of the best sharpness");

    rig.commands = 0;
    rig.frames(20);
    CHECK(rig.commands == 0);  // it stays
  }
}

TEST_CASE("a lost command is sent again") {
  Rig rig(2.2, 4, 1, {{{.fault = sim::FaultKind::lose_command, .at_frame = 14}}});
  rig.focus.set_controls(in_mode(AfMode::automatic));
  rig.frames(8);
  rig.focus.act(FocusAction::start);
  rig.settle();
  CHECK(rig.focus.state() == AfState::focused);
  CHECK(std::abs(rig.applied - 2.2) < 0.1);
}

TEST_CASE("an even surface has no focus: the lens goes to its default") {
  Rig rig(2, 4, 3, {}, "flat-field");
  rig.focus.set_controls(in_mode(AfMode::automatic));
  rig.frames(8);
  rig.focus.act(FocusAction::start);
  rig.settle();
  CHECK(rig.focus.state() == AfState::failed);
  CHECK(rig.focus.lens_position() == AfTuning{}.normal.rest);
}

TEST_CASE("continuous focus rests, and focuses again when the scene has changed") {
  Rig rig(1, 4, 1);
  rig.settle();
  CHECK(rig.focus.state() == AfState::focused);
  CHECK(std::abs(rig.applied - 1) < 0.1);
  rig.commands = 0;
  rig.frames(60);
  CHECK(rig.commands == 0);

  SUBCASE("another distance") {
    rig.look_at(2.5);
    const int delay = AfTuning{}.normal_speed.retrigger_delay;
    rig.frames(delay + 2);
    CHECK(rig.focus.state() == AfState::scanning);
    rig.settle();
    CHECK(rig.focus.state() == AfState::focused);
    CHECK(std::abs(rig.applied - 2.5) < 0.1);
  }
  SUBCASE("not while it is paused") {
    rig.focus.act(FocusAction::pause_immediate);
    CHECK(rig.focus.pause_state() == AfPauseState::paused);
    rig.look_at(2.5);
    rig.frames(20);
    CHECK(rig.commands == 0);
    rig.focus.act(FocusAction::resume);
    rig.frame();
    CHECK(rig.focus.state() == AfState::scanning);
  }
}

}  // namespace
}  // namespace sunny16::firmware::test
