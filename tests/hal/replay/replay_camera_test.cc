#include "hal/replay/replay_camera.h"

#include <doctest/doctest.h>

#include <string>

#include "hal/api/raw_sample.h"
#include "sim/camera/simulated_clock.h"
#include "tests/temp_dir.h"

using namespace sunny16;
using hal::NoFrame;
using hal::RawFrame;
using hal::ReplayCamera;
using hal::Started;

namespace {

constexpr std::uint64_t kMillisecond = 1'000'000;

/// 4 x 2 samples of 8 bits, all the same.
void add_frame(const TempDir& dir, const std::string& name, char value, const std::string& size = "4x2") {
  dir.file(name, std::string(8, value));
  dir.file(name + ".json", R"({"raw_format": ")" + size + R"(:SRGGB8", "black": 16, "ExposureTime": 5000, )" +
                               R"("AnalogueGain": 2, "model": "recorded"})");
}

struct Replay {
  explicit Replay(const std::filesystem::path& folder, hal::ReplayOptions options = {})
      : clock(std::make_shared<sim::SimulatedClock>()), camera(folder, clock, options) {}

  hal::NextFrame next(std::uint64_t wait_ns = 1000 * kMillisecond) { return camera.next(clock->now_ns() + wait_ns); }
  RawFrame frame() {
    hal::NextFrame frame = next();
    REQUIRE(std::holds_alternative<RawFrame>(frame));
    return std::get<RawFrame>(std::move(frame));
  }

  std::shared_ptr<sim::SimulatedClock> clock;
  ReplayCamera camera;
};

std::string error_of(const std::filesystem::path& folder) {
  try {
    Replay replay(folder);
  } catch (const hal::InputError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("frames come in the order of their names, again and again, at the rate asked for") {
  const TempDir dir;
  add_frame(dir, "b.raw", 2), add_frame(dir, "a.raw", 1), add_frame(dir, "c.raw", 3);
  dir.file("a.jpg", "not a frame"), dir.file(".hidden", "nor this");
  for (const std::size_t memory : {std::size_t{0}, std::size_t{1} << 20}) {  // read at their time; kept
    CAPTURE(memory);
    Replay replay(dir.path(), {.frame_rate = 20, .memory = memory});
    CHECK(replay.camera.info().model == "recorded");
    CHECK(std::get<NoFrame>(replay.next()) == NoFrame::stopped);
    replay.clock->sleep_until(123 * kMillisecond);
    REQUIRE(replay.camera.start() == Started::running);
    for (std::uint64_t i = 0; i < 7; ++i) {
      const RawFrame frame = replay.frame();
      CHECK(hal::raw_sample(frame.raw, 0, 0) == i % 3 + 1);
      CHECK(frame.sequence == i);
      CHECK(frame.timestamp_ns == (123 + 50 * i) * kMillisecond);
      CHECK(replay.clock->now_ns() == frame.timestamp_ns + 50 * kMillisecond);
      CHECK(frame.applied.exposure_us == 5000);
      CHECK(frame.black[0] == 16);
    }
    replay.camera.stop();
    CHECK(std::get<NoFrame>(replay.next()) == NoFrame::stopped);
    REQUIRE(replay.camera.start() == Started::running);
    CHECK(replay.frame().sequence == 0);
  }
}

TEST_CASE("who is late loses the oldest frames; who asks early waits until the deadline") {
  const TempDir dir;
  add_frame(dir, "a.raw", 1), add_frame(dir, "b.raw", 2);
  Replay replay(dir.path(), {.frame_rate = 10});
  replay.camera.start();
  CHECK(std::get<NoFrame>(replay.next(99 * kMillisecond)) == NoFrame::time_out);
  CHECK(replay.clock->now_ns() == 99 * kMillisecond);
  CHECK(replay.frame().sequence == 0);
  replay.clock->sleep_until(1000 * kMillisecond);  // ten are made, the last four wait
  for (std::uint64_t sequence : {6, 7, 8, 9, 10}) {
    const RawFrame frame = replay.frame();
    CHECK(frame.sequence == sequence);
    CHECK(hal::raw_sample(frame.raw, 0, 0) == sequence % 2 + 1);
  }
}

TEST_CASE("what was recorded cannot be changed, but commands are counted") {
  const TempDir dir;
  add_frame(dir, "a.raw", 1);
  Replay replay(dir.path());
  CHECK(replay.camera.limits().exposure_us.minimum == 5000);
  CHECK(replay.camera.limits().exposure_us.maximum == 5000);
  CHECK(replay.camera.limits().analogue_gain.maximum == 2);
  const hal::Ticket ticket = replay.camera.submit({.exposure_us = 1});
  replay.camera.start();
  const RawFrame frame = replay.frame();
  CHECK(frame.ticket == ticket);
  CHECK(frame.applied.exposure_us == 5000);
  CHECK(replay.camera.submit({}) > ticket);

  hal::SensorMode mode = replay.camera.mode();
  CHECK(replay.camera.modes().size() == 1);
  CHECK_FALSE(replay.camera.select(mode));  // it is running
  replay.camera.stop();
  CHECK(replay.camera.select(mode));
  mode.width = 8;
  CHECK_FALSE(replay.camera.select(mode));
}

TEST_CASE("a file that goes away while frames are read is a lost frame") {
  const TempDir dir;
  add_frame(dir, "a.raw", 1), add_frame(dir, "b.raw", 2), add_frame(dir, "c.raw", 3);
  Replay replay(dir.path(), {.memory = 0});
  replay.camera.start();
  std::filesystem::remove(dir / "b.raw");
  CHECK(replay.frame().sequence == 0);
  CHECK(replay.frame().sequence == 2);
}

TEST_CASE("folders that cannot be played say why") {
  const TempDir dir;
  CHECK(error_of(dir / "absent").find("absent: No such file") != std::string::npos);
  CHECK(error_of(dir.path()).find("found no frame, allowed DNG, PNG and raw files") != std::string::npos);
  CHECK(error_of(dir.file("file", "x")).find("Not a directory") != std::string::npos);
  CHECK(error_of(dir.path()).find("file: ") != std::string::npos);  // it is no frame
  std::filesystem::remove(dir / "file");
  add_frame(dir, "a.raw", 1), add_frame(dir, "b.raw", 2, "2x4");
  const std::string mixed = error_of(dir.path());
  CHECK(mixed.find("b.raw: found 2x4 of 8 bits") != std::string::npos);
  CHECK(mixed.find("a.raw 4x2 of 8 bits") != std::string::npos);
}
