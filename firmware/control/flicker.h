// Whether the light flickers with the mains: at 100 Hz (50 Hz mains) or at 120 Hz.
//
// A rolling shutter sees such light as bands. What stands in both of two frames cancels in the ratio of their rows; a
// lamp leaves a wave whose shape follows from the times at which the rows were exposed. For either frequency, a wave is
// fitted to the ratios of the last frames by least squares. Movement, noise and the other frequency leave most of the
// ratios unexplained.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "firmware/control/control_types.h"

namespace sunny16::firmware {

class Flicker {
 public:
  /// `line_time_us`: SensorLimits::line_time_us; without it nothing is found.
  explicit Flicker(double line_time_us) : line_time_us_(line_time_us) {}
  /// A new run of frames. What was found stays.
  void restart(double line_time_us);

  void step(const FrameReport& report);

  /// Period of the light's brightness, us; 0: none found.
  double period_us() const;
  /// Frames last whole periods, so that bands would stand still and nothing can be told: other lengths would help.
  bool wants_other_frame_length() const;

 private:
  /// A frame's rows: when they were exposed, and the logarithms of the bands' means.
  struct Rows {
    double start_us = 0, exposure_us = 0, height_us = 0;
    std::vector<double> level;
  };
  /// Sums of least squares for a wave of one frequency over the last frames, each as a mean over the bands.
  struct Fit {
    double period_us;
    double uu = 0, uv = 0, vv = 0, ud = 0, vd = 0;
    double potential = 0;  ///< what uu + vv would be if the bands moved by half a period from frame to frame
    int unseen = 0;        ///< frames in which the wave would have shown and did not

    double amplitude() const;  ///< of the light, as a part of its mean
    double explained() const;  ///< of the ratios' sum of squares
    bool seen() const;         ///< bands would have moved enough to tell
    bool hidden() const;       ///< bands would have stood still; neither: there would be none
  };

  void forget();
  Rows rows_of(const FrameReport& report) const;
  void compare(const Rows& before, const Rows& now);
  void judge();

  static const std::array<Fit, 2> kFits;
  static constexpr int kNone = -1, kNever = 1'000'000;

  double line_time_us_;
  std::uint64_t first_ns_ = 0, last_ns_ = 0;  ///< times count from the first
  Rows last_;
  std::array<Fit, 2> fits_ = kFits;
  double squares_ = 0;  ///< of the ratios
  int found_ = kNone;   ///< index of the fit
  int suspect_ = kNone, agreed_ = 0;
  bool ambiguous_ = false;
  int seen_for_ = 0;         ///< frames in which no frequency was hidden
  int since_seen_ = kNever;  ///< frames since that was so for long enough
};

}  // namespace sunny16::firmware
