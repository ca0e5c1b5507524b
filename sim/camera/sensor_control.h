// A sensor's registers: what commands become in its own steps, and after how many frames they show.
#pragma once

#include <algorithm>
#include <deque>

#include "hal/api/sensor.h"
#include "sim/optics/lens_model.h"
#include "sim/sensor/sensor_model.h"

namespace sunny16::sim {

/// What a frame is exposed with.
struct SensorRegisters {
  int exposure_lines = 1, gain_code = 0, frame_lines = 1;
  int focus_code = 0;
  friend bool operator==(const SensorRegisters&, const SensorRegisters&) = default;
};

/// What was written some frames ago.
class DelayLine {
 public:
  explicit DelayLine(int frames) : on_the_way_(static_cast<std::size_t>(frames), 0) {}
  /// The value that has arrived as this one is written.
  int operator()(int written) {
    on_the_way_.push_back(written);
    const int arrived = on_the_way_.front();
    on_the_way_.pop_front();
    return arrived;
  }
  void fill(int value) { std::ranges::fill(on_the_way_, value); }

 private:
  std::deque<int> on_the_way_;
};

/// Registers are written while a frame is read out, and show `..._delay_frames` later: a delay of 1, the least, is the
/// next frame. Each has its own; the frame is stretched at once where an exposure would not fit into it. A voice coil
/// carries the lens within the frame that is being read out, to one of the places that its driver can hold.
class SensorControl {
 public:
  SensorControl(const SensorModel& sensor, const SensorMode& mode, const LensModel& lens);

  hal::SensorLimits limits() const;
  /// The sensor's own steps, as physical values.
  double exposure_us(const SensorRegisters& r) const { return r.exposure_lines * mode_.line_time_us; }
  double analogue_gain(const SensorRegisters& r) const;
  double lens_position(const SensorRegisters& r) const;
  const hal::SensorSettings& wish() const { return wish_; }
  bool focuses() const { return lens_.focus_near > 0; }
  /// From the start of a frame to that of the next, in lines.
  int duration_lines(const SensorRegisters& r) const;

  /// Takes settings as a wish; values that are no number say nothing.
  void command(const hal::SensorSettings& settings);
  /// Makes the registers what is wished for without delay, as when a stream begins.
  SensorRegisters settle();
  /// What the next frame is exposed with, as the wish is written once more.
  SensorRegisters next_frame();

 private:
  SensorRegisters nearest_registers() const;

  SensorModel sensor_;
  SensorMode mode_;
  LensModel lens_;
  hal::SensorSettings wish_;
  DelayLine exposure_, gain_, frame_length_;
  SensorRegisters written_;
};

}  // namespace sunny16::sim
