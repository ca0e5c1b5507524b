// A simulated camera with a small picture, before a grey surface.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "hal/api/raw_sample.h"
#include "sim/camera/simulated_clock.h"
#include "sim/camera/simulated_camera.h"
#include "sim/light/illuminant.h"

namespace sunny16::sim::test {

inline constexpr double kGrey = 0.18;

/// An even grey surface, lit by the main light and, if there is one, by a second lamp.
class GreyWall final : public Scene {
 public:
  explicit GreyWall(std::vector<Lamp> more = {}, bool moves = false) : more_(std::move(more)), moves_(moves) {}
  std::vector<Lamp> lamps(const Lamp& main) const override {
    std::vector<Lamp> all{main};
    all.insert(all.end(), more_.begin(), more_.end());
    return all;
  }
  Colour light(Point, double, const Palette& palette) const override {
    Colour sum = palette.surface(0, grey(kGrey));
    for (std::size_t i = 1; i <= more_.size(); ++i) sum = sum + palette.surface(i, grey(kGrey));
    return sum;
  }
  bool moves() const override { return moves_; }

 private:
  std::vector<Lamp> more_;
  bool moves_;
};

inline Lamp daylight(double lux = 1000) {
  const Illuminant d65 = parse_illuminant("D65");
  return {.name = d65.name, .spectrum = d65.spectrum, .lux = lux};
}

/// A window of the module's first mode that keeps its timing.
inline BenchSetup small_setup(std::string_view module,
                              std::shared_ptr<const Scene> scene = std::make_shared<GreyWall>(), int width = 64,
                              int height = 48) {
  BenchSetup setup{
      .module = load_module(module), .mode = {}, .scene = std::move(scene), .light = daylight(), .lens_position = {}};
  setup.mode = setup.module.sensor.modes.front();
  setup.mode.readout = Readout::bin;
  setup.mode.binning = setup.module.sensor.cell;
  setup.mode.width = width, setup.mode.height = height;
  return setup;
}

/// A camera on a clock of its own.
struct SmallCamera {
  explicit SmallCamera(BenchSetup setup, CameraOptions options = {})
      : mode(setup.mode),
        clock(std::make_shared<SimulatedClock>()),
        camera(std::move(setup), clock, std::move(options)) {}
  explicit SmallCamera(std::string_view module, CameraOptions options = {})
      : SmallCamera(small_setup(module), std::move(options)) {}

  hal::NextFrame next(double seconds = 10) {
    return camera.next(clock->now_ns() + static_cast<std::uint64_t>(1e9 * seconds));
  }
  /// The next frame, which must come.
  hal::RawFrame frame() {
    hal::NextFrame next_frame = next();
    REQUIRE(std::holds_alternative<hal::RawFrame>(next_frame));
    return std::get<hal::RawFrame>(std::move(next_frame));
  }
  /// Why no frame comes; a frame is a failure.
  hal::NoFrame no_frame(double seconds = 10) {
    const hal::NextFrame nothing = next(seconds);
    REQUIRE(std::holds_alternative<hal::NoFrame>(nothing));
    return std::get<hal::NoFrame>(nothing);
  }

  SensorMode mode;
  std::shared_ptr<SimulatedClock> clock;
  SimulatedCamera camera;
};

/// Mean of the greens of a row, DN above black.
inline double row_mean(const hal::RawFrame& frame, int y) {
  double sum = 0, count = 0;
  for (int x = 0; x < frame.raw.width; ++x)
    if (frame.monochrome || isp::quad_plane(frame.raw.phase, x & 1, y & 1) % 3 != 0)
      sum += hal::raw_sample(frame.raw, x, y) - frame.black[0], ++count;
  return sum / count;
}

}  // namespace sunny16::sim::test
