#include "firmware/capture/camera_link.h"

#include <algorithm>
#include <utility>

#include "firmware/tuning/described_json.h"

namespace sunny16::firmware {
namespace {

/// How long a round waits at most, so that orders from other threads are heard.
constexpr std::uint64_t kSliceNs = 100'000'000;
/// Looking for a camera that was never there wakes drivers, which may take this long; and it is no work for each
/// moment.
constexpr std::uint64_t kLookNs = 3'000'000'000, kLookAgainNs = 2'000'000'000;
/// Frames after which a command has certainly shown: a queue of six buffers and a sensor's delay.
constexpr int kCommandFrames = 10;

constexpr const char* kNoFrames = "camera.no_frames";
constexpr const char* kDisconnected = "camera.disconnected";
constexpr const char* kBusy = "camera.busy";
constexpr const char* kNoMemory = "camera.no_memory";
constexpr const char* kStalled = "camera.stalled";

std::string seconds(std::uint64_t ns) {
  const std::uint64_t tenths = ns / 100'000'000;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

std::uint64_t nanoseconds(double microseconds) {
  return microseconds > 0 && microseconds < 1e12 ? static_cast<std::uint64_t>(1000 * microseconds) : 0;
}

}  // namespace

CameraLink::CameraLink(std::unique_ptr<hal::Camera> camera, std::shared_ptr<hal::Clock> clock, LinkTiming timing,
                       ProblemList& problems, SessionListener& listener, std::function<void()> before_start)
    : camera_(std::move(camera)),
      clock_(std::move(clock)),
      timing_(timing),
      problems_(problems),
      listener_(listener),
      before_start_(std::move(before_start)) {}

/// A call of the driver, which another thread may find late.
template <class F>
auto CameraLink::call(const char* name, std::uint64_t due_ns, F&& f) {
  const auto set = [this](Call now) {
    const std::lock_guard lock(mutex_);
    call_ = now;
  };
  struct Ended {
    decltype(set)& done;
    ProblemList& problems;
    ~Ended() { done({}), problems.resolve(kStalled); }
  };
  set({name, due_ns});
  const Ended ended{set, problems_};
  return f();
}

std::uint64_t CameraLink::late_ns() const {
  const std::lock_guard lock(mutex_);
  const std::uint64_t now = clock_->now_ns();
  return call_.name && now > call_.due_ns ? now - call_.due_ns : 0;
}

void CameraLink::supervise() {
  const std::uint64_t late = late_ns();
  if (late <= timing_.stalled) return;
  std::string name;
  {
    const std::lock_guard lock(mutex_);
    if (!call_.name) return;
    name = call_.name;
  }
  problems_.raise(kStalled, "camera: " + name + "() of its driver has not returned for " + seconds(late));
}

bool CameraLink::healthy() const { return late_ns() < timing_.hopeless; }

CameraState CameraLink::state() const {
  if (late_ns() > timing_.stalled) return CameraState::stalled;
  const std::lock_guard lock(mutex_);
  return state_;
}

LinkCounters CameraLink::counters() const {
  const std::lock_guard lock(mutex_);
  return counters_;
}

void CameraLink::enter(CameraState state) {
  {
    const std::lock_guard lock(mutex_);
    if (state_ == state) return;
    state_ = state;
  }
  const auto name = to_json(state);
  listener_.on_event({"state", Severity::info, "camera: " + name.get<std::string>(), {{"state", name}}});
}

hal::Ticket CameraLink::submit(const hal::SensorSettings& settings) {
  const double frame_us =
      std::max(settings.exposure_us.value_or(0), settings.frame_duration_us ? settings.frame_duration_us->minimum : 0);
  commands_.push_back({nanoseconds(frame_us), kCommandFrames});
  return camera_->submit(settings);
}

std::uint64_t CameraLink::longest_frame_ns() const {
  std::uint64_t longest = std::max(applied_frame_ns_, nanoseconds(camera_->mode().frame_duration_us.minimum));
  for (const Command& command : commands_) longest = std::max(longest, command.frame_ns);
  return longest;
}

void CameraLink::begin() {
  const std::uint64_t now = clock_->now_ns();
  commands_.clear();
  last_sequence_.reset();
  applied_frame_ns_ = 0;
  const std::string absent = call("open", now + kLookNs, [this] { return camera_->open(); });
  if (!absent.empty()) return try_later(kLookAgainNs, CameraState::disconnected, kDisconnected, absent);
  before_start_();
  switch (call("start", clock_->now_ns(), [this] { return camera_->start(); })) {
    case hal::Started::running:
      streaming_ = true;
      last_sign_ns_ = clock_->now_ns();
      if (state() != CameraState::no_frames) enter(CameraState::starting);
      break;
    case hal::Started::busy:
      try_later(timing_.retry, CameraState::busy, kBusy, "another program uses it");
      break;
    case hal::Started::no_memory:
      try_later(timing_.retry, CameraState::no_memory, kNoMemory,
                "there is no memory for its frame buffers; a smaller mode needs less");
      break;
    case hal::Started::disconnected:
      try_later(timing_.retry, CameraState::disconnected, kDisconnected, "it is not there");
      break;
  }
}

void CameraLink::try_later(std::uint64_t wait_ns, CameraState state, const char* code, const std::string& message) {
  retry_at_ns_ = clock_->now_ns() + wait_ns;
  enter(state);
  for (const char* other : {kDisconnected, kBusy, kNoMemory})
    if (other != code) problems_.resolve(other);
  problems_.raise(code, "camera " + camera_->info().id + ": " + message);
}

void CameraLink::restart_after(CameraState state, const char* code, const std::string& message) {
  enter(state);
  problems_.raise(code, "camera " + camera_->info().id + ": " + message);
  streaming_ = false;
  call("stop", clock_->now_ns(), [this] { camera_->stop(); });
  retry_at_ns_ = clock_->now_ns();
  const std::lock_guard lock(mutex_);
  ++counters_.restarts;
}

std::optional<hal::RawFrame> CameraLink::turn() {
  const std::uint64_t now = clock_->now_ns();
  problems_.expire(now);
  if (!streaming_) {
    if (now < retry_at_ns_)
      clock_->sleep_until(std::min(retry_at_ns_, now + kSliceNs));
    else
      begin();
    return std::nullopt;
  }
  const std::uint64_t silence_ns = last_sign_ns_ + 2 * longest_frame_ns() + timing_.no_frames;
  const std::uint64_t deadline = std::min(silence_ns, now + kSliceNs);
  hal::NextFrame next = call("next", deadline, [&] { return camera_->next(deadline); });
  if (auto* frame = std::get_if<hal::RawFrame>(&next)) {
    note(*frame);
    return std::move(*frame);
  }
  switch (std::get<hal::NoFrame>(next)) {
    case hal::NoFrame::time_out:
      if (clock_->now_ns() >= silence_ns)
        restart_after(CameraState::no_frames, kNoFrames,
                      "no frame for " + seconds(clock_->now_ns() - last_sign_ns_) + "; it is started again");
      break;
    case hal::NoFrame::disconnected:
      restart_after(CameraState::disconnected, kDisconnected, "it has gone");
      break;
    case hal::NoFrame::stopped:
      streaming_ = false;
      retry_at_ns_ = now;
      break;
  }
  return std::nullopt;
}

void CameraLink::note(const hal::RawFrame& frame) {
  const std::uint64_t now = clock_->now_ns();
  last_sign_ns_ = now;
  for (Command& command : commands_) --command.frames_left;
  while (commands_.size() > 1 && commands_.front().frames_left <= 0) commands_.pop_front();
  applied_frame_ns_ =
      nanoseconds(std::max(frame.applied.exposure_us.value_or(0), frame.applied.frame_duration_us.value_or(0)));

  const std::uint64_t lost =
      last_sequence_ && frame.sequence > *last_sequence_ + 1 ? frame.sequence - *last_sequence_ - 1 : 0;
  const bool follows = last_sequence_ && frame.sequence > *last_sequence_ && frame.timestamp_ns > last_timestamp_ns_;
  if (lost > 0)
    problems_.raise("camera.frames_lost",
                    "camera " + camera_->info().id + ": " + std::to_string(lost) +
                        (lost == 1 ? " frame was" : " frames were") + " lost before frame " +
                        std::to_string(frame.sequence),
                    now + ProblemList::kMomentNs);
  {
    const std::lock_guard lock(mutex_);
    ++counters_.frames;
    counters_.lost += lost;
    counters_.last_frame_ns = now;
    if (follows) {
      const double rate = 1e9 * static_cast<double>(frame.sequence - *last_sequence_) /
                          static_cast<double>(frame.timestamp_ns - last_timestamp_ns_);
      counters_.fps = counters_.fps > 0 ? counters_.fps + 0.1 * (rate - counters_.fps) : rate;
    }
  }
  last_sequence_ = frame.sequence;
  if (frame.timestamp_ns > 0) last_timestamp_ns_ = frame.timestamp_ns;
  enter(CameraState::running);
  for (const char* code : {kNoFrames, kDisconnected, kBusy, kNoMemory}) problems_.resolve(code);
}

bool CameraLink::change_mode(const hal::SensorMode& mode) {
  stop();
  const bool changed = call("select", clock_->now_ns(), [&] { return camera_->select(mode); });
  {
    const std::lock_guard lock(mutex_);
    counters_.fps = 0;
  }
  retry_at_ns_ = clock_->now_ns();
  return changed;
}

void CameraLink::stop() {
  if (std::exchange(streaming_, false)) call("stop", clock_->now_ns(), [this] { camera_->stop(); });
  enter(CameraState::stopped);
}

}  // namespace sunny16::firmware
