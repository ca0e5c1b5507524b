// Automatic focus: where the lens may go, how fast, and what is trusted. The model is the Raspberry Pi's: phase
// detection where the sensor has it, else a scan for the highest contrast.
#pragma once

#include <string>

#include "isp/core/describe.h"

namespace sunny16::firmware {

/// Lens positions in dioptres: 0 is far.
struct AfRangeTuning {
  double min = 0, max = 12, rest = 1;

  std::string problem() const { return min <= max ? "" : ": found min above max, allowed min <= max"; }
};

struct AfSpeedTuning {
  double step_coarse = 1, step_fine = 0.25;
  double contrast_ratio = 0.75;
  double retrigger_ratio = 0.8;
  int retrigger_delay = 10;
  double pdaf_gain = -0.02, pdaf_squelch = 0.125;
  double max_slew = 2;
  int pdaf_frames = 20, dropout_frames = 6, step_frames = 4;
};

struct AfTuning {
  AfRangeTuning normal{0, 12, 1}, macro{3, 15, 4}, full{0, 15, 1};
  AfSpeedTuning normal_speed{}, fast_speed{};
  double conf_epsilon = 8, conf_thresh = 16, conf_clip = 512;
  int skip_frames = 5;
};

}  // namespace sunny16::firmware

namespace sunny16::isp {

template <>
struct Describe<firmware::AfRangeTuning> {
  using R = firmware::AfRangeTuning;
  static constexpr auto fields =
      std::tuple{field<&R::min>("min", 0, 100, "1/m", "Farthest position."),
                 field<&R::max>("max", 0, 100, "1/m", "Nearest position."),
                 field<&R::rest>("default", 0, 100, "1/m", "Where the lens goes before and without a focus.")};
};

template <>
struct Describe<firmware::AfSpeedTuning> {
  using S = firmware::AfSpeedTuning;
  static constexpr auto fields = std::tuple{
      field<&S::step_coarse>("step_coarse", 0.01, 10, "1/m", "Step of a scan."),
      field<&S::step_fine>("step_fine", 0, 10, "1/m", "Step of a scan around the best place; 0: none."),
      field<&S::contrast_ratio>("contrast_ratio", 0, 1, "ratio",
                                "A scan ends where contrast is below this part of its peak."),
      field<&S::retrigger_ratio>("retrigger_ratio", 0, 1, "ratio",
                                 "The scene has changed where contrast is below this part of what it was, or was below "
                                 "it of what it is."),
      field<&S::retrigger_delay>("retrigger_delay", 0, 1000, "",
                                 "Frames that a changed scene must stand still before it is scanned."),
      field<&S::pdaf_gain>("pdaf_gain", -10, 10, "1/m", "Lens movement for each unit of phase."),
      field<&S::pdaf_squelch>("pdaf_squelch", 0, 10, "1/m", "Smaller movements are made smaller still."),
      field<&S::max_slew>("max_slew", 0.01, 100, "1/m", "Largest movement in a frame."),
      field<&S::pdaf_frames>("pdaf_frames", 0, 1000, "",
                             "Frames that phase detection is given for a triggered focus; then comes a scan."),
      field<&S::dropout_frames>("dropout_frames", 0, 1000, "", "Frames without phase before a scan begins."),
      field<&S::step_frames>("step_frames", 1, 100, "",
                             "Frames without need to move that end a triggered focus by phase.")};
};

template <>
struct Describe<firmware::AfTuning> {
  using A = firmware::AfTuning;
  static constexpr auto fields =
      std::tuple{field<&A::normal>("normal", 0, 0, "", "AfRangeNormal."),
                 field<&A::macro>("macro", 0, 0, "", "AfRangeMacro."),
                 field<&A::full>("full", 0, 0, "", "AfRangeFull."),
                 field<&A::normal_speed>("normal_speed", 0, 0, "", "AfSpeedNormal."),
                 field<&A::fast_speed>("fast_speed", 0, 0, "", "AfSpeedFast."),
                 field<&A::conf_epsilon>("conf_epsilon", 0, 1e6, "", "Confidence at which phase is trusted no more."),
                 field<&A::conf_thresh>("conf_thresh", 0, 1e6, "", "Least confidence of phase that counts."),
                 field<&A::conf_clip>("conf_clip", 0, 1e6, "", "Confidence that is as good as any higher one."),
                 field<&A::skip_frames>("skip_frames", 0, 1000, "",
                                        "Frames at the start, or after a change of mode, without focusing.")};
};

}  // namespace sunny16::isp
