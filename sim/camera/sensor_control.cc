#include "sim/camera/sensor_control.h"

#include "isp/core/exact_math.h"
#include "sim/sensor/expose.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;

/// Places of a lens from far to near: voice coil drivers have 10 bits.
constexpr int kFocusCodes = 1023;

/// The nearest whole number within a range.
int nearest(double v, double from, double to) {
  return static_cast<int>(exact::floor(exact::clamp(v, from, to) + 0.5));
}

}  // namespace

SensorControl::SensorControl(const SensorModel& sensor, const SensorMode& mode, const LensModel& lens)
    : sensor_(sensor),
      mode_(mode),
      lens_(lens),
      exposure_(std::max(sensor.exposure_delay_frames, 1) - 1),
      gain_(std::max(sensor.gain_delay_frames, 1) - 1),
      frame_length_(std::max(sensor.frame_length_delay_frames, 1) - 1),
      written_(nearest_registers()) {}

hal::SensorLimits SensorControl::limits() const {
  const double line = mode_.line_time_us;
  hal::SensorLimits limits{
      .exposure_us = {line * sensor_.exposure_min_lines,
                      line * (sensor_.frame_lines_max - sensor_.exposure_margin_lines)},
      .analogue_gain = {gain_of_code(sensor_, sensor_.gain_code_min), gain_of_code(sensor_, sensor_.gain_code_max)},
      .frame_duration_us = {line * mode_.frame_lines, line * sensor_.frame_lines_max},
      .lens_position = {},
      .line_time_us = sensor_.global_shutter ? 0 : line};
  if (focuses()) limits.lens_position = {lens_.focus_far, lens_.focus_near};
  return limits;
}

double SensorControl::analogue_gain(const SensorRegisters& r) const { return gain_of_code(sensor_, r.gain_code); }

double SensorControl::lens_position(const SensorRegisters& r) const {
  return lens_.focus_far + (lens_.focus_near - lens_.focus_far) * r.focus_code / kFocusCodes;
}

int SensorControl::duration_lines(const SensorRegisters& r) const {
  return std::max(r.frame_lines, r.exposure_lines + sensor_.exposure_margin_lines);
}

void SensorControl::command(const hal::SensorSettings& settings) {
  wish_ = merged(wish_, settings);
  written_ = nearest_registers();
}

SensorRegisters SensorControl::nearest_registers() const {
  const double line = mode_.line_time_us, shortest = mode_.frame_lines, longest = sensor_.frame_lines_max;
  const hal::Range frame = wish_.frame_duration_us.value_or(limits().frame_duration_us);
  const double frame_from = exact::clamp(exact::max(frame.minimum, 0) / line, shortest, longest);
  const double frame_to = exact::clamp(exact::max(frame.maximum, 0) / line, frame_from, longest);
  const double margin = sensor_.exposure_margin_lines, least = sensor_.exposure_min_lines;
  SensorRegisters r;
  r.frame_lines = nearest(frame_from, shortest, longest);
  r.exposure_lines =
      nearest(wish_.exposure_us.value_or(0) / line, least, exact::max(exact::floor(frame_to) - margin, least));
  r.gain_code = code_of_gain(sensor_, exact::clamp(wish_.analogue_gain.value_or(1), limits().analogue_gain.minimum,
                                                   limits().analogue_gain.maximum));
  if (focuses()) {
    const double place =
        (wish_.lens_position.value_or(lens_.focus) - lens_.focus_far) / (lens_.focus_near - lens_.focus_far);
    r.focus_code = nearest(kFocusCodes * place, 0, kFocusCodes);
  }
  return r;
}

SensorRegisters SensorControl::settle() {
  exposure_.fill(written_.exposure_lines);
  gain_.fill(written_.gain_code);
  frame_length_.fill(written_.frame_lines);
  return written_;
}

SensorRegisters SensorControl::next_frame() {
  return {.exposure_lines = exposure_(written_.exposure_lines),
          .gain_code = gain_(written_.gain_code),
          .frame_lines = frame_length_(written_.frame_lines),
          .focus_code = written_.focus_code};
}

}  // namespace sunny16::sim
