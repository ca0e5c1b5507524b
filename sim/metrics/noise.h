// Signal-to-noise ratio and dynamic range from a grey scale (ISO 15739:2013, clauses 6.2 to 6.4).
#pragma once

#include <span>
#include <vector>

#include "sim/metrics/oecf.h"

namespace sunny16::sim {

struct NoiseStep {
  double luminance = 0;
  double level = 0;
  double incremental_gain = 0;
  double total_noise = 0;
  double temporal_noise = 0;
  double fixed_noise = 0;
  double snr_db = 0;
};

struct NoiseMeasurement {
  int frames = 0;
  double saturation_luminance = 0;
  double threshold_luminance = 0;
  double dynamic_range_db = 0;
  double dynamic_range_ev = 0;
  std::vector<NoiseStep> steps;
};

/// One or more frames of the same still scale, in linear light or in a code. Noise in a level is referred to luminance
/// by the incremental gain of the OECF there: SNR = luminance * gain / noise, of the total noise; for dynamic range
/// that of the temporal noise, if there is more than one frame. Its lower end is the luminance whose SNR is 1, between
/// steps on a log-log line, and below the darkest step with that step's noise and gain; the upper one is where levels
/// reach saturation. SNR is kept within -60 .. 120 dB: a level that does not rise has none. Throws MetricError.
NoiseMeasurement measure_noise(std::span<const Plane> frames, std::span<const GreyStep> scale,
                               const OecfOptions& options = {});

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::NoiseStep> {
  using T = sim::NoiseStep;
  static constexpr auto fields =
      std::tuple{field<&T::luminance>("luminance", 0, 1e9, "", "Luminance, in the unit of the scale."),
                 field<&T::level>("level", -16, 65535, "", "Mean level."),
                 field<&T::incremental_gain>("incremental_gain", -1e9, 1e9, "", "Change of level with luminance."),
                 field<&T::total_noise>("total_noise", 0, 65535, "", "Standard deviation, temporal and fixed."),
                 field<&T::temporal_noise>("temporal_noise", 0, 65535, "", "From frame to frame; 0 of a single one."),
                 field<&T::fixed_noise>("fixed_noise", 0, 65535, "", "The same in all frames; 0 of a single one."),
                 field<&T::snr_db>("snr_db", -60, 120, "dB", "Luminance over total noise referred to luminance.")};
};

template <>
struct Describe<sim::NoiseMeasurement> {
  using T = sim::NoiseMeasurement;
  static constexpr auto fields =
      std::tuple{field<&T::frames>("frames", 1, 1e6, "", "Number of frames."),
                 field<&T::saturation_luminance>("saturation_luminance", 0, 1e9, "", "Where levels reach saturation."),
                 field<&T::threshold_luminance>("threshold_luminance", 0, 1e9, "", "Whose signal-to-noise ratio is 1."),
                 field<&T::dynamic_range_db>("dynamic_range_db", 0, 300, "dB", "Ratio of the two, 20 dB a decade."),
                 field<&T::dynamic_range_ev>("dynamic_range_ev", 0, 50, "EV", "Ratio of the two in stops."),
                 field<&T::steps>("steps", 0, 0, "", "The scale, from dark to bright.")};
};

}  // namespace sunny16::isp
