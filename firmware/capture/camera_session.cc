#include "firmware/capture/camera_session.h"

#include <utility>

#include "firmware/capture/session_loop.h"
#include "firmware/output/output_error.h"
#include "firmware/tuning/described_json.h"
#include "hal/api/time_of_day.h"

namespace sunny16::firmware {

CameraSession::CameraSession(std::unique_ptr<hal::Camera> camera, std::shared_ptr<hal::Clock> clock,
                             CameraTuning tuning, CaptureLibrary& library, SessionListener& listener,
                             SessionOptions options) {
  if (!options.time_of_day) options.time_of_day = hal::unix_time;
  loop_ = std::make_unique<SessionLoop>(std::move(camera), std::move(clock), std::move(tuning), library, listener,
                                        std::move(options));
}

CameraSession::~CameraSession() = default;

void CameraSession::run() {
  const auto ending = [this] {
    const std::lock_guard lock(loop_->mutex);
    return loop_->ending;
  };
  while (!ending()) loop_->turn();
  loop_->link.stop();
}

void CameraSession::turn() { loop_->turn(); }

void CameraSession::stop() {
  const std::lock_guard lock(loop_->mutex);
  loop_->ending = true;
}

SessionStatus CameraSession::status() const {
  const LinkCounters counters = loop_->link.counters();
  const hal::CameraInfo info = loop_->link.camera().info();
  const std::uint64_t now = loop_->clock->now_ns();
  SessionStatus status;
  status.state = loop_->link.state();
  status.camera = info.id, status.model = info.model;
  status.frames = static_cast<double>(counters.frames);
  status.frames_lost = static_cast<double>(counters.lost);
  status.restarts = static_cast<double>(counters.restarts);
  status.fps = counters.fps;
  const std::uint64_t since = counters.last_frame_ns ? counters.last_frame_ns : loop_->began_ns;
  status.frame_age_s = now > since ? 1e-9 * static_cast<double>(now - since) : 0;
  status.uptime_s = 1e-9 * static_cast<double>(now - loop_->began_ns);
  status.problems = loop_->problems.now();

  const std::lock_guard lock(loop_->mutex);
  status.width = loop_->mode.width, status.height = loop_->mode.height;
  status.line_ms = loop_->line_ms, status.encode_ms = loop_->encode_ms;
  status.tuning_version = loop_->tuning_version;
  if (loop_->look) status.look = loop_->look->record, status.look.strength = loop_->look_strength;
  status.capture = loop_->capturing;
  status.sensor_temperature = -300;
  if (loop_->newest) {
    const hal::AppliedSettings& applied = loop_->newest->frame.applied;
    status.exposure_time = applied.exposure_us.value_or(0);
    status.analogue_gain = applied.analogue_gain.value_or(0);
    status.sensor_temperature = applied.sensor_temperature_c.value_or(-300);
  }
  return status;
}

void CameraSession::supervise() { loop_->link.supervise(); }
bool CameraSession::healthy() const { return loop_->link.healthy(); }

std::vector<ModeInfo> CameraSession::modes() const {
  std::vector<ModeInfo> modes;
  const hal::SensorMode in_use = loop_->link.camera().mode();
  for (const hal::SensorMode& mode : loop_->link.camera().modes()) {
    const bool packed = mode.packing != isp::Packing::u8 && mode.packing != isp::Packing::u16;
    const double shortest_us = mode.frame_duration_us.minimum;
    modes.push_back({.width = mode.width,
                     .height = mode.height,
                     .bits = mode.bits,
                     .packing = packed ? "P" : "U",
                     .fps_max = shortest_us > 0 ? 1e6 / shortest_us : 0,
                     .in_use = mode.width == in_use.width && mode.height == in_use.height && mode.bits == in_use.bits});
  }
  return modes;
}

void CameraSession::select_mode(std::size_t index) {
  const auto modes = loop_->link.camera().modes();
  if (modes.empty()) throw SessionError(SessionError::Kind::unavailable, "mode: the camera is not there");
  if (index >= modes.size())
    throw SessionError(SessionError::Kind::invalid,
                       "mode: found " + std::to_string(index) + ", allowed 0 to " + std::to_string(modes.size() - 1));
  const std::lock_guard lock(loop_->mutex);
  loop_->new_mode = modes[index];
}

Controls CameraSession::controls() const {
  const std::lock_guard lock(loop_->mutex);
  return loop_->new_controls.value_or(loop_->controls);
}

void CameraSession::set_controls(const Controls& controls) {
  if (const std::string problem = controls.problem(); !problem.empty())
    throw SessionError(SessionError::Kind::invalid, "controls" + problem);
  {
    const std::lock_guard lock(loop_->mutex);
    loop_->new_controls = controls;
  }
  loop_->listener.on_event({"controls", Severity::info, "", to_json(controls)});
}

void CameraSession::act(FocusAction action) {
  const std::lock_guard lock(loop_->mutex);
  loop_->actions.push_back(action);
}

hal::SensorLimits CameraSession::limits() const {
  const std::lock_guard lock(loop_->mutex);
  return loop_->limits;
}

ControlMetadata CameraSession::metadata() const {
  const std::lock_guard lock(loop_->mutex);
  return loop_->control_metadata;
}

DetectionReport CameraSession::detections() const {
  const std::lock_guard lock(loop_->mutex);
  return loop_->detections;
}

void CameraSession::set_detectors(Detectors detectors) {
  {
    const std::lock_guard lock(loop_->mutex);
    loop_->detections = {.detectors = names_of(detectors)};
  }
  loop_->detection.set_detectors(std::move(detectors));
}

CameraTuning CameraSession::tuning() const {
  const std::lock_guard lock(loop_->mutex);
  return *loop_->tuning;
}

int CameraSession::set_tuning(CameraTuning tuning) {
  int version;
  {
    const std::lock_guard lock(loop_->mutex);
    loop_->tuning_before = std::exchange(loop_->tuning, std::make_shared<const CameraTuning>(std::move(tuning)));
    loop_->new_tuning = true;
    version = ++loop_->tuning_version;
  }
  loop_->listener.on_event(
      {"tuning", Severity::info, "tuning: version " + std::to_string(version) + " is in use", {{"version", version}}});
  return version;
}

void CameraSession::reject_tuning(const std::string& why) {
  loop_->problems.raise("tuning.rejected", "tuning: " + why + "; the one before stays",
                        loop_->clock->now_ns() + ProblemList::kMomentNs);
}

int CameraSession::roll_back_tuning() {
  std::shared_ptr<const CameraTuning> before;
  {
    const std::lock_guard lock(loop_->mutex);
    before = loop_->tuning_before;
  }
  if (!before) throw SessionError(SessionError::Kind::conflict, "tuning: there is none before this one");
  return set_tuning(*before);
}

void CameraSession::set_look(std::shared_ptr<const Look> look, double strength) {
  LookRecord record = look ? look->record : LookRecord{};
  record.strength = strength;
  {
    const std::lock_guard lock(loop_->mutex);
    loop_->look = std::move(look), loop_->look_strength = strength;
  }
  loop_->listener.on_event(
      {"look", Severity::info, "look: " + (record.empty() ? "none" : record.full_name()) + " is on", to_json(record)});
}

std::shared_ptr<const Look> CameraSession::look() const {
  const std::lock_guard lock(loop_->mutex);
  return loop_->look;
}

double CameraSession::look_strength() const {
  const std::lock_guard lock(loop_->mutex);
  return loop_->look_strength;
}

void CameraSession::set_viewers(int count) { loop_->viewers = count; }

std::string CameraSession::start_capture(const CaptureRequest& request) {
  if (const std::string problem = request.problem(); !problem.empty())
    throw SessionError(SessionError::Kind::invalid, "capture" + problem);
  CaptureJob job(request, loop_->clock->now_ns());
  double frame_bytes = 0;
  {
    const std::lock_guard lock(loop_->mutex);
    constexpr std::size_t kMostOrdered = 16;
    if (loop_->ordered.size() >= kMostOrdered)
      throw SessionError(SessionError::Kind::conflict, "capture: " + std::to_string(kMostOrdered) + " wait already");
    if (!loop_->newest) throw SessionError(SessionError::Kind::unavailable, "capture: the camera gives no frames");
    frame_bytes = 3.0 * loop_->mode.width * loop_->mode.height;
  }
  if (const std::string refusal = loop_->library.refusal(frame_bytes); !refusal.empty())
    throw SessionError(SessionError::Kind::unavailable, "capture: " + refusal);
  CaptureInfo info{.mode = request.mode, .total = job.total(), .created = loop_->options.time_of_day()};
  try {
    info.id = loop_->library.begin();
    loop_->library.record(info);
  } catch (const OutputError& error) {
    loop_->problems.raise(SessionLoop::kStorage, error.what());
    throw SessionError(SessionError::Kind::unavailable, std::string("capture: ") + error.what());
  }
  loop_->book.add(info);
  const std::lock_guard lock(loop_->mutex);
  loop_->ordered.emplace_back(info.id, std::move(job));
  return info.id;
}

void CameraSession::cancel_capture(const std::string& id) {
  if (is_over(loop_->book.find(id).state))
    throw SessionError(SessionError::Kind::conflict, "capture " + id + ": it is over");
  const std::lock_guard lock(loop_->mutex);
  std::erase_if(loop_->ordered, [&](const auto& ordered) { return ordered.first == id; });
  loop_->cancelled.push_back(id);
}

std::vector<CaptureInfo> CameraSession::captures() const {
  std::vector<CaptureInfo> captures = loop_->book.list();
  for (CaptureInfo& info : captures)
    if (auto kept = loop_->library.find(info.id)) info.files = std::move(kept->files);
  return captures;
}

}  // namespace sunny16::firmware
