#include "firmware/control/auto_focus.h"

#include <utility>

#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

/// Frames after which a command that does not show was lost. More than any queue is long.
constexpr int kPatience = 12;
/// Steps of lens drivers.
constexpr double kSamePlace = 0.04;

/// Whether two contrasts are those of different scenes.
bool differ(double a, double b, double ratio) { return a < ratio * b || b < ratio * a; }

/// Confidence as rpi.af counts it: little is none, and much is not more than enough.
double confidence(const std::optional<hal::FocusPhase>& phase, const AfTuning& tuning) {
  if (!phase || !(phase->confidence >= tuning.conf_thresh)) return 0;
  return exact::min(phase->confidence, tuning.conf_clip) - tuning.conf_thresh / 4;
}

/// Phase is measured there.
bool on_middle(const Box& box) {
  return box[0] < 0.5 && box[0] + box[2] > 0.5 && box[1] < 0.5 && box[1] + box[3] > 0.5;
}

}  // namespace

AutoFocus::AutoFocus(AfTuning tuning, std::optional<hal::Range> lens)
    : tuning_(std::move(tuning)), lens_(lens), skip_(tuning_.skip_frames) {
  target_ = exact::clamp(range_tuning().rest, range().minimum, range().maximum);
}

const AfRangeTuning& AutoFocus::range_tuning() const {
  if (controls_.af_range == AfRange::macro) return tuning_.macro;
  return controls_.af_range == AfRange::full ? tuning_.full : tuning_.normal;
}

const AfSpeedTuning& AutoFocus::speed() const {
  return controls_.af_speed == AfSpeed::fast ? tuning_.fast_speed : tuning_.normal_speed;
}

hal::Range AutoFocus::range() const {
  const hal::Range lens = lens_.value_or(hal::Range{});
  return {exact::clamp(range_tuning().min, lens.minimum, lens.maximum),
          exact::clamp(range_tuning().max, lens.minimum, lens.maximum)};
}

AfPauseState AutoFocus::pause_state() const {
  if (!paused_) return AfPauseState::running;
  return task_ == Task::nothing ? AfPauseState::paused : AfPauseState::pausing;
}

void AutoFocus::set_controls(const Controls& controls) {
  const Controls before = std::exchange(controls_, controls);
  const bool other_windows = before.af_metering != controls.af_metering || before.af_windows != controls.af_windows;
  if (other_windows) face_.reset();
  if (other_windows)
    windows_ = controls.af_metering == AfMetering::windows ? FocusWindows(controls.af_windows) : FocusWindows();
  if (before.af_mode != controls.af_mode) {
    paused_ = false;
    if (continuous())
      task_ = Task::start;
    else if (controls.af_mode == AfMode::manual || task_ != Task::scan)
      rest(AfState::idle);
  } else if (continuous() && !paused_ && (other_windows || before.af_range != controls.af_range)) {
    task_ = Task::start;
  }
  if (lens_ && controls.af_mode == AfMode::manual)
    target_ = exact::clamp(controls.lens_position, lens_->minimum, lens_->maximum);
}

void AutoFocus::act(FocusAction action) {
  if (!lens_) return;
  switch (action) {
    case FocusAction::start:
      if (controls_.af_mode == AfMode::automatic && task_ == Task::nothing)
        task_ = Task::start, state_ = AfState::scanning;
      break;
    case FocusAction::cancel:
      if (controls_.af_mode == AfMode::automatic) rest(AfState::idle);
      break;
    case FocusAction::pause_immediate:
    case FocusAction::pause_deferred:
      if (!continuous() || paused_) break;
      paused_ = true;
      if (action == FocusAction::pause_immediate || task_ != Task::scan)
        rest(state_ == AfState::scanning ? AfState::idle : state_);
      break;
    case FocusAction::resume:
      if (!continuous() || !paused_) break;
      paused_ = false;
      if (task_ == Task::nothing) task_ = Task::start;
      break;
  }
}

/// A face that moves a little leaves the windows where they are, so that contrasts of frames compare; and a scan ends
/// as it began.
void AutoFocus::look_at(const std::optional<Box>& face) {
  constexpr double kStill = 0.3;
  const bool stays = face && face_ ? overlap(*face, *face_) >= kStill : face.has_value() == face_.has_value();
  if (controls_.af_metering != AfMetering::automatic || stays || task_ == Task::scan) return;
  face_ = face;
  windows_ = face ? FocusWindows(std::vector<double>(face->begin(), face->end())) : FocusWindows();
  if (continuous() && !paused_) task_ = Task::start;
}

void AutoFocus::restart(std::optional<hal::Range> lens) {
  lens_ = lens;
  if (lens) target_ = exact::clamp(target_, lens->minimum, lens->maximum);
  sent_.reset();
  skip_ = tuning_.skip_frames;
  if (task_ == Task::scan) task_ = Task::start;
}

std::optional<double> AutoFocus::step(const FrameReport& report) {
  const std::optional<Seen> frame = see(report);
  if (!lens_) return std::nullopt;
  if (skip_ > 0) {
    --skip_;
  } else if (frame) {
    if (task_ == Task::start) start(*frame);
    if (task_ == Task::phase)
      follow_phase(*frame);
    else if (task_ == Task::scan)
      scan(*frame);
    else if (task_ == Task::watch)
      watch(*frame);
  }
  return command(report.applied.lens_position);
}

/// Exposure and light change contrast as the square of the brightness: divided by it, frames compare. A frame that is
/// black, or does not say where its lens was, says nothing.
std::optional<AutoFocus::Seen> AutoFocus::see(const FrameReport& report) {
  fom_ = windows_.contrast(report.statistics);
  const double brightness = mean_green(report.statistics);
  if (!(brightness > 0) || !report.applied.lens_position) return std::nullopt;
  return Seen{.lens_position = *report.applied.lens_position,
              .contrast = fom_ / (brightness * brightness),
              .phase = !face_ || on_middle(*face_) ? report.applied.focus_phase : std::nullopt};
}

/// By phase where frames have it and the tuning uses it.
void AutoFocus::start(const Seen& seen) {
  const AfSpeedTuning& s = speed();
  if (!seen.phase || s.pdaf_gain == 0 || s.dropout_frames == 0 || (!continuous() && s.pdaf_frames == 0))
    return begin_scan(seen);
  task_ = Task::phase;
  state_ = AfState::scanning;
  dropouts_ = near_frames_ = 0;
  phase_frames_ = s.pdaf_frames;
}

void AutoFocus::begin_scan(const Seen& seen) {
  const AfSpeedTuning& s = speed();
  scan_.emplace(ScanPlan{.range = range(),
                         .step_coarse = s.step_coarse,
                         .step_fine = s.step_fine,
                         .step_most = s.max_slew,
                         .passed = s.contrast_ratio},
                seen.lens_position);
  task_ = Task::scan;
  state_ = AfState::scanning;
}

void AutoFocus::rest(AfState state) {
  task_ = Task::nothing;
  state_ = state;
}

/// Each frame's phase belongs to the place where its lens was, so the loop does not swing however late commands show.
void AutoFocus::follow_phase(const Seen& seen) {
  const AfSpeedTuning& s = speed();
  const double sure = confidence(seen.phase, tuning_);
  if (!(sure > (dropouts_ ? 1.0 : 0.25) * tuning_.conf_epsilon)) {
    if (++dropouts_ >= s.dropout_frames) begin_scan(seen);
    return;
  }
  dropouts_ = 0;
  double move = s.pdaf_gain * seen.phase->phase;
  const bool near = exact::abs(move) < s.pdaf_squelch;
  if (continuous()) {
    move *= sure / (sure + tuning_.conf_epsilon);
    if (exact::abs(move) < s.pdaf_squelch) move *= move * move / (s.pdaf_squelch * s.pdaf_squelch);
  }
  const hal::Range reach = range();
  const double wish = exact::clamp(seen.lens_position + move, reach.minimum, reach.maximum);
  const bool out_of_reach = exact::abs(move) > s.max_slew && exact::abs(wish - seen.lens_position) < kSamePlace;
  target_ += exact::clamp(wish - target_, -s.max_slew, s.max_slew);
  if (continuous()) {
    state_ = near ? AfState::focused : out_of_reach ? AfState::failed : AfState::scanning;
    return;
  }
  near_frames_ = near ? near_frames_ + 1 : 0;
  if (near_frames_ >= s.step_frames) return rest(AfState::focused);
  if (--phase_frames_ <= 0) begin_scan(seen);
}

void AutoFocus::scan(const Seen& seen) {
  target_ = scan_->step(seen.lens_position, seen.contrast);
  if (scan_->result() == ContrastScan::Result::none) return;
  const bool focused = scan_->result() == ContrastScan::Result::focused;
  if (!focused) target_ = exact::clamp(range_tuning().rest, range().minimum, range().maximum);
  rest(focused ? AfState::focused : AfState::failed);
  if (!continuous() || paused_) return;
  task_ = Task::watch;
  reference_.reset();
  changed_.reset();
}

/// The scene has changed when its contrast has, and is looked at again when it has come to rest.
void AutoFocus::watch(const Seen& seen) {
  if (std::exchange(last_lens_, seen.lens_position) != seen.lens_position) return;
  if (speed().pdaf_gain != 0 && confidence(seen.phase, tuning_) > tuning_.conf_epsilon) {
    task_ = Task::phase;
    dropouts_ = 0;
    return;
  }
  const double ratio = speed().retrigger_ratio;
  if (!reference_) reference_ = seen.contrast;
  if (!differ(seen.contrast, *reference_, ratio))
    changed_.reset();
  else if (!changed_ || differ(seen.contrast, *changed_, ratio))
    changed_ = seen.contrast, changed_for_ = 1;
  else if (++changed_for_ >= speed().retrigger_delay)
    begin_scan(seen);
}

/// A lost command is sent again.
std::optional<double> AutoFocus::command(const std::optional<double>& applied) {
  const bool arrived = !applied || exact::abs(*applied - target_) < kSamePlace;
  waited_ = arrived ? 0 : waited_ + 1;
  if (sent_ == target_ && waited_ < kPatience) return std::nullopt;
  waited_ = 0;
  sent_ = target_;
  return target_;
}

}  // namespace sunny16::firmware
