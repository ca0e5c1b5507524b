// A camera session on a simulated camera and its clock, with everything that it says.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "firmware/capture/camera_session.h"
#include "tests/sim/camera/small_camera.h"
#include "tests/temp_dir.h"

namespace sunny16::firmware::test {

/// Time passes in small steps, so that somebody can look while another sleeps.
class SteppedClock final : public hal::Clock {
 public:
  std::uint64_t now_ns() const override { return clock_.now_ns(); }
  void sleep_until(std::uint64_t time_ns) override {
    constexpr std::uint64_t kStep = 50'000'000;
    while (clock_.now_ns() < time_ns) {
      clock_.sleep_until(std::min(time_ns, clock_.now_ns() + kStep));
      if (on_step) on_step();
    }
  }
  double seconds() const { return 1e-9 * static_cast<double>(now_ns()); }

  std::function<void()> on_step;

 private:
  sim::SimulatedClock clock_;
};

struct HeardEvent {
  double at_s;
  SessionEvent event;
};

class Ear final : public SessionListener {
 public:
  explicit Ear(const SteppedClock& clock) : clock_(clock) {}
  void on_preview(std::shared_ptr<const PreviewFrame> frame) override {
    const std::lock_guard lock(mutex_);
    ++previews_;
    last_preview_ = std::move(frame);
  }
  void on_event(const SessionEvent& event) override {
    if (event.type == "statistics") return;  // too many to remember
    const std::lock_guard lock(mutex_);
    events_.push_back({clock_.seconds(), event});
  }

  int previews() const {
    const std::lock_guard lock(mutex_);
    return previews_;
  }
  std::shared_ptr<const PreviewFrame> last_preview() const {
    const std::lock_guard lock(mutex_);
    return last_preview_;
  }
  /// When an event of a type that says `word` was heard first; -1: never.
  double heard(const std::string& type, const std::string& word) const {
    const std::lock_guard lock(mutex_);
    for (const auto& [at_s, event] : events_)
      if (event.type == type && event.data.dump().find(word) != std::string::npos) return at_s;
    return -1;
  }
  int count(const std::string& type) const {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(
        std::ranges::count_if(events_, [&](const HeardEvent& heard) { return heard.event.type == type; }));
  }

 private:
  const SteppedClock& clock_;
  mutable std::mutex mutex_;
  int previews_ = 0;
  std::shared_ptr<const PreviewFrame> last_preview_;
  std::vector<HeardEvent> events_;
};

inline sim::CameraOptions with_faults(const std::string& events) {
  sim::CameraOptions options;
  options.faults = sim::parse_fault_script(R"({"faults": [)" + events + "]}", "test");
  return options;
}

/// imx219 at 21 frames a second before a grey wall, in a window of 64 x 48.
struct SessionRig {
  /// `wrap` may put another camera around the simulated one.
  using Wrap = std::function<std::unique_ptr<hal::Camera>(std::unique_ptr<hal::Camera>)>;

  explicit SessionRig(sim::CameraOptions camera_options = {}, Wrap wrap = {},
                      sim::BenchSetup setup = sim::test::small_setup("imx219"), SessionOptions options = {},
                      CameraTuning tuning = {}, double reserve_bytes = 0)
      : library({.folder = dir / "captures", .reserve_bytes = reserve_bytes, .boot_id = "0123abcd"}) {
    auto camera = sim::open_simulated_camera(std::move(setup), clock, std::move(camera_options));
    if (wrap) camera = wrap(std::move(camera));
    options.threads = 1;
    options.time_of_day = [this] { return unix_time + clock->seconds(); };
    session = std::make_unique<CameraSession>(std::move(camera), clock, std::move(tuning), library, ear, options);
  }

  /// Rounds until it is so, or for some seconds of the clock. Whether it became so.
  bool run_until(const std::function<bool()>& so, double seconds = 10) {
    const double end = clock->seconds() + seconds;
    while (!so()) {
      if (clock->seconds() >= end) return false;
      session->turn();
    }
    return true;
  }
  void run_for(double seconds) {
    run_until([] { return false; }, seconds);
  }
  bool running() const { return session->status().state == CameraState::running; }
  void start() {
    REQUIRE(run_until([&] { return running(); }));
  }
  double frames() const { return session->status().frames; }
  bool has_problem(const std::string& code) const {
    const auto problems = session->status().problems;
    return std::ranges::find(problems, code, &Problem::code) != problems.end();
  }

  /// Rounds until a capture is over; the disk's thread gets real time.
  CaptureInfo finish(const std::string& id) {
    for (int i = 0; i < 3000; ++i) {
      const auto captures = session->captures();
      const auto found = std::ranges::find(captures, id, &CaptureInfo::id);
      REQUIRE(found != captures.end());
      if (found->state != CaptureState::queued && found->state != CaptureState::running) return *found;
      session->turn();
      if (i > 100) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    FAIL("the capture does not end");
    return {};
  }

  TempDir dir;
  std::shared_ptr<SteppedClock> clock = std::make_shared<SteppedClock>();
  Ear ear{*clock};
  double unix_time = 1.79e9;
  CaptureLibrary library;
  std::unique_ptr<CameraSession> session;
};

}  // namespace sunny16::firmware::test
