#include "firmware/capture/session_loop.h"

#include <algorithm>
#include <chrono>
#include <ctime>

#include "firmware/capture/statistics_json.h"
#include "firmware/capture/turn.h"
#include "firmware/output/picture_file.h"
#include "firmware/tuning/described_json.h"

namespace sunny16::firmware {
namespace {

constexpr std::uint64_t kStatisticsEveryNs = 500'000'000, kProbeEveryNs = 2'000'000'000;
/// Frames that automatic control is given after a change of mode before a picture is taken all the same.
constexpr int kSettleFrames = 40;

constexpr const char* kBadMetadata = "camera.bad_metadata";
constexpr const char* kBadFrame = "camera.bad_frame";

/// As EXIF has it: local time.
std::string exif_time(double unix_time) {
  const auto seconds = static_cast<std::time_t>(unix_time);
  std::tm local{};
  localtime_r(&seconds, &local);
  char text[20];
  return std::strftime(text, sizeof text, "%Y:%m:%d %H:%M:%S", &local) ? text : "";
}

ControlTuning control_tuning(const CameraTuning& tuning) {
  const isp::Conditions usual;
  return {
      .agc = tuning.agc.at(usual), .awb = tuning.awb.at(usual), .af = tuning.af.at(usual), .lux = tuning.lux.at(usual)};
}

bool plausible(const hal::AppliedSettings& applied) {
  const auto positive = [](const std::optional<double>& v) { return !v || (*v > 0 && *v < 1e12); };
  return positive(applied.exposure_us) && positive(applied.analogue_gain);
}

/// A copy, which can be turned.
Picture picture_of(const hal::BoardPicture& board) {
  Picture picture;
  picture.format = isp::OutputFormat::i420;
  picture.width = board.planes[0].width, picture.height = board.planes[0].height;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& from = board.planes[i];
    picture.planes[i] = {from.width, from.height};
    for (int y = 0; y < from.height; ++y) std::copy_n(from.row(y), from.width, picture.planes[i].view().row(y));
  }
  return picture;
}

void smooth(double& mean, double now) { mean = mean > 0 ? mean + 0.1 * (now - mean) : now; }

}  // namespace

SessionLoop::SessionLoop(std::unique_ptr<hal::Camera> camera, std::shared_ptr<hal::Clock> clock_, CameraTuning tuning_,
                         CaptureLibrary& library_, SessionListener& listener_, SessionOptions options_)
    : clock(std::move(clock_)),
      library(library_),
      listener(listener_),
      options(std::move(options_)),
      began_ns(clock->now_ns()),
      model(camera->info().model),
      ring(options.ring_frames),
      tuning(std::make_shared<const CameraTuning>(std::move(tuning_))),
      detections{.detectors = names_of(options.detectors)},
      mode(camera->mode()),
      limits(camera->limits()),
      problems(listener, options.time_of_day),
      controller(control_tuning(*tuning), limits),
      link(std::move(camera), clock, {options.no_frames_ns, options.stalled_ns, options.hopeless_ns, options.retry_ns},
           problems, listener, [this] { prepare_run(); }),
      book(library, listener),
      worker(library, [this](const Still& still, const std::vector<CaptureFile>&, const std::string& error) {
        stored(still, error);
      }),
      detection(options.detectors, options.detect_ns, [this](const DetectionWorker::Seen& seen) { detected(seen); }) {}

void SessionLoop::prepare_run() {
  {
    const std::lock_guard lock(mutex);
    mode = link.camera().mode(), limits = link.camera().limits();
  }
  meet_camera();
  controller.restart(limits);
  thumbnail.clear();
  controller.submitted(link.submit(controller.first_settings()));
  if (job) job->commanded = false;
}

/// One that was not there at first has a model and limits only now. So control begins anew, with the tuning that is
/// known for the model unless somebody has chosen one meanwhile.
void SessionLoop::meet_camera() {
  const std::string before = std::exchange(model, link.camera().info().model);
  if (model == before) return;
  try {
    if (options.tuning_of_model) {
      auto known = std::make_shared<const CameraTuning>(options.tuning_of_model(model));
      const std::lock_guard lock(mutex);
      if (tuning_version == 1) tuning = std::move(known);
    }
  } catch (const std::exception& error) {
    problems.raise("tuning.rejected", std::string("tuning: ") + error.what() + "; the defaults are in use",
                   clock->now_ns() + ProblemList::kMomentNs);
  }
  std::shared_ptr<const CameraTuning> tuned;
  {
    const std::lock_guard lock(mutex);
    tuned = tuning;
  }
  controller = Controller(control_tuning(*tuned), limits);
  controller.set_controls(controls);
}

void SessionLoop::turn() {
  take_orders();
  if (auto frame = link.turn()) take_frame(*std::move(frame));
  if (clock->now_ns() >= probe_ns) {
    probe_ns = clock->now_ns() + kProbeEveryNs;
    if (!probing.exchange(true)) worker.post([this] { probe(); });
  }
}

/// On the worker's thread: tells of a disk before a capture fails on it, and that it is back.
void SessionLoop::probe() {
  library.probe();
  if (const std::string problem = library.status().problem; problem.empty())
    problems.resolve(kStorage);
  else
    problems.raise(kStorage, problem);
  probing = false;
}

/// What other threads asked for since the last round.
void SessionLoop::take_orders() {
  std::optional<hal::SensorMode> to_mode;
  std::vector<std::string> to_cancel;
  {
    const std::lock_guard lock(mutex);
    if (new_controls) controller.set_controls(controls = *std::exchange(new_controls, std::nullopt));
    for (const FocusAction action : std::exchange(actions, {})) controller.act(action);
    if (std::exchange(new_tuning, false)) controller.set_tuning(control_tuning(*tuning));
    if (!job) to_mode = std::exchange(new_mode, std::nullopt);
    to_cancel = std::exchange(cancelled, {});
    if (!job && !ordered.empty()) {
      job.emplace(Job{ordered.front().first, std::move(ordered.front().second), std::nullopt});
      capturing = job->id;
      ordered.pop_front();
    }
  }
  for (const std::string& id : to_cancel) {
    worker.drop(id);
    worker.post([this, id] { book.update(id, [](CaptureInfo& info) { info.state = CaptureState::cancelled; }); });
    if (job && job->id == id) end_job();
  }
  if (to_mode && !link.change_mode(*to_mode))
    problems.raise("camera.mode_refused", "camera: it refuses the mode", clock->now_ns() + ProblemList::kMomentNs);
}

void SessionLoop::take_frame(hal::RawFrame frame) {
  ++number;
  if (!frame.raw.valid()) {
    problems.raise(kBadFrame, "camera: a frame is smaller than it says", clock->now_ns() + ProblemList::kMomentNs);
    return;
  }
  const bool trusted = plausible(frame.applied) && frame.timestamp_ns > 0;
  if (trusted)
    last_good = frame.applied;
  else {
    problems.raise(kBadMetadata,
                   "camera: frame " + std::to_string(frame.sequence) +
                       " says no possible exposure, gain or time; those of the frame before are taken",
                   clock->now_ns() + ProblemList::kMomentNs);
    frame.applied = last_good;
    if (frame.timestamp_ns == 0) frame.timestamp_ns = clock->now_ns();
  }

  std::shared_ptr<const CameraTuning> tuned;
  std::shared_ptr<const Look> feel;
  LookUse use;
  Controls asked;
  {
    const std::lock_guard lock(mutex);
    tuned = tuning;
    if (options.preview_look) feel = look;
    use.strength = look_strength;
    asked = controls;
  }
  const FrameDecisions decisions = controller.decide(frame.applied);
  FrameRequest request{.profile = options.full_preview ? isp::Profile::full : isp::Profile::lite,
                       .outputs = {},
                       .decisions = decisions,
                       .thumbnail = thumbnail.for_frame(frame.applied),
                       .adjustments = {asked.brightness, asked.contrast, asked.saturation, asked.sharpness},
                       .look = std::move(feel),
                       .look_use = use,
                       .jfif = true,
                       .threads = options.threads};
  const bool shown = viewers > 0, by_board = options.board_preview && frame.board_picture;
  if (shown && !by_board)
    request.outputs = {
        cropped_output(frame, request.profile, asked.scaler_crop, isp::OutputFormat::i420, options.preview_width)};
  const bool looks = detection.wants(frame.timestamp_ns);
  if (looks) request.outputs.push_back(detection_output(frame, request.profile));
  DevelopedFrame developed;
  try {
    developed = run_frame(frame, *tuned, request);
  } catch (const std::exception& error) {
    problems.raise("line.refused", std::string("line: ") + error.what(), clock->now_ns() + ProblemList::kMomentNs);
    return;
  }
  thumbnail.learn(developed.statistics, frame.applied);
  steer(frame, developed, trusted);
  if (looks) {
    DetectionTask task = detection_task(frame, std::move(developed.pictures.back()));
    task.faces = asked.face_detect_mode != FaceDetectMode::off;
    detection.look_at(std::move(task));
  }
  if (shown) show(frame, by_board ? picture_of(*frame.board_picture) : std::move(developed.pictures.front()));

  const auto kept = ring.keep(frame, decisions, number);
  {
    const std::lock_guard lock(mutex);
    newest = kept;
    control_metadata = controller.metadata();
    smooth(line_ms, developed.metadata.line_ms);
  }
  capture(kept);
  if (clock->now_ns() >= statistics_ns) {
    statistics_ns = clock->now_ns() + kStatisticsEveryNs;
    tell_statistics(frame, developed.statistics);
  }
}

/// Automatic control, or what a capture needs of the sensor.
void SessionLoop::steer(const hal::RawFrame& frame, const DevelopedFrame& developed, bool trusted) {
  if (job && job->capture.wanted()) {
    if (!std::exchange(job->commanded, true) || frame.sequence % 8 == 0) link.submit(*job->capture.wanted());
    return;
  }
  if (!trusted) return;
  const std::vector<Detection> known = detection.known(frame.timestamp_ns);
  const auto settings = controller.step({.statistics = developed.statistics,
                                         .applied = frame.applied,
                                         .ticket = frame.ticket,
                                         .timestamp_ns = frame.timestamp_ns,
                                         .sequence = frame.sequence,
                                         .width = frame.raw.width,
                                         .height = frame.raw.height,
                                         .camera_to_srgb = developed.metadata.colour_matrix,
                                         .detections = known});
  if (settings) controller.submitted(link.submit(*settings));
}

void SessionLoop::show(const hal::RawFrame& frame, Picture picture) {
  const auto begin = std::chrono::steady_clock::now();
  firmware::turn(picture, Orientation::from_exif(frame.orientation));
  const auto plane = [&](std::size_t i) { return std::as_const(picture.planes[i]).view(); };
  auto preview = std::make_shared<PreviewFrame>(
      PreviewFrame{.jpeg = jpeg_bytes(YuvPlanes{plane(0), plane(1), plane(2)}, options.preview_quality),
                   .width = picture.width,
                   .height = picture.height,
                   .number = number,
                   .timestamp_ns = frame.timestamp_ns,
                   .unix_time = unix_time(frame.timestamp_ns)});
  listener.on_preview(std::move(preview));
  const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - begin;
  const std::lock_guard lock(mutex);
  smooth(encode_ms, spent.count());
}

/// A picture at full resolution waits for its mode, and for automatic control to settle in it.
bool SessionLoop::ready_to_take(const KeptFrame& kept) {
  if (!job->capture.request().full_resolution) return true;
  if (!job->back_to) {
    const auto modes = link.camera().modes();
    const auto pixels = [](const hal::SensorMode& m) { return static_cast<std::int64_t>(m.width) * m.height; };
    const auto largest = std::ranges::max_element(modes, {}, pixels);
    if (largest == modes.end() || (largest->width <= kept.frame.raw.width && largest->height <= kept.frame.raw.height))
      return true;
    job->back_to = link.camera().mode();
    ring.clear();
    if (!link.change_mode(*largest)) {
      job->back_to.reset();
      fail_job("the camera refuses its largest mode");
    }
    return false;
  }
  return ++job->settling >= kSettleFrames || controller.metadata().ae_state != AeState::searching;
}

void SessionLoop::capture(const std::shared_ptr<const KeptFrame>& kept) {
  if (!job || !ready_to_take(*kept)) return;
  try {
    for (Shot& shot : job->capture.on_frame(kept, ring, limits)) {
      const std::string time = exif_time(unix_time(shot.kept->frame.timestamp_ns));
      std::shared_ptr<const CameraTuning> tuned;
      std::shared_ptr<const Look> feel;
      LookUse use;
      Controls asked;
      {
        const std::lock_guard lock(mutex);
        tuned = tuning, feel = look, use.strength = look_strength, asked = controls;
      }
      const bool accepted =
          worker.add({.id = job->id,
                      .shot = std::move(shot),
                      .request = job->capture.request(),
                      .tuning = std::move(tuned),
                      .adjustments = {asked.brightness, asked.contrast, asked.saturation, asked.sharpness},
                      .look = std::move(feel),
                      .look_use = use,
                      .crop = asked.scaler_crop,
                      .date_time = time});
      if (!accepted) return fail_job("the disk is slower than the camera: too many pictures wait");
      job->commanded = false;
    }
    if (job->capture.taken_all()) end_job();
  } catch (const SessionError& error) {
    fail_job(error.what());
  }
}

void SessionLoop::fail_job(const std::string& error) {
  worker.post([this, id = job->id, error] {
    book.update(id, [&](CaptureInfo& info) { info.state = CaptureState::failed, info.error = error; });
  });
  end_job();
}

/// Gives the sensor back to automatic control.
void SessionLoop::end_job() {
  const bool commanded =
      job->capture.request().mode == CaptureMode::bracket || job->capture.request().mode == CaptureMode::pro;
  const auto back_to = job->back_to;
  job.reset();
  {
    const std::lock_guard lock(mutex);
    capturing.clear();
  }
  if (back_to) {
    ring.clear();
    link.change_mode(*back_to);
  } else if (commanded) {
    controller.submitted(link.submit(controller.first_settings()));
  }
}

/// On the worker's thread.
void SessionLoop::stored(const Still& still, const std::string& error) {
  if (!error.empty()) problems.raise(kStorage, error);
  book.update(still.id, [&](CaptureInfo& info) {
    if (error.empty()) {
      info.state = ++info.done >= info.total ? CaptureState::done : CaptureState::running;
    } else {
      info.state = CaptureState::failed;
      info.error = error;
    }
  });
  if (error.empty()) return;
  const std::lock_guard lock(mutex);
  cancelled.push_back(still.id);
}

/// On the detectors' thread. Told while there is something, and once when it is gone.
void SessionLoop::detected(const DetectionWorker::Seen& seen) {
  if (!seen.error.empty())
    problems.raise("detector.failed", seen.error, clock->now_ns() + ProblemList::kMomentNs);
  bool any;
  DetectionReport report;
  {
    const std::lock_guard lock(mutex);
    any = !detections.detections.empty() || !seen.known.empty();
    detections.time = unix_time(seen.timestamp_ns);
    detections.orientation = seen.orientation;
    detections.detections = seen.known;
    report = detections;
  }
  if (any) listener.on_event({"detections", Severity::info, "", to_json(report)});
}

void SessionLoop::tell_statistics(const hal::RawFrame& frame, const isp::Statistics& statistics) {
  auto data = to_json(controller.metadata());
  data["ExposureTime"] = frame.applied.exposure_us.value_or(0);
  data["AnalogueGain"] = frame.applied.analogue_gain.value_or(0);
  data["sequence"] = frame.sequence;
  data["fps"] = link.counters().fps;
  data["histogram"] = histogram_json(statistics);
  listener.on_event({"statistics", Severity::info, "", std::move(data)});
}

}  // namespace sunny16::firmware
