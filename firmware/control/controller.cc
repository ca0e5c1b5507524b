#include "firmware/control/controller.h"

#include <utility>

#include "firmware/control/auto_exposure.h"
#include "firmware/control/auto_focus.h"
#include "firmware/control/auto_white_balance.h"
#include "firmware/control/commands.h"
#include "firmware/control/exposure_estimate.h"
#include "firmware/control/flicker.h"
#include "firmware/control/scene/face_guide.h"
#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

}  // namespace

struct Controller::State {
  State(ControlTuning t, const hal::SensorLimits& limits)
      : tuning(std::move(t)),
        exposure(tuning.agc, tuning.lux, limits),
        flicker(limits.line_time_us),
        white_balance(tuning.awb),
        focus(tuning.af, limits.lens_position) {}

  double flicker_period_us() const {
    if (controls.ae_flicker_mode == AeFlickerMode::off) return 0;
    return controls.ae_flicker_mode == AeFlickerMode::manual ? controls.ae_flicker_period : flicker.period_us();
  }
  /// As the user asks, or as the scene needs.
  HdrChoice hdr() const {
    if (controls.hdr_mode == HdrMode::automatic) return scene.hdr();
    return {controls.hdr_mode, "as asked for"};
  }
  SceneReport scene_report() const { return controls.scene_detection ? scene.report() : SceneReport{}; }
  void learn_lux(const FrameReport& report);
  void learn_faces(const FrameReport& report);
  void learn_scene(const FrameReport& report);
  void steer_look();
  Controls with_suggestion() const;
  hal::SensorSettings wish() const;
  void note(const hal::AppliedSettings& applied);

  ControlTuning tuning;
  Controls controls;
  AutoExposure exposure;
  Flicker flicker;
  AutoWhiteBalance white_balance;
  AutoFocus focus;
  FaceGuide faces;
  std::vector<Detection> detections;  ///< as the last report had them
  SceneAwareness scene;
  double suggested_ev = 0;                        ///< in use
  double look_strength = 1, skin_protection = 0;  ///< likewise
  Commands commands;
  std::optional<double> lens_position;  ///< commanded
  double lux = FrameDecisions{}.lux;
  bool lux_known = false;
  ControlMetadata metadata;
};

/// Illuminance is smoothed in logarithms; the first frame's is taken as it is.
void Controller::State::learn_lux(const FrameReport& report) {
  constexpr double kPart = 0.25, kDarkest = 0.01;
  const double luminance = mean_luminance(report.statistics);
  const double seen =
      exact::max(tuning.lux.estimate(luminance, *report.applied.exposure_us, *report.applied.analogue_gain), kDarkest);
  lux = lux_known ? lux * exact::pow(seen / lux, kPart) : seen;
  lux_known = true;
}

/// After the frame was metered: it was counted with the zones of the faces before.
void Controller::State::learn_faces(const FrameReport& report) {
  detections.assign(report.detections.begin(), report.detections.end());
  if (controls.face_detect_mode == FaceDetectMode::off)
    faces.clear();
  else
    faces.update(detections);
  focus.look_at(faces.largest());
}

/// What is suggested for the scene is done where the user wants that.
void Controller::State::learn_scene(const FrameReport& report) {
  const bool exposed = has_exposure(report.applied);
  const bool looks = controls.face_detect_mode != FaceDetectMode::off;
  const std::span<const Detection> faces_known = looks ? report.detections : std::span<const Detection>{};
  scene.step({.statistics = report.statistics,
              .colour_gains = white_balance.colour_gains(),
              .camera_to_srgb = report.camera_to_srgb,
              .colour_temperature = white_balance.colour_temperature(),
              .lux = lux_known ? std::optional(lux) : std::nullopt,
              .lens_position = report.applied.lens_position,
              .exposure = exposed ? *report.applied.exposure_us * *report.applied.analogue_gain : 0,
              .timestamp_ns = report.timestamp_ns,
              .detections = faces_known});
  exposure.set_hdr_mode(applied_hdr(hdr().mode));
  steer_look();
  const double suggested = controls.scene_auto ? scene_report().advice.exposure_value : 0;
  if (suggested == suggested_ev) return;
  suggested_ev = suggested;
  exposure.set_controls(with_suggestion());
}

/// A look that jumped with every face that turns away would be seen; a second's worth of frames changes all of it.
void Controller::State::steer_look() {
  constexpr double kStep = 1.0 / 30;
  const auto glide = [](double from, double to) { return from + exact::clamp(to - from, -kStep, kStep); };
  const SceneAdvice advice = controls.scene_auto ? scene_report().advice : SceneAdvice{};
  const double spared = exact::max(faces.skin_protection(), advice.skin_protection);
  skin_protection = glide(skin_protection, controls.skin_protection_enable ? spared : 0);
  look_strength = glide(look_strength, advice.look.empty() ? 1 : advice.look_strength);
}

Controls Controller::State::with_suggestion() const {
  Controls suggested = controls;
  suggested.exposure_value = exact::clamp(suggested.exposure_value + suggested_ev, -8, 8);
  return suggested;
}

/// While the flicker is looked for and bands would stand still, frames last a quarter of its period longer.
hal::SensorSettings Controller::State::wish() const {
  constexpr double kLonger_us = 2500;
  hal::SensorSettings settings = exposure.settings();
  settings.lens_position = lens_position;
  if (hal::Range& frame = *settings.frame_duration_us; controls.ae_flicker_mode == AeFlickerMode::automatic &&
                                                       flicker.wants_other_frame_length() &&
                                                       frame.minimum + kLonger_us <= frame.maximum)
    frame.minimum = exact::max(frame.minimum, *settings.exposure_us) + kLonger_us;
  return settings;
}

void Controller::State::note(const hal::AppliedSettings& applied) {
  metadata = {.ae_state = exposure.state(),
              .lux = lux,
              .digital_gain = exposure.digital_gain(applied),
              .ae_flicker_detected = flicker.period_us(),
              .ae_flicker_avoided = exposure.flicker_avoided(),
              .awb_locked = white_balance.locked(),
              .colour_temperature = white_balance.colour_temperature(),
              .colour_gains = white_balance.colour_gains(),
              .af_state = focus.state(),
              .af_pause_state = focus.pause_state(),
              .lens_position = focus.lens_position(),
              .focus_fom = focus.focus_fom(),
              .face_rectangles = faces.rectangles(),
              .face_exposure_value = exposure.face_exposure_value(),
              .look_strength = look_strength,
              .skin_protection = skin_protection,
              .hdr_mode = hdr().mode,
              .hdr_mode_applied = applied_hdr(hdr().mode),
              .hdr_reason = hdr().reason,
              .scene = scene_report()};
}

Controller::Controller(ControlTuning tuning, const hal::SensorLimits& limits)
    : state_(std::make_unique<State>(std::move(tuning), limits)) {}
Controller::~Controller() = default;
Controller::Controller(Controller&&) noexcept = default;
Controller& Controller::operator=(Controller&&) noexcept = default;

void Controller::set_controls(const Controls& controls) {
  state_->controls = controls;
  state_->exposure.set_controls(state_->with_suggestion());
  state_->exposure.set_hdr_mode(applied_hdr(state_->hdr().mode));
  state_->white_balance.set_controls(controls);
  state_->focus.set_controls(controls);
}

void Controller::set_tuning(ControlTuning tuning) {
  state_->exposure.set_tuning(tuning.agc);
  state_->white_balance.set_tuning(tuning.awb);
  state_->focus.set_tuning(tuning.af);
  state_->tuning = std::move(tuning);
}

void Controller::act(FocusAction action) { state_->focus.act(action); }

void Controller::restart(const hal::SensorLimits& limits) {
  state_->exposure.restart(limits);
  state_->flicker.restart(limits.line_time_us);
  state_->focus.restart(limits.lens_position);
  state_->scene.restart();
  state_->commands.restart();
}

hal::SensorSettings Controller::first_settings() const { return state_->wish(); }

FrameDecisions Controller::decide(const hal::AppliedSettings& applied) const {
  return {.colour_gains = state_->white_balance.colour_gains(),
          .colour_temperature = state_->white_balance.colour_temperature(),
          .digital_gain = state_->exposure.digital_gain(applied),
          .lux = state_->lux,
          .metering_weights = state_->exposure.metering_weights(),
          .hdr_strength = applied_hdr(state_->hdr().mode) == HdrMode::single_exposure ? 1.0 : 0.0,
          .face_zones = state_->faces.zones(),
          .detections = state_->detections,
          .look_strength = state_->look_strength,
          .skin_protection = state_->skin_protection,
          .hdr = state_->hdr(),
          .scene = state_->scene_report()};
}

std::optional<hal::SensorSettings> Controller::step(const FrameReport& report) {
  State& state = *state_;
  if (!has_exposure(report.applied)) {
    // Of a camera that never says how it exposes, colour is all that can be told; a frame that says what cannot be
    // tells nothing.
    if (report.applied.exposure_us || report.applied.analogue_gain) return std::nullopt;
    state.white_balance.step(report.statistics, state.lux);
    state.learn_faces(report);
    state.learn_scene(report);
    state.note(report.applied);
    return std::nullopt;
  }
  state.learn_lux(report);
  state.flicker.step(report);
  state.exposure.step(report.statistics, report.applied, state.lux, state.flicker_period_us(),
                      state.faces.light(report.statistics));
  state.white_balance.step(report.statistics, state.lux);
  state.learn_faces(report);
  state.learn_scene(report);
  if (const std::optional<double> position = state.focus.step(report)) state.lens_position = position;
  state.note(report.applied);
  return state.commands.due(state.wish(), report);
}

void Controller::submitted(hal::Ticket ticket) { state_->commands.submitted(ticket); }

const ControlMetadata& Controller::metadata() const { return state_->metadata; }

}  // namespace sunny16::firmware
