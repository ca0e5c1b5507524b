#include "sim/camera/simulated_camera.h"

#include <utility>

#include "hal/api/awaited_camera.h"
#include "isp/core/exact_math.h"
#include "sim/camera/board_picture.h"
#include "sim/light/simulation_error.h"
#include "sim/reference/packing.h"
#include "sim/sensor/packed.h"

namespace sunny16::sim {
SimulatedCamera::SimulatedCamera(BenchSetup setup, std::shared_ptr<hal::Clock> clock, CameraOptions options)
    : setup_(std::move(setup)),
      clock_(std::move(clock)),
      options_(std::move(options)),
      made_ns_(clock_->now_ns()),
      light_(std::in_place, setup_, options_.threads),
      control_(setup_.module.sensor, setup_.mode, setup_.module.lens),
      faults_(options_.faults) {
  constexpr int kFewest = 2, kMost = 6;
  if (options_.buffers < kFewest || options_.buffers > kMost)
    throw SimulationError("buffers: found " + std::to_string(options_.buffers) + ", allowed " +
                          std::to_string(kFewest) + " to " + std::to_string(kMost));
  if (const int bits = sample_bits(options_.packing); setup_.mode.bits > bits)
    throw SimulationError("packing: found " + std::to_string(bits) + " bits, allowed " +
                          std::to_string(setup_.mode.bits) + " or more in this mode");
  control_.command(options_.first);
  draw_ahead();
}

/// A scene that stands still need not be drawn while somebody waits for the first frame.
void SimulatedCamera::draw_ahead() {
  const SensorRegisters first = control_.settle();
  const double lens_position = control_.lens_position(first);
  const Bench& bench = light_->bench(lens_position);
  if (!setup_.scene->moves()) light_->electrons(lens_position, bench.timing(0, 1e-6 * control_.exposure_us(first)));
}

std::vector<hal::SensorMode> SimulatedCamera::modes() const {
  std::vector<hal::SensorMode> modes;
  for (const SensorMode& mode : setup_.module.sensor.modes) modes.push_back(described(mode));
  return modes;
}

hal::SensorMode SimulatedCamera::described(const SensorMode& mode) const {
  return {.width = mode.width,
          .height = mode.height,
          .bits = mode.bits,
          .packing = mode.bits <= sample_bits(options_.packing) ? options_.packing : isp::Packing::u16,
          .frame_duration_us = {mode.line_time_us * mode.frame_lines,
                                mode.line_time_us * setup_.module.sensor.frame_lines_max}};
}

hal::CameraInfo SimulatedCamera::info() const {
  const std::string& name = setup_.module.sensor.name;
  return {.id = name, .model = name, .rotation = 0};
}

hal::SensorMode SimulatedCamera::mode() const {
  const std::lock_guard lock(mutex_);
  return described(setup_.mode);
}

hal::SensorLimits SimulatedCamera::limits() const {
  const std::lock_guard lock(mutex_);
  return control_.limits();
}

bool SimulatedCamera::select(const hal::SensorMode& wanted) {
  const std::lock_guard lock(mutex_);
  if (running_) return false;
  const auto& modes = setup_.module.sensor.modes;
  const auto found = std::ranges::find_if(modes, [&](const SensorMode& mode) {
    return mode.width == wanted.width && mode.height == wanted.height && mode.bits == wanted.bits;
  });
  if (found == modes.end()) return false;
  setup_.mode = *found;
  light_.emplace(setup_, options_.threads);
  const hal::SensorSettings wish = control_.wish();
  control_ = SensorControl(setup_.module.sensor, setup_.mode, setup_.module.lens);
  control_.command(wish);
  draw_ahead();
  return true;
}

hal::Ticket SimulatedCamera::submit(const hal::SensorSettings& settings) {
  const std::lock_guard lock(mutex_);
  submitted_ = {++last_ticket_, merged(submitted_.settings, settings)};
  return last_ticket_;
}

hal::Started SimulatedCamera::start() {
  const std::lock_guard lock(mutex_);
  const std::uint64_t now = clock_->now_ns();
  advance(now);
  if (!faults_.back(now)) return hal::Started::disconnected;
  if (running_) return hal::Started::running;
  running_ = true;
  started_ns_ = now;
  lines_ = sequence_ = 0;
  std::erase_if(held_, [](const auto& buffer) { return buffer.expired(); });
  queue_.assign(static_cast<std::size_t>(options_.buffers) - held_.size(), {});
  const Request first = std::exchange(submitted_, {});
  if (first.ticket) ticket_ = first.ticket;
  control_.command(first.settings);
  registers_ = control_.settle();
  return hal::Started::running;
}

void SimulatedCamera::stop() {
  std::uint64_t until = clock_->now_ns();
  {
    const std::lock_guard lock(mutex_);
    advance(until);
    running_ = false;
    queue_.clear();
    shots_.clear();
    until += faults_.take_hang_ns();
  }
  clock_->sleep_until(until);
}

hal::NextFrame SimulatedCamera::next(std::uint64_t deadline_ns) {
  std::unique_lock lock(mutex_);
  for (;;) {
    const std::uint64_t now = clock_->now_ns();
    advance(now);
    if (faults_.away()) return hal::NoFrame::disconnected;
    if (!running_) return hal::NoFrame::stopped;
    return_buffers();
    if (!shots_.empty() && shots_.front().ready_ns <= now) break;
    if (now >= deadline_ns) return hal::NoFrame::time_out;
    const std::uint64_t wake_ns = std::min(deadline_ns, shots_.empty() ? next_read_ns() : shots_.front().ready_ns);
    lock.unlock();
    clock_->sleep_until(wake_ns);
    lock.lock();
  }
  const Shot shot = std::move(shots_.front());
  shots_.pop_front();
  const auto buffer = std::make_shared<Buffer>();
  held_.push_back(buffer);
  lock.unlock();
  hal::RawFrame frame = render(shot);
  buffer->bytes = std::move(frame.storage);
  frame.storage = {buffer, buffer->bytes.get()};
  return frame;
}

/// Whole lines are counted, so that no error of rounding adds up.
std::uint64_t SimulatedCamera::time_ns(std::uint64_t lines) const {
  const auto line_ps = static_cast<std::uint64_t>(1e6 * setup_.mode.line_time_us + 0.5);
  return started_ns_ + lines / 1000 * line_ps + lines % 1000 * line_ps / 1000;
}

/// Reads out the frames whose moment has come.
void SimulatedCamera::advance(std::uint64_t now_ns) {
  while (running_ && next_read_ns() <= now_ns) read_out(next_read_ns());
}

void SimulatedCamera::read_out(std::uint64_t read_ns) {
  faults_.begin(frame_, 1e-9 * static_cast<double>(read_ns - made_ns_), read_ns);
  if (faults_.away()) {
    running_ = false;
    queue_.clear();
    shots_.clear();
    return;
  }
  lines_ += duration_lines();
  const bool dropped = faults_.befallen(FaultKind::drop).has_value();
  if (!dropped && !faults_.silent(read_ns) && !queue_.empty()) {
    const Request request = queue_.front();
    queue_.pop_front();
    if (request.ticket) {
      ticket_ = request.ticket;
      if (!faults_.befallen(FaultKind::lose_command)) control_.command(request.settings);
    }
    const auto rows = static_cast<std::uint64_t>(setup_.mode.height);
    Shot shot{.frame = frame_,
              .sequence = sequence_,
              .ticket = ticket_,
              .registers = registers_,
              .exposed_ns = time_ns(lines_ - static_cast<std::uint64_t>(registers_.exposure_lines)),
              .ready_ns = time_ns(lines_ + rows),
              .damage = {}};
    if (const auto late = faults_.befallen(FaultKind::late)) shot.ready_ns += nanoseconds(1e-3 * late->late_ms);
    for (const FaultKind kind : {FaultKind::zero_rows, FaultKind::damage_rows, FaultKind::bad_metadata})
      if (const auto fault = faults_.befallen(kind)) shot.damage.push_back(*fault);
    shots_.push_back(std::move(shot));
  }
  ++frame_, ++sequence_;
  registers_ = control_.next_frame();
}

void SimulatedCamera::return_buffers() {
  std::erase_if(held_, [this](const std::weak_ptr<Buffer>& buffer) {
    if (!buffer.expired()) return false;
    queue_.push_back(std::exchange(submitted_, {}));
    return true;
  });
}

hal::RawFrame SimulatedCamera::render(const Shot& shot) {
  const double exposure_us = control_.exposure_us(shot.registers);
  const double lens_position = control_.lens_position(shot.registers);
  const RowTiming timing =
      light_->bench(lens_position).timing(1e-9 * static_cast<double>(shot.exposed_ns - made_ns_), 1e-6 * exposure_us);
  const isp::Image<float>& electrons_s = light_->electrons(lens_position, timing);
  const Exposure exposure{.time_s = timing.exposure_s,
                          .analogue_gain = control_.analogue_gain(shot.registers),
                          .temperature_c = options_.sensor_temperature_c,
                          .seed = options_.seed,
                          .frame = shot.frame,
                          .serial = options_.serial};
  hal::RawFrame frame = light_->bench(lens_position).record(electrons_s, exposure, options_.threads);
  if (options_.packing != isp::Packing::u16) frame = packed(std::move(frame), options_.packing);
  frame.applied.exposure_us = exposure_us;
  frame.applied.frame_duration_us = setup_.mode.line_time_us * control_.duration_lines(shot.registers);
  frame.applied.sensor_temperature_c = options_.sensor_temperature_c;
  frame.timestamp_ns = shot.exposed_ns;
  frame.sequence = shot.sequence;
  frame.ticket = shot.ticket;
  for (const FaultEvent& fault : shot.damage) damage(fault, shot.frame, frame);
  if (options_.picture_width > 0) frame.board_picture = board_picture_of(frame, options_.picture_width);
  return frame;
}

std::unique_ptr<hal::Camera> open_simulated_camera(BenchSetup setup, std::shared_ptr<hal::Clock> clock,
                                                   CameraOptions options) {
  const std::vector<FaultEvent>& faults = options.faults.faults;
  const auto absent = std::ranges::find(faults, FaultKind::absent, &FaultEvent::fault);
  const bool for_good = absent != faults.end() && absent->for_s == 0;
  const std::uint64_t until_ns = clock->now_ns() + (absent == faults.end() ? 0 : nanoseconds(absent->for_s));
  const std::string name = setup.module.sensor.name;
  return std::make_unique<hal::AwaitedCamera>(name, [=] {
    if (for_good || clock->now_ns() < until_ns) throw hal::CameraAbsent("its script keeps it away");
    return std::make_unique<SimulatedCamera>(setup, clock, options);
  });
}

}  // namespace sunny16::sim
