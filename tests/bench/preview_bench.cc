// What a live preview costs: 1080p raw frames, rendered beforehand, through the line and the JPEG encoder; then the
// same at 30 frames a second while pictures are taken.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>

#include "firmware/capture/camera_session.h"
#include "hal/api/steady_clock.h"
#include "sim/camera/simulated_camera.h"
#include "sim/camera/simulated_clock.h"
#include "sim/light/illuminant.h"
#include "sim/scene/catalogue.h"
#include "sim/sensor/module_file.h"
#include "tests/temp_dir.h"

namespace sunny16 {
namespace {

constexpr int kRing = 32, kWidth = 1920, kHeight = 1080;

/// Frames of a simulated camera, handed out again and again: at a rate, or as fast as they are taken.
class RingCamera final : public hal::Camera {
 public:
  RingCamera(std::vector<hal::RawFrame> frames, double fps) : frames_(std::move(frames)), fps_(fps) {}
  hal::Started start() override {
    began_ns_ = clock_.now_ns(), sequence_ = 0;
    return hal::Started::running;
  }
  void stop() override {}
  hal::NextFrame next(std::uint64_t) override {
    std::uint64_t sequence = sequence_++;
    if (fps_ > 0) {
      const auto period_ns = static_cast<std::uint64_t>(1e9 / fps_);
      // Four buffers: who is later than that loses frames.
      const std::uint64_t now = (clock_.now_ns() - began_ns_) / period_ns;
      if (now > sequence + 4) sequence_ = (sequence = now) + 1;
      clock_.sleep_until(began_ns_ + (sequence + 1) * period_ns);
    }
    hal::RawFrame frame = frames_[sequence % frames_.size()];
    frame.sequence = sequence;
    frame.timestamp_ns = clock_.now_ns();
    return frame;
  }
  hal::CameraInfo info() const override { return {"ring", "imx708", 0}; }
  std::vector<hal::SensorMode> modes() const override { return {mode()}; }
  hal::SensorMode mode() const override {
    return {
        .width = kWidth, .height = kHeight, .bits = 10, .packing = isp::Packing::u16, .frame_duration_us = {1e4, 1e6}};
  }
  bool select(const hal::SensorMode&) override { return true; }
  hal::SensorLimits limits() const override {
    return {.exposure_us = {10, 1e6}, .analogue_gain = {1, 16}, .frame_duration_us = {1e4, 1e6}, .lens_position = {}};
  }
  hal::Ticket submit(const hal::SensorSettings&) override { return ++tickets_; }

 private:
  std::vector<hal::RawFrame> frames_;
  double fps_;
  hal::SteadyClock clock_;
  std::uint64_t began_ns_ = 0, sequence_ = 0;
  hal::Ticket tickets_ = 0;
};

class Viewer final : public firmware::SessionListener {
 public:
  void on_preview(std::shared_ptr<const firmware::PreviewFrame> frame) override {
    ++pictures, bytes += static_cast<double>(frame->jpeg.size());
  }
  void on_event(const firmware::SessionEvent&) override {}
  std::atomic<int> pictures{0};
  std::atomic<double> bytes{0};
};

std::vector<hal::RawFrame> rendered() {
  const auto clock = std::make_shared<sim::SimulatedClock>();
  sim::BenchSetup setup{.module = sim::load_module("imx708"), .light = {}};
  setup.mode = setup.module.sensor.modes.front();
  setup.mode.width = kWidth, setup.mode.height = kHeight;
  setup.scene = sim::make_scene("still-life");
  const sim::Illuminant light = sim::parse_illuminant("D50");
  setup.light = {.name = light.name, .spectrum = light.spectrum, .lux = 400};
  sim::SimulatedCamera camera(setup, clock, {.threads = 2});
  camera.start();
  std::vector<hal::RawFrame> frames;
  while (frames.size() < kRing) {
    hal::NextFrame next = camera.next(~std::uint64_t{0});
    hal::RawFrame& frame = std::get<hal::RawFrame>(next);
    frame.own({frame.raw.bytes.begin(), frame.raw.bytes.end()});
    frames.push_back(std::move(frame));
  }
  return frames;
}

struct Run {
  double fps, line_ms, encode_ms, lost, picture_kib;
};

Run run(const std::vector<hal::RawFrame>& frames, double fps, double seconds, bool full, bool captures) {
  const TempDir dir;
  firmware::CaptureLibrary library({.folder = dir.path() / "captures", .reserve_bytes = 0, .boot_id = {}});
  Viewer viewer;
  firmware::SessionOptions options;
  options.full_preview = full;
  firmware::CameraSession session(std::make_unique<RingCamera>(frames, fps), std::make_shared<hal::SteadyClock>(), {},
                                  library, viewer, options);
  session.set_viewers(1);
  std::thread thread([&] { session.run(); });
  while (viewer.pictures < 30) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  const int before = viewer.pictures;
  const double lost_before = session.status().frames_lost;
  const auto begin = std::chrono::steady_clock::now();
  const auto passed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(); };
  for (double next = 1; passed() < seconds; next += 2) {
    while (passed() < std::min(next, seconds)) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    if (captures && passed() < seconds) session.start_capture({});
  }
  const double rate = (viewer.pictures - before) / passed();
  const firmware::SessionStatus status = session.status();
  session.stop();
  thread.join();
  return {rate, status.line_ms, status.encode_ms, status.frames_lost - lost_before,
          viewer.bytes / viewer.pictures / 1024};
}

/// From the wish to see a picture to having it, at 30 frames a second, when nobody looked before: ms, worst of some.
double snapshot_ms(const std::vector<hal::RawFrame>& frames) {
  const TempDir dir;
  firmware::CaptureLibrary library({.folder = dir.path() / "captures", .reserve_bytes = 0, .boot_id = {}});
  Viewer viewer;
  firmware::CameraSession session(std::make_unique<RingCamera>(frames, 30), std::make_shared<hal::SteadyClock>(), {},
                                  library, viewer);
  std::thread thread([&] { session.run(); });
  double worst = 0;
  for (int i = 0; i < 20; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(150 + 7 * i));
    const int before = viewer.pictures;
    const auto begin = std::chrono::steady_clock::now();
    session.set_viewers(1);
    while (viewer.pictures == before) std::this_thread::sleep_for(std::chrono::microseconds(200));
    const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - begin;
    session.set_viewers(0);
    worst = std::max(worst, spent.count());
  }
  session.stop();
  thread.join();
  return worst;
}

}  // namespace
}  // namespace sunny16

int main() {
  using namespace sunny16;
  std::printf("rendering %d frames of %d x %d\n", kRing, kWidth, kHeight);
  const auto frames = rendered();
  for (const bool full : {true, false}) {
    const Run fast = run(frames, 0, 5, full, false);
    std::printf("%-4s line: %5.1f frames/s, line %.1f ms (%.0f %% of a frame), JPEG %.1f ms, %.0f KiB a picture\n",
                full ? "full" : "lite", fast.fps, fast.line_ms, 100 * fast.line_ms * fast.fps / 1000, fast.encode_ms,
                fast.picture_kib);
  }
  const Run busy = run(frames, 30, 10, true, true);
  std::printf("at 30 frames/s with a capture every 2 s: %.1f frames/s, %.0f frames lost\n", busy.fps, busy.lost);
  std::printf("from a request to its picture at 30 frames/s: %.0f ms at worst (a frame lasts 33)\n",
              snapshot_ms(frames));
}
