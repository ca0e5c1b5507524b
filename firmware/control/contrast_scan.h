// A scan for the lens position of the highest contrast: a coarse sweep over the range until the peak is passed, then
// finer steps around it, then a parabola through the best three.
//
// Between a command and the first frame that shows it lie as many frames as the camera's queue is long. So the scan
// never waits for a step to arrive before it commands the next, and it goes only by what frames say: each gives its
// contrast and the place where its lens really was.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "hal/api/sensor.h"

namespace sunny16::firmware {

/// Lens positions in dioptres.
struct ScanPlan {
  hal::Range range;         ///< where the peak is looked for
  double step_coarse = 1;   ///< of the sweep
  double step_fine = 0.25;  ///< around the peak; 0: the sweep must do
  double step_most = 2;     ///< on the way to where the sweep begins
  double passed = 0.75;     ///< the peak is behind where contrast is below this part of it
};

class ContrastScan {
 public:
  /// Begins at the end of the range that is nearer to where the lens is.
  ContrastScan(const ScanPlan& plan, double lens_position);

  /// Takes a frame that shows `contrast` at `lens_position`; gives where the lens shall go next.
  double step(double lens_position, double contrast);

  enum class Result : std::uint8_t { none, focused, failed };
  /// none until the lens has been seen at the peak, or there is no peak.
  Result result() const { return result_; }
  /// Where the peak was found, or where contrast was highest so far.
  double best() const;

 private:
  struct Sample {
    double lens_position, contrast;
  };
  enum class Stage : std::uint8_t { sweep, fine, settle };

  void record(const Sample& sample);
  std::size_t highest() const;
  double lowest() const;
  bool has_near(double lens_position) const;
  bool is_end(double lens_position) const;
  std::optional<std::size_t> flanked(double step) const;
  double end() const;         ///< of the sweep
  double before_end() const;  ///< half a step
  bool passed_peak() const;
  bool has_peak() const;
  Sample peak(double step) const;
  void sweep_on();
  void refine();
  bool came_back(double lens_position);
  void settle();

  ScanPlan plan_;
  double direction_;  ///< of the sweep: 1 towards near
  double target_;     ///< the last command
  Stage stage_ = Stage::sweep;
  bool at_start_ = false;        ///< of the sweep: commands have reached it
  std::deque<double> to_visit_;  ///< in this round of fine steps
  std::vector<Sample> samples_;  ///< by rising lens position
  int rounds_ = 0, round_frames_ = 0;
  bool left_ = false;  ///< the lens has been elsewhere than in the middle of the round's steps
  Result result_ = Result::none;
};

}  // namespace sunny16::firmware
