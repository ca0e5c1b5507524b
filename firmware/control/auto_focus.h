// Automatic focus: where the lens shall be, from phase detection where frames have it, else from a scan for the highest
// contrast. Modes, triggers and pauses are libcamera's (AfMode, AfTrigger, AfPause); the tuning is rpi.af's.
#pragma once

#include <optional>

#include "firmware/control/contrast_scan.h"
#include "firmware/control/control_types.h"
#include "firmware/control/focus_contrast.h"
#include "firmware/control/scene/boxes.h"

namespace sunny16::firmware {

class AutoFocus {
 public:
  /// `lens`: the places that the lens can go to, dioptres; none: the focus is fixed.
  AutoFocus(AfTuning tuning, std::optional<hal::Range> lens);

  void set_tuning(AfTuning tuning) { tuning_ = std::move(tuning); }
  void set_controls(const Controls& controls);
  void act(FocusAction action);
  /// The largest face: what is focused on where AfMetering is automatic; nothing: the picture's middle.
  void look_at(const std::optional<Box>& face);
  /// The camera begins a new run: commands in flight are lost.
  void restart(std::optional<hal::Range> lens);

  /// Learns from a frame. Where to send the lens, if it has not been sent there.
  std::optional<double> step(const FrameReport& report);

  AfState state() const { return state_; }
  AfPauseState pause_state() const;
  /// Where the lens was sent.
  double lens_position() const { return target_; }
  /// FocusFoM of the last frame.
  double focus_fom() const { return fom_; }

 private:
  /// What is being done: nothing, following the phase, scanning, or waiting for the scene to change.
  enum class Task : std::uint8_t { nothing, start, phase, scan, watch };
  /// What a frame says of the focus.
  struct Seen {
    double lens_position = 0;
    double contrast = 0;  ///< relative to the brightness
    std::optional<hal::FocusPhase> phase{};
  };

  const AfRangeTuning& range_tuning() const;
  const AfSpeedTuning& speed() const;
  hal::Range range() const;
  bool continuous() const { return controls_.af_mode == AfMode::continuous; }

  std::optional<Seen> see(const FrameReport& report);
  void start(const Seen& seen);
  void begin_scan(const Seen& seen);
  void follow_phase(const Seen& seen);
  void scan(const Seen& seen);
  void watch(const Seen& seen);
  void rest(AfState state);
  std::optional<double> command(const std::optional<double>& applied);

  AfTuning tuning_;
  std::optional<hal::Range> lens_;
  Controls controls_{};
  FocusWindows windows_{};
  std::optional<Box> face_{};  ///< that the windows lie on

  Task task_ = Task::start;
  AfState state_ = AfState::idle;
  bool paused_ = false;
  std::optional<ContrastScan> scan_{};
  std::optional<double> reference_{};  ///< contrast of the scene that was focused on
  std::optional<double> changed_{};    ///< contrast that it has changed to
  int changed_for_ = 0;                ///< frames
  std::optional<double> last_lens_{};  ///< of the frame before
  int dropouts_ = 0;                   ///< frames without phase
  int phase_frames_ = 0;               ///< left for a triggered focus by phase
  int near_frames_ = 0;                ///< in which phase asked for hardly any movement
  int skip_;                           ///< frames left to skip

  double target_ = 0;
  std::optional<double> sent_{};
  int waited_ = 0;  ///< frames since the last command that show the lens elsewhere
  double fom_ = 0;
};

}  // namespace sunny16::firmware
