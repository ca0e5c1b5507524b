// Automatic exposure with the semantics of the Raspberry Pi's tuning: what is metered, how bright it shall be, how the
// exposure is split into time and gain.
//
// An exposure is time x analogue gain x digital gain, in us. Every frame tells how bright the scene is by what was
// applied to it, however old its settings are; so what the frame says is an exposure, not a correction, and commands
// that are still on their way are not given twice. The exposure in use moves towards it at the tuning's speed. What the
// sensor has not yet done of it, or cannot do, is left to the digital gain.
//
// Single-exposure HDR meters for the mid-tones alone, and lets the sensor gather less light than that, up to the
// digital gain's limit, so that highlights are not clipped: the line has as much room above white, from where local tone
// mapping brings them back.
#pragma once

#include <array>

#include "firmware/control/control_types.h"
#include "firmware/control/controls.h"
#include "firmware/control/exposure_split.h"
#include "firmware/control/luma_histogram.h"
#include "firmware/control/scene/face_exposure.h"

namespace sunny16::firmware {

class AutoExposure {
 public:
  /// libcamera's limit for the Raspberry Pi; it is also the headroom that the line has above white.
  static constexpr double kMostDigitalGain = 4;

  AutoExposure(AgcTuning tuning, const LuxModel& lux, const hal::SensorLimits& limits);

  void set_tuning(AgcTuning tuning) { tuning_ = std::move(tuning); }
  void set_controls(const Controls& controls);
  /// As decided, from the next frame on.
  void set_hdr_mode(HdrMode mode) { hdr_mode_ = mode; }
  /// A new run, perhaps within other limits: the exposure stays, and the way to the next is made at once.
  void restart(const hal::SensorLimits& limits);

  /// Learns from a frame with valid settings. `lux` is the scene's; `flicker_period_us` that of its light, 0: steady;
  /// `faces` what is known of the light on faces.
  void step(const isp::Statistics& statistics, const hal::AppliedSettings& applied, double lux,
            double flicker_period_us, const std::optional<FaceLight>& faces = {});

  /// What the sensor shall do: time, gain, and the limits of a frame's duration.
  const hal::SensorSettings& settings() const { return settings_; }
  /// For a frame that was taken with these settings; one that does not say gets the last frame's.
  double digital_gain(const hal::AppliedSettings& applied) const;
  /// Of the histogram's 16 x 16 zones, the largest 1.
  std::array<double, 256> metering_weights() const;

  AeState state() const { return state_; }
  /// FaceExposureValue of the last frame.
  double face_exposure_value() const { return faces_.stops(); }
  /// The exposure time is whole periods of the flicker, or there is none.
  bool flicker_avoided() const { return flicker_avoided_; }

 private:
  const AgcChannel& channel() const { return tuning_.channels.front(); }
  bool holds_highlights() const {
    return hdr_mode_ == HdrMode::single_exposure || hdr_mode_ == HdrMode::multi_exposure;
  }
  hal::Range frame_duration_us() const;
  ExposureRanges ranges() const;
  double brighter() const;
  double wanted_gain(const LumaHistogram& histogram, double lux) const;
  double for_faces(double picture, const LumaHistogram& histogram, const std::optional<FaceLight>& faces, double lux);
  void approach(double target, double clipped);
  void approach_headroom(const LumaHistogram& histogram);
  void split(const ExposureRanges& ranges);

  AgcTuning tuning_;
  Controls controls_{};
  hal::SensorLimits limits_;
  HdrMode hdr_mode_ = HdrMode::off;
  double headroom_ = 1;    ///< how much less than the exposure the sensor gathers, 1..kMostDigitalGain
  int frames_ = 0;         ///< of this run
  double exposure_ = 0;    ///< in use: time x analogue gain x digital gain, us
  ExposureSplit split_;    ///< of the sensor's part
  ExposureSplit applied_;  ///< to the last frame
  hal::SensorSettings settings_;
  double flicker_period_us_ = 0;
  FaceExposure faces_{};
  AeState state_ = AeState::searching;
  bool flicker_avoided_ = true;
};

}  // namespace sunny16::firmware
