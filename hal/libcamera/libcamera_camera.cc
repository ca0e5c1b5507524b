#include "hal/libcamera/libcamera_camera.h"

#include <algorithm>
#include <cerrno>
#include <chrono>

#include <libcamera/control_ids.h>

#include "hal/libcamera/configuration.h"
#include "hal/libcamera/control_values.h"
#include "hal/libcamera/libcamera_error.h"

namespace sunny16::hal {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

SteadyTime steady_time(std::uint64_t ns) {
  const auto most = static_cast<std::uint64_t>(SteadyTime::max().time_since_epoch().count());
  return SteadyTime(std::chrono::nanoseconds(std::min(ns, most)));
}

/// Degrees clockwise that make a picture of an EXIF orientation stand upright, mirrored or not.
int rotation_of(int exif_orientation) {
  constexpr std::array kRotations{0, 0, 180, 180, 270, 90, 90, 270};
  return kRotations[static_cast<std::size_t>(exif_orientation - 1) % kRotations.size()];
}

}  // namespace

LibcameraCamera::LibcameraCamera(const std::string& name, LibcameraOptions options)
    : options_(options), manager_(camera_manager()), camera_(find_camera(*manager_, name)) {
  acquire();
  modes_ = find_raw_modes(*camera_, acquired_ != nullptr, options_.picture_width);
  mode_ = usual_mode(modes_);
  configure(mode_);
  info_ = {.id = camera_->id(), .model = form_.model, .rotation = rotation_of(form_.orientation)};
  attach(camera_);
}

LibcameraCamera::~LibcameraCamera() {
  end_run();
  detach();
}

void LibcameraCamera::attach(std::shared_ptr<libcamera::Camera> camera) {
  {
    const std::lock_guard lock(mutex_);
    disconnected_ = false;
  }
  camera_ = std::move(camera);
  camera_->requestCompleted.connect(this, &LibcameraCamera::on_completed);
  camera_->disconnected.connect(this, &LibcameraCamera::on_disconnected);
}

void LibcameraCamera::detach() {
  if (!camera_) return;
  camera_->requestCompleted.disconnect(this);
  camera_->disconnected.disconnect(this);
  configuration_.reset();
  acquired_.reset();
  camera_.reset();
}

/// 0, or a negative errno.
int LibcameraCamera::acquire() {
  if (acquired_) return 0;
  const int error = camera_->acquire();
  if (error == 0) acquired_.reset(camera_.get());
  return error;
}

/// False where the camera refuses the mode. One that another process has is configured at the next start.
bool LibcameraCamera::configure(const RawMode& mode) {
  RawConfiguration raw =
      configure_mode(*camera_, mode, {.buffers = options_.buffers, .picture_width = options_.picture_width});
  if (!raw.configuration || (acquired_ && camera_->configure(raw.configuration.get()) < 0)) return false;
  configuration_ = std::move(raw.configuration);
  const std::lock_guard lock(mutex_);
  mode_ = mode;
  form_ = {.format = raw.format,
           .width = mode.mode.width,
           .height = mode.mode.height,
           .sensor_bits = mode.mode.bits,
           .stride = configuration_->at(0).stride,
           .orientation = exif_orientation(*configuration_),
           .black_level = facts_.black_level,
           .model = model_of(*camera_),
           .picture = raw.picture};
  limits_ = sensor_limits(camera_->controls());
  limits_.line_time_us = line_time_us(mode.mode, limits_);
  return true;
}

/// Where nobody knows it: the shortest frame has but a few more rows than its picture.
double LibcameraCamera::line_time_us(const SensorMode& mode, const SensorLimits& limits) const {
  for (const SensorFacts::LineTime& known : facts_.line_times)
    if (known.width == mode.width && known.height == mode.height) return known.us;
  return limits.frame_duration_us.minimum / mode.height;
}

Started LibcameraCamera::start() {
  const std::lock_guard lifecycle(lifecycle_);
  if (disconnected()) {
    end_run();
    detach();
  }
  if (running()) return Started::running;
  if (!camera_) {
    auto camera = manager_->get(info_.id);
    if (!camera) return Started::disconnected;
    attach(std::move(camera));
  }
  const int error = begin_run();
  if (error == 0) return Started::running;
  end_run();
  switch (error) {
    case -EBUSY:
      return Started::busy;
    case -ENOMEM:
      return Started::no_memory;
    default:
      return Started::disconnected;
  }
}

/// 0, or a negative errno.
int LibcameraCamera::begin_run() {
  if (const int error = acquire(); error < 0) return error;
  if (!configure(mode_)) return -EINVAL;
  std::unique_ptr<RawStream> stream;
  try {
    stream = std::make_unique<RawStream>(camera_, *configuration_, options_.source);
  } catch (const LibcameraError&) {
    return -ENOMEM;
  }
  libcamera::ControlList controls(libcamera::controls::controls);
  put_manual_modes(camera_->controls(), options_.picture_width > 0, controls);
  std::unique_lock lock(mutex_);
  const Ticket ticket = last_ticket_;
  settled_ = merged(settled_, std::exchange(submitted_, {}));
  put_settings(settled_, camera_->controls(), controls);
  lock.unlock();
  if (const int error = camera_->start(&controls); error < 0) return error;
  lock.lock();
  stream_ = std::move(stream);
  sent_ticket_ = ticket;
  sequence_ = 0;
  running_ = true;
  for (FrameSlot& slot : stream_->slots()) queue(slot);
  return 0;
}

void LibcameraCamera::stop() {
  const std::lock_guard lifecycle(lifecycle_);
  end_run();
}

/// The camera's own call may wait, and cancels its requests on the way: on_completed() runs meanwhile.
void LibcameraCamera::end_run() {
  std::unique_lock lock(mutex_);
  const bool was_running = std::exchange(running_, false);
  lock.unlock();
  changed_.notify_all();
  if (was_running) camera_->stop();
  lock.lock();
  completed_.clear();
  const std::unique_ptr<RawStream> stream = std::move(stream_);
  lock.unlock();
}

bool LibcameraCamera::running() const {
  const std::lock_guard lock(mutex_);
  return running_;
}

bool LibcameraCamera::disconnected() const {
  const std::lock_guard lock(mutex_);
  return disconnected_;
}

void LibcameraCamera::on_completed(libcamera::Request* request) {
  {
    const std::lock_guard lock(mutex_);
    if (!stream_) return;
    completed_.push_back(&stream_->slot_of(*request));
  }
  changed_.notify_all();
}

void LibcameraCamera::on_disconnected() {
  {
    const std::lock_guard lock(mutex_);
    disconnected_ = true;
  }
  changed_.notify_all();
}

NextFrame LibcameraCamera::next(std::uint64_t deadline_ns) {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (disconnected_) return NoFrame::disconnected;
    if (!running_) return NoFrame::stopped;
    return_buffers();
    if (completed_.empty()) {
      if (std::chrono::steady_clock::now() >= steady_time(deadline_ns)) return NoFrame::time_out;
      changed_.wait_until(lock, steady_time(deadline_ns));
      continue;
    }
    FrameSlot& slot = *completed_.front();
    completed_.pop_front();
    slot.queued = false;
    if (!slot.raw.filled()) continue;
    RawFrame frame = describe(slot);
    const auto reading = std::make_shared<FrameReading>(slot.raw.memory);
    const auto picture = slot.picture.filled() ? std::make_shared<FrameReading>(slot.picture.memory) : nullptr;
    const auto picture_form = form_.picture;
    lock.unlock();
    reading->begin();
    frame.storage = reading;
    if (picture) {
      picture->begin();
      frame.board_picture = board_picture(*picture_form, picture->memory().planes());
      if (frame.board_picture && !frame.board_picture->storage) frame.board_picture->storage = picture;
    }
    return frame;
  }
}

void LibcameraCamera::return_buffers() {
  for (FrameSlot& slot : stream_->slots()) {
    if (!slot.free()) continue;
    slot.request->reuse(libcamera::Request::ReuseBuffers);
    queue(slot);
  }
}

/// With the commands that were submitted since the last request.
void LibcameraCamera::queue(FrameSlot& slot) {
  put_settings(submitted_, camera_->controls(), slot.request->controls());
  settled_ = merged(settled_, std::exchange(submitted_, {}));
  slot.ticket = sent_ticket_ = last_ticket_;
  slot.queued = camera_->queueRequest(slot.request.get()) == 0;
}

RawFrame LibcameraCamera::describe(const FrameSlot& slot) {
  const libcamera::FrameMetadata& buffer = slot.raw.buffer->metadata();
  RawFrame frame = raw_frame(form_, slot.raw.memory->bytes(), slot.request->metadata());
  if (frame.timestamp_ns == 0) frame.timestamp_ns = exposure_began_ns(buffer.timestamp, frame.applied);
  sequence_ += static_cast<std::uint32_t>(buffer.sequence - static_cast<std::uint32_t>(sequence_));
  frame.sequence = sequence_;
  frame.ticket = slot.ticket;
  return frame;
}

void LibcameraCamera::assume(SensorFacts facts) {
  const std::lock_guard lifecycle(lifecycle_);
  facts_ = std::move(facts);
  const std::lock_guard lock(mutex_);
  form_.black_level = facts_.black_level;
  limits_.line_time_us = line_time_us(mode_.mode, limits_);
}

CameraInfo LibcameraCamera::info() const { return info_; }

std::vector<SensorMode> LibcameraCamera::modes() const {
  std::vector<SensorMode> modes;
  std::ranges::transform(modes_, std::back_inserter(modes), &RawMode::mode);
  return modes;
}

SensorMode LibcameraCamera::mode() const {
  const std::lock_guard lock(mutex_);
  return mode_.mode;
}

bool LibcameraCamera::select(const SensorMode& wanted) {
  const std::lock_guard lifecycle(lifecycle_);
  const auto found = std::ranges::find_if(modes_, [&](const RawMode& known) { return same_mode(known.mode, wanted); });
  if (running() || found == modes_.end() || !camera_) return false;
  acquire();
  return configure(*found);
}

SensorLimits LibcameraCamera::limits() const {
  const std::lock_guard lock(mutex_);
  return limits_;
}

Ticket LibcameraCamera::submit(const SensorSettings& settings) {
  const std::lock_guard lock(mutex_);
  submitted_ = merged(submitted_, settings);
  return ++last_ticket_;
}

}  // namespace sunny16::hal
