#include "firmware/tuning/raspberry_pi_af.h"

#include <algorithm>

namespace sunny16::firmware {
namespace {

void read_range(RaspberryPiBlock& block, AfRangeTuning& range) {
  range.min = block.number("min", range.min);
  range.max = block.number("max", range.max);
  range.rest = block.number("default", range.rest);
}

/// Counts are whole numbers there, and so here.
int count(RaspberryPiBlock& block, const std::string& key, int fallback) {
  return static_cast<int>(block.number(key, fallback, {0, 1000}));
}

void read_speed(RaspberryPiBlock& block, AfSpeedTuning& speed) {
  speed.step_coarse = block.number("step_coarse", speed.step_coarse);
  speed.step_fine = block.number("step_fine", speed.step_fine);
  speed.contrast_ratio = block.number("contrast_ratio", speed.contrast_ratio);
  speed.retrigger_ratio = block.number("retrigger_ratio", speed.retrigger_ratio);
  speed.retrigger_delay = count(block, "retrigger_delay", speed.retrigger_delay);
  speed.pdaf_gain = block.number("pdaf_gain", speed.pdaf_gain);
  speed.pdaf_squelch = block.number("pdaf_squelch", speed.pdaf_squelch);
  speed.max_slew = block.number("max_slew", speed.max_slew);
  speed.pdaf_frames = count(block, "pdaf_frames", speed.pdaf_frames);
  speed.dropout_frames = count(block, "dropout_frames", speed.dropout_frames);
  speed.step_frames = count(block, "step_frames", speed.step_frames);
}

}  // namespace

void read_raspberry_pi_af(RaspberryPiBlock& block, RaspberryPiTuning& tuning, std::vector<std::string>& notes) {
  AfTuning& af = tuning.sections.af.base;
  const auto member = [&](RaspberryPiBlock& owner, const char* key, auto&& read, auto& into) {
    if (!owner.has(key)) return;
    RaspberryPiBlock inner = owner.child(key);
    read(inner, into);
    inner.add_unused(notes);
  };
  if (block.has("ranges")) {
    RaspberryPiBlock ranges = block.child("ranges");
    member(ranges, "normal", read_range, af.normal);
    af.macro = af.normal;
    member(ranges, "macro", read_range, af.macro);
    af.full = {std::min(af.normal.min, af.macro.min), std::max(af.normal.max, af.macro.max), af.normal.rest};
    member(ranges, "full", read_range, af.full);
    ranges.add_unused(notes);
  }
  if (block.has("speeds")) {
    RaspberryPiBlock speeds = block.child("speeds");
    member(speeds, "normal", read_speed, af.normal_speed);
    af.fast_speed = af.normal_speed;
    member(speeds, "fast", read_speed, af.fast_speed);
    speeds.add_unused(notes);
  }
  af.conf_epsilon = block.number("conf_epsilon", af.conf_epsilon);
  af.conf_thresh = block.number("conf_thresh", af.conf_thresh);
  af.conf_clip = block.number("conf_clip", af.conf_clip);
  af.skip_frames = count(block, "skip_frames", af.skip_frames);
}

}  // namespace sunny16::firmware
