// Lamps on the mains in the loop with simulated cameras: found by themselves, and no bands where one period fits.
#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "sim/scene/catalogue.h"
#include "tests/firmware/control/rig.h"

namespace sunny16::firmware {
namespace {

using test::Rig;
using test::Turn;

using Profile = std::vector<double>;

Profile rows_of(const Turn& turn) {
  Profile rows;
  for (const isp::Statistics::Sum& band : turn.statistics.rows) rows.push_back(band.mean() / turn.raw_luma());
  return rows;
}

/// Peak to peak of the wave at a frequency by which rows differ from those under a steady lamp.
double banding(const Profile& rows, const Profile& steady, double height_s, double hz) {
  std::complex<double> wave;
  double count = 0;
  for (std::size_t band = 0; band < rows.size(); ++band) {
    if (steady[band] <= 0) continue;
    const double time_s = height_s * (static_cast<double>(band) + 0.5) / static_cast<double>(rows.size());
    wave += std::polar(rows[band] / steady[band] - 1, -2 * std::numbers::pi * hz * time_s);
    ++count;
  }
  return 2 * 2 * std::abs(wave) / count;
}

/// A strip of an even wall, as high as the mode, under a lamp on the mains.
sim::BenchSetup wall(std::string_view module, std::size_t mode, double lux, double mains_hz) {
  auto scene = std::make_shared<test::Relit>(std::make_unique<sim::test::GreyWall>(), [mains_hz](sim::Lamp& lamp) {
    lamp.flicker = mains_hz > 0 ? sim::Flicker::sine : sim::Flicker::none;
    lamp.flicker_hz = 2 * mains_hz, lamp.modulation = 0.5;
  });
  auto setup = sim::test::small_setup(module, std::move(scene));
  setup.mode = setup.module.sensor.modes[mode];
  setup.mode.width = 16;
  setup.light = sim::test::daylight(lux);
  return setup;
}

Controls with_frames_of(double frame_us) {
  Controls controls;
  controls.af_mode = AfMode::manual;
  controls.frame_duration_limits = {frame_us, 0};
  return controls;
}

/// The mean of the last frames under a steady lamp.
Profile steady_rows(sim::BenchSetup setup, const Controls& controls) {
  constexpr int kFrames = 8;
  Rig rig(std::move(setup));
  rig.set(controls);
  rig.settle(12);
  Profile mean;
  for (int i = 0; i < kFrames; ++i) {
    const Profile rows = rows_of(rig.turn());
    mean.resize(rows.size());
    for (std::size_t band = 0; band < rows.size(); ++band) mean[band] += rows[band] / kFrames;
  }
  return mean;
}

struct Seen {
  int found_in = -1;  ///< frame
  double period_us = 0, exposure_us = 0, banding = 0;
  bool avoided = false;
};

/// The last of some frames, and the worst banding of the last ten.
Seen look(sim::BenchSetup setup, const Controls& controls, const Profile& steady, double hz) {
  constexpr int kFrames = 45;
  const double height_s = 1e-6 * setup.mode.line_time_us * setup.mode.height;
  Rig rig(std::move(setup));
  rig.set(controls);
  Seen seen;
  for (int i = 0; i < kFrames; ++i) {
    const Turn turn = rig.turn();
    seen.period_us = turn.metadata.ae_flicker_detected;
    seen.avoided = turn.metadata.ae_flicker_avoided;
    seen.exposure_us = turn.exposure_us();
    if (seen.found_in < 0 && seen.period_us > 0) seen.found_in = i;
    if (i >= kFrames - 10) seen.banding = std::max(seen.banding, banding(rows_of(turn), steady, height_s, hz));
  }
  return seen;
}

TEST_CASE("Mains are found by themselves, and leave bands below 1 % where one period fits") {
  struct Case {
    std::string_view module;
    std::size_t mode;
    double frame_us;  ///< shortest; 0: as fast as the mode
    double lux;
  };
  // At 30 frames/s the bands of 60 Hz mains stand still; at 10 frames/s, both.
  for (const Case& c : {Case{"imx219", 2, 0, 400}, Case{"imx219", 3, 1e6 / 30, 1800}, Case{"imx477", 0, 0, 800},
                        Case{"imx477", 3, 0, 2600}, Case{"imx708", 0, 1e6 / 30, 1400}, Case{"imx708", 2, 0, 100}}) {
    const Controls controls = with_frames_of(c.frame_us);
    const Profile steady = steady_rows(wall(c.module, c.mode, c.lux, 0), controls);
    for (const double mains_hz : {50.0, 60.0}) {
      CAPTURE(c.module);
      CAPTURE(c.mode);
      CAPTURE(mains_hz);
      const Seen seen = look(wall(c.module, c.mode, c.lux, mains_hz), controls, steady, 2 * mains_hz);
      MESSAGE(seen.exposure_us << " us, found in frame " << seen.found_in << ", bands " << 100 * seen.banding << " %");
      CHECK(seen.period_us == doctest::Approx(1e6 / (2 * mains_hz)));
      CHECK(seen.avoided);
      CHECK(seen.banding < 0.01);
    }
  }
}

TEST_CASE("Light too bright for a period: it is said") {
  const Profile steady = steady_rows(wall("imx708", 0, 20000, 0), with_frames_of(0));
  for (const double mains_hz : {50.0, 60.0}) {
    const Seen seen = look(wall("imx708", 0, 20000, mains_hz), with_frames_of(0), steady, 2 * mains_hz);
    CHECK(seen.period_us == doctest::Approx(1e6 / (2 * mains_hz)));
    CHECK(seen.exposure_us < 5000);
    CHECK_FALSE(seen.avoided);
    CHECK(seen.banding > 0.1);
  }
}

TEST_CASE("Daylight, movement, a hand's shake and other rates do not flicker with the mains") {
  const auto never = [](std::string_view what, sim::BenchSetup setup) {
    CAPTURE(what);
    Rig rig(std::move(setup));
    rig.set(with_frames_of(0));
    for (int i = 0; i < 60; ++i) CHECK(rig.turn().metadata.ae_flicker_detected == 0);
  };
  never("daylight", wall("imx708", 0, 300, 0));
  never("110 Hz", wall("imx708", 0, 300, 55));
  for (const std::string_view sequence : {"hand-shake", "pan", "moving-objects"}) {
    auto setup = wall("imx708", 0, 300, 0);
    setup.scene = sim::make_sequence(sequence, sim::make_scene("still-life"));
    never(sequence, std::move(setup));
  }
}

}  // namespace
}  // namespace sunny16::firmware
