#include "hal/replay/replay_camera.h"

#include <algorithm>
#include <array>
#include <system_error>

#include "hal/replay/open_frame.h"

namespace sunny16::hal {
namespace {

namespace fs = std::filesystem;

bool is_frame_file(const fs::directory_entry& entry) {
  static constexpr std::array kBeside{".json", ".jpg", ".jpeg"};
  const fs::path& path = entry.path();
  std::error_code gone;
  return entry.is_regular_file(gone) && path.filename().native().front() != '.' &&
         std::ranges::find(kBeside, path.extension()) == kBeside.end();
}

std::vector<fs::path> frame_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    if (is_frame_file(*at)) files.push_back(at->path());
  if (error) throw InputError(folder.string() + ": " + error.message() + ", allowed a folder of frames");
  if (files.empty())
    throw InputError(folder.string() + ": found no frame, allowed DNG, PNG and raw files (with FILE.json)");
  std::ranges::sort(files);
  return files;
}

std::string form_of(const RawFrame& frame) {
  const std::size_t row = isp::row_bytes(frame.raw.packing, frame.raw.width);
  return std::to_string(frame.raw.width) + "x" + std::to_string(frame.raw.height) + " of " +
         std::to_string(frame.bits) + " bits in rows of " + std::to_string(row) + " bytes";
}

}  // namespace

ReplayCamera::ReplayCamera(fs::path folder, std::shared_ptr<Clock> clock, ReplayOptions options)
    : folder_(std::move(folder)), clock_(std::move(clock)), files_(frame_files(folder_)) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < files_.size() && (i == 0 || kept <= options.memory); ++i) {
    frames_.push_back(read(i));
    kept += frames_.back().raw.bytes.size();
  }
  const double duration_us = frames_[0].applied.frame_duration_us.value_or(1e6 / options.frame_rate);
  period_ns_ = static_cast<std::uint64_t>(std::max(1.0, 1e3 * duration_us + 0.5));
}

/// The frame of a file, which must be like the first.
RawFrame ReplayCamera::read(std::size_t index) const {
  RawFrame frame = open_frame(files_[index]);
  if (!frames_.empty() && form_of(frame) != form_of(frames_[0]))
    throw InputError(files_[index].string() + ": found " + form_of(frame) + ", allowed as in " + files_[0].string() +
                     " " + form_of(frames_[0]));
  return frame;
}

Started ReplayCamera::start() {
  const std::lock_guard lock(mutex_);
  if (running_) return Started::running;
  running_ = true;
  started_ns_ = clock_->now_ns();
  sequence_ = 0;
  return Started::running;
}

void ReplayCamera::stop() {
  const std::lock_guard lock(mutex_);
  running_ = false;
}

NextFrame ReplayCamera::next(std::uint64_t deadline_ns) {
  std::unique_lock lock(mutex_);
  const Ticket ticket = last_ticket_;
  for (;;) {
    if (!running_) return NoFrame::stopped;
    const std::uint64_t now = clock_->now_ns();
    const std::uint64_t made = (now - started_ns_) / period_ns_;
    if (made > sequence_ + kWaiting) sequence_ = made - kWaiting;
    if (made > sequence_) {
      const std::uint64_t sequence = sequence_++, started = started_ns_;
      const std::size_t index = sequence % files_.size();
      lock.unlock();
      try {
        RawFrame frame = index < frames_.size() ? frames_[index] : read(index);
        frame.sequence = sequence;
        frame.timestamp_ns = started + sequence * period_ns_;
        frame.ticket = ticket;
        return frame;
      } catch (const InputError&) {  // a frame that is lost
        lock.lock();
        continue;
      }
    }
    if (now >= deadline_ns) return NoFrame::time_out;
    const std::uint64_t wake_ns = std::min(deadline_ns, ready_ns(sequence_));
    lock.unlock();
    clock_->sleep_until(wake_ns);
    lock.lock();
  }
}

CameraInfo ReplayCamera::info() const { return {.id = folder_.string(), .model = frames_[0].model, .rotation = 0}; }

SensorMode ReplayCamera::mode() const {
  const RawFrame& frame = frames_[0];
  const double period_us = 1e-3 * static_cast<double>(period_ns_);
  return {.width = frame.raw.width,
          .height = frame.raw.height,
          .bits = frame.bits,
          .packing = frame.raw.packing,
          .frame_duration_us = {period_us, period_us}};
}

bool ReplayCamera::select(const SensorMode& wanted) {
  const std::lock_guard lock(mutex_);
  const SensorMode only = mode();
  return !running_ && wanted.width == only.width && wanted.height == only.height && wanted.bits == only.bits &&
         wanted.packing == only.packing;
}

/// What was recorded cannot be changed.
SensorLimits ReplayCamera::limits() const {
  const AppliedSettings& applied = frames_[0].applied;
  const double exposure_us = applied.exposure_us.value_or(10000), gain = applied.analogue_gain.value_or(1);
  return {.exposure_us = {exposure_us, exposure_us},
          .analogue_gain = {gain, gain},
          .frame_duration_us = mode().frame_duration_us,
          .lens_position = {}};
}

Ticket ReplayCamera::submit(const SensorSettings&) {
  const std::lock_guard lock(mutex_);
  return ++last_ticket_;
}

}  // namespace sunny16::hal
