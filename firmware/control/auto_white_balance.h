// Automatic white balance over frames: the estimates of frames, smoothed, and at rest while they only tremble; or what
// the user set.
#pragma once

#include <array>

#include "firmware/control/controls.h"
#include "firmware/control/white_balance_estimate.h"

namespace sunny16::firmware {

class AutoWhiteBalance {
 public:
  explicit AutoWhiteBalance(AwbTuning tuning);

  /// State is kept: the picture's colours do not jump, except to what is set.
  void set_tuning(AwbTuning tuning);
  /// AwbEnable, AwbMode, ColourGains, ColourTemperature.
  void set_controls(const Controls& controls);
  /// Learns from a frame at an estimated illuminance.
  void step(const isp::Statistics& statistics, double lux);

  /// ColourGains, red and blue, that the next frame is developed with.
  std::array<double, 2> colour_gains() const { return {1 / neutral_[0], 1 / neutral_[2]}; }
  /// Of the light, kelvin.
  double colour_temperature() const { return temperature_; }
  /// Whether white balance is held or set.
  bool locked() const;

 private:
  void apply_fixed();
  hal::Range temperatures() const;

  AwbTuning tuning_;
  Controls controls_{};
  Vector3 neutral_;             ///< camera RGB of a grey, green 1
  double temperature_;          ///< kelvin
  WhiteBalanceEstimate aim_{};  ///< estimates, smoothed
  bool moving_ = true;          ///< towards the aim
  int frames_ = 0;              ///< learned from
};

}  // namespace sunny16::firmware
