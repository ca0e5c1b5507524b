#include "sim/camera/simulated_camera.h"

#include <thread>

#include "hal/api/steady_clock.h"
#include "sim/light/simulation_error.h"
#include "tests/sim/camera/small_camera.h"

namespace sunny16::sim {
namespace {

using test::SmallCamera;

std::vector<std::byte> bytes_of(const hal::RawFrame& frame) { return {frame.raw.bytes.begin(), frame.raw.bytes.end()}; }

TEST_CASE("A command shows as many frames later as there are buffers and the control has delay") {
  for (const std::string_view module : {"imx219", "imx477", "imx708", "imx296"})
    for (int buffers = 2; buffers <= 6; ++buffers) {
      CAPTURE(module);
      CAPTURE(buffers);
      SmallCamera small(test::small_setup(module, std::make_shared<test::GreyWall>(), 16, 12),
                        {.buffers = buffers, .first = {.exposure_us = 5000, .analogue_gain = 1.5}});
      REQUIRE(small.camera.start() == hal::Started::running);
      for (int i = 0; i < 3; ++i) small.frame();
      const std::uint64_t asked = small.frame().sequence;
      const hal::Range longer{2e5, 2e5};
      const hal::Ticket ticket = small.camera.submit(
          {.exposure_us = 8000, .analogue_gain = 3, .frame_duration_us = longer, .lens_position = 1.2});
      const SensorModel sensor = load_module(module).sensor;
      for (int i = 1; i < buffers + 6; ++i) {
        const hal::RawFrame frame = small.frame();
        REQUIRE(frame.sequence == asked + static_cast<std::uint64_t>(i));
        const int since_taken_up = i - buffers;
        CAPTURE(since_taken_up);
        CHECK((frame.ticket == ticket) == (since_taken_up >= 0));
        CHECK((*frame.applied.exposure_us > 6500) == (since_taken_up >= sensor.exposure_delay_frames));
        CHECK((*frame.applied.analogue_gain > 2) == (since_taken_up >= sensor.gain_delay_frames));
        CHECK((*frame.applied.frame_duration_us > 199e3) == (since_taken_up >= sensor.frame_length_delay_frames));
        if (frame.applied.lens_position) CHECK((*frame.applied.lens_position > 1.1) == (since_taken_up >= 1));
      }
    }
}

TEST_CASE("Before the start a command applies from the first frame on") {
  SmallCamera small("imx708");
  const hal::Ticket ticket = small.camera.submit({.exposure_us = 3000, .analogue_gain = 4, .lens_position = 2});
  REQUIRE(small.camera.start() == hal::Started::running);
  const hal::RawFrame frame = small.frame();
  CHECK(frame.ticket == ticket);
  CHECK(*frame.applied.exposure_us == doctest::Approx(3000).epsilon(0.003));
  CHECK(*frame.applied.analogue_gain == doctest::Approx(4).epsilon(0.01));
  CHECK(*frame.applied.lens_position == doctest::Approx(2).epsilon(0.01));
}

TEST_CASE("Samples are those of the settings that the frame says") {
  SmallCamera small("imx477", {.first = {.exposure_us = 2000, .analogue_gain = 1}});
  REQUIRE(small.camera.start() == hal::Started::running);
  small.camera.submit({.exposure_us = 4000, .analogue_gain = 2});
  std::vector<double> per_unit;
  for (int i = 0; i < 9; ++i) {
    const hal::RawFrame frame = small.frame();
    double sum = 0;
    for (int y = 0; y < frame.raw.height; ++y) sum += test::row_mean(frame, y) / frame.raw.height;
    per_unit.push_back(sum / (*frame.applied.exposure_us * *frame.applied.analogue_gain));
  }
  for (const double v : per_unit) CHECK(v == doctest::Approx(per_unit.front()).epsilon(0.02));
}

TEST_CASE("A week keeps its time: frames follow each other without an error that adds up") {
  SmallCamera small(test::small_setup("imx219", std::make_shared<test::GreyWall>(), 2, 2));
  REQUIRE(small.camera.start() == hal::Started::running);
  const hal::RawFrame first = small.frame();
  const auto line_ps = static_cast<std::uint64_t>(1e6 * small.mode.line_time_us + 0.5);
  const auto lines = static_cast<std::uint64_t>(small.mode.frame_lines);
  constexpr std::uint64_t kHour = 3600'000'000'000;
  for (int hour = 1; hour <= 7 * 24; hour += 12) {
    small.clock->sleep_until(hour * kHour);
    hal::RawFrame frame;
    do frame = small.frame();
    while (small.clock->now_ns() - frame.timestamp_ns > 1'000'000'000);  // those that were waiting
    const std::uint64_t since = frame.timestamp_ns - first.timestamp_ns;
    const std::uint64_t due = (frame.sequence - first.sequence) * lines * line_ps / 1000;
    CHECK(since >= due - 1);
    CHECK(since <= due + 1);
  }
}

TEST_CASE("A frame comes when its last row was read; its time is when the first row's exposure began") {
  SmallCamera small("imx219", {.first = {.exposure_us = 5000, .analogue_gain = 1}});
  small.clock->sleep_until(1'000'000'000);
  REQUIRE(small.camera.start() == hal::Started::running);
  const hal::RawFrame frame = small.frame();
  const double line_ns = 1e3 * small.mode.line_time_us;
  const double read_ns = 1e9 + line_ns * small.mode.frame_lines;
  CHECK(static_cast<double>(frame.timestamp_ns) ==
        doctest::Approx(read_ns - 1e3 * *frame.applied.exposure_us).epsilon(1e-9));
  CHECK(static_cast<double>(small.clock->now_ns()) ==
        doctest::Approx(read_ns + line_ns * small.mode.height).epsilon(1e-9));
}

TEST_CASE("Long exposures stretch frames, within the frame duration's limits") {
  SmallCamera small("imx219");
  small.camera.submit({.exposure_us = 200e3, .frame_duration_us = hal::Range{0, 1e6}});
  REQUIRE(small.camera.start() == hal::Started::running);
  const hal::RawFrame slow = small.frame();
  CHECK(*slow.applied.exposure_us == doctest::Approx(200e3).epsilon(1e-3));
  CHECK(*slow.applied.frame_duration_us > 200e3);
  CHECK(static_cast<double>(small.frame().timestamp_ns - slow.timestamp_ns) ==
        doctest::Approx(1e3 * *slow.applied.frame_duration_us).epsilon(1e-6));

  SmallCamera limited("imx219");
  limited.camera.submit({.exposure_us = 200e3, .frame_duration_us = hal::Range{50e3, 100e3}});
  REQUIRE(limited.camera.start() == hal::Started::running);
  const hal::RawFrame frame = limited.frame();
  CHECK(*frame.applied.exposure_us < 100e3);
  CHECK(*frame.applied.exposure_us == doctest::Approx(100e3).epsilon(0.01));
  CHECK(*frame.applied.frame_duration_us <= 100e3);
}

TEST_CASE("Frames that nobody takes are lost when the buffers are full, and the sequence shows it") {
  SmallCamera small("imx219", {.buffers = 3});
  REQUIRE(small.camera.start() == hal::Started::running);
  CHECK(small.frame().sequence == 0);
  small.clock->sleep_until(small.clock->now_ns() + 2'000'000'000);
  const std::uint64_t slept_until = small.clock->now_ns();
  CHECK(small.frame().sequence == 1);  // two buffers were still with the camera
  CHECK(small.frame().sequence == 2);
  CHECK(small.clock->now_ns() == slept_until);
  const hal::RawFrame frame = small.frame();
  CHECK(frame.sequence > 30);
  CHECK(small.frame().sequence == frame.sequence + 1);
}

TEST_CASE("A frame that is held keeps its buffer; without buffers there are no frames") {
  SmallCamera small("imx219", {.buffers = 2});
  REQUIRE(small.camera.start() == hal::Started::running);
  std::vector<hal::RawFrame> held{small.frame(), small.frame()};
  CHECK(small.no_frame(1) == hal::NoFrame::time_out);
  held.pop_back();
  CHECK(small.frame().sequence > 2);
  small.camera.stop();
  REQUIRE(small.camera.start() == hal::Started::running);
  CHECK(small.frame().sequence == 0);  // one buffer is enough to go on with
}

TEST_CASE("The same commands at the same times give the same bytes, with any number of threads") {
  const auto run = [](int threads, std::uint64_t seed) {
    SmallCamera small(test::small_setup("imx708", std::make_shared<test::GreyWall>(
                                                      std::vector<Lamp>{{.name = "tube",
                                                                         .spectrum = test::daylight().spectrum,
                                                                         .lux = 300,
                                                                         .flicker = Flicker::sine,
                                                                         .modulation = 0.8}})),
                      {.seed = seed, .threads = threads});
    REQUIRE(small.camera.start() == hal::Started::running);
    std::vector<std::vector<std::byte>> frames;
    for (int i = 0; i < 8; ++i) {
      if (i == 1) small.camera.submit({.exposure_us = 3000, .analogue_gain = 8, .lens_position = 1});
      frames.push_back(bytes_of(small.frame()));
    }
    return frames;
  };
  const auto once = run(1, 1);
  CHECK(once[0] != once[1]);
  CHECK(once == run(1, 1));
  CHECK(once == run(2, 1));
  CHECK(once == run(7, 1));
  CHECK(once != run(1, 2));
}

TEST_CASE("Packed frames hold the same samples, in rows as the receiver aligns them") {
  SmallCamera plain("imx708"), packed("imx708", {.packing = isp::Packing::csi2_10});
  REQUIRE(plain.camera.start() == hal::Started::running);
  REQUIRE(packed.camera.start() == hal::Started::running);
  const hal::RawFrame a = plain.frame(), b = packed.frame();
  REQUIRE(b.raw.valid());
  CHECK(b.raw.packing == isp::Packing::csi2_10);
  CHECK(b.raw.stride % 64 == 0);
  for (int y = 0; y < a.raw.height; ++y)
    for (int x = 0; x < a.raw.width; ++x) CHECK_EQ(hal::raw_sample(a.raw, x, y), hal::raw_sample(b.raw, x, y));
  for (const hal::SensorMode& mode : packed.camera.modes()) CHECK(mode.packing == isp::Packing::csi2_10);
}

TEST_CASE("Modes and limits are the sensor's") {
  SmallCamera small("imx477");
  const SensorModel sensor = load_module("imx477").sensor;
  REQUIRE(small.camera.modes().size() == sensor.modes.size());
  CHECK(small.camera.modes()[0].width == 4056);
  CHECK(small.camera.modes()[0].bits == 12);
  const hal::SensorLimits limits = small.camera.limits();
  CHECK(limits.analogue_gain.minimum == 1);
  CHECK(limits.analogue_gain.maximum > 16);
  CHECK(limits.exposure_us.maximum < limits.frame_duration_us.maximum);
}

TEST_CASE("States: not started, stopped, started again") {
  SmallCamera small("imx219");
  CHECK(small.no_frame() == hal::NoFrame::stopped);
  REQUIRE(small.camera.start() == hal::Started::running);
  REQUIRE(small.camera.start() == hal::Started::running);  // runs on
  CHECK(small.no_frame(1e-3) == hal::NoFrame::time_out);
  CHECK(small.frame().sequence == 0);
  small.camera.stop();
  CHECK(small.no_frame() == hal::NoFrame::stopped);
  REQUIRE(small.camera.start() == hal::Started::running);
  CHECK(small.frame().sequence == 0);
}

TEST_CASE("A stopped camera changes its mode, and keeps its settings") {
  SmallCamera small("imx219");
  const std::vector<hal::SensorMode> modes = small.camera.modes();
  REQUIRE(modes.size() > 1);
  small.camera.submit({.exposure_us = 5000});
  REQUIRE(small.camera.start() == hal::Started::running);
  CHECK_FALSE(small.camera.select(modes.back()));
  small.camera.stop();
  CHECK_FALSE(small.camera.select({.width = 7, .height = 7}));
  REQUIRE(small.camera.select(modes.back()));
  CHECK(small.camera.mode().width == modes.back().width);
  REQUIRE(small.camera.start() == hal::Started::running);
  const hal::RawFrame frame = small.frame();
  CHECK(frame.raw.width == modes.back().width);
  CHECK(*frame.applied.exposure_us == doctest::Approx(5000).epsilon(0.01));
}

TEST_CASE("On the wall clock frames take their time, and another thread may command and stop") {
  const auto clock = std::make_shared<hal::SteadyClock>();
  SimulatedCamera camera(test::small_setup("imx219"), clock, {});
  REQUIRE(camera.start() == hal::Started::running);
  const std::uint64_t begin = clock->now_ns();
  int frames = 0;
  {
    const std::jthread other([&] {
      camera.submit({.exposure_us = 1000});
      clock->sleep_until(begin + 300'000'000);
      camera.stop();
    });
    while (std::holds_alternative<hal::RawFrame>(camera.next(clock->now_ns() + 1'000'000'000))) ++frames;
  }
  CHECK(frames >= 1);
  CHECK(frames <= 7);  // 21 a second
}

TEST_CASE("Impossible cameras are refused") {
  const auto clock = std::make_shared<SimulatedClock>();
  const auto make = [&](CameraOptions options) {
    SimulatedCamera(test::small_setup("imx477"), clock, std::move(options));
  };
  CHECK_THROWS_WITH_AS(make({.buffers = 1}), "buffers: found 1, allowed 2 to 6", SimulationError);
  CHECK_THROWS_WITH_AS(make({.buffers = 7}), "buffers: found 7, allowed 2 to 6", SimulationError);
  CHECK_THROWS_WITH_AS(make({.packing = isp::Packing::csi2_10}),
                       "packing: found 10 bits, allowed 12 or more in this mode", SimulationError);
}

}  // namespace
}  // namespace sunny16::sim
