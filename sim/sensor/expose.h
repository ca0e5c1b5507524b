// Light becomes numbers: charge with its noise, an amplifier, a converter (EMVA 1288, section 2).
#pragma once

#include <cstdint>

#include "isp/core/conditions.h"
#include "isp/core/plane.h"
#include "sim/sensor/sample_grid.h"

namespace sunny16::sim {

struct Exposure {
  double time_s = 0.01;
  double analogue_gain = 1;
  double temperature_c = 35;  ///< of the sensor
  std::uint64_t seed = 1, frame = 0;
  std::uint64_t serial = 1;  ///< which of all sensors of this model: its fixed pattern
};

/// The figures of a mode at a gain, as they follow from the model.
struct Conversion {
  double black, white;      ///< DN
  double electrons_per_dn;  ///< of the sample: a pixel, or what binning makes of several
  double pixel_noise_e;     ///< standard deviation without light, of what differs from pixel to pixel
  double row_noise_e;       ///< of what a row has in common
  double saturation_e;      ///< electrons between black and white
  double combined_charge;   ///< pixels whose charge stands for one sample: 1, or those that `Binning::sum` adds
  double averaged;          ///< samples that are averaged after the converter

  /// Temporal noise without light and quantisation: EMVA 1288's sigma_d.
  double read_noise_e() const;
  /// Variance of a number, both as parts of black .. white.
  isp::NoiseProfile noise() const;
};
Conversion conversion(const SensorModel& sensor, const SensorMode& mode, double analogue_gain);

/// The nearest gain that the sensor can apply, and its code.
double gain_of_code(const SensorModel& sensor, int code);
int code_of_gain(const SensorModel& sensor, double gain);

/// The numbers that the sensor sends. `electrons_s` holds the mean rate of photoelectrons at each sample of the mode's
/// grid, for one of its pixels.
isp::Image<std::uint16_t> expose(const SensorModel& sensor, const SensorMode& mode,
                                 const isp::Image<float>& electrons_s, const Exposure& exposure, int threads);

}  // namespace sunny16::sim
