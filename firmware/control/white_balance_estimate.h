// The light's colour from the statistics of one frame.
#pragma once

#include <optional>

#include "firmware/control/colour.h"
#include "firmware/tuning/awb_tuning.h"
#include "hal/api/sensor.h"
#include "isp/core/statistics.h"

namespace sunny16::firmware {

struct WhiteBalanceEstimate {
  Vector3 neutral{1, 1, 1};           ///< camera RGB of a grey under the light, green 1
  std::optional<double> temperature;  ///< where a colour-temperature curve told it
  bool seen = false;                  ///< false: the picture is too dark or too bright to tell, and this is daylight
};

/// Kelvin: no limits.
inline constexpr hal::Range kAllTemperatures{0, 1e6};

/// The light's colour: the one on the tuning's colour-temperature curve (or a little beside it) under which most zones
/// look grey, weighed by what is likely at `lux`. Without a curve, one along a typical sensor's, which is moved as the
/// brightest and the darkest zones demand (D. Cheng, D. Prasad, M. Brown, "Illuminant estimation for color constancy",
/// JOSA A 31(5), 2014). Only lights of the given colour temperatures are looked for.
WhiteBalanceEstimate estimate_white_balance(const isp::Statistics& statistics, const AwbTuning& tuning,
                                            std::optional<double> lux, hal::Range temperatures = kAllTemperatures);

/// Colour temperature of the light under which a grey looks so: of the nearest point of the tuning's curve, or of a
/// typical sensor's.
double temperature_of_neutral(const AwbTuning& tuning, const Vector3& neutral);
/// And what a grey looks like under a light.
Vector3 neutral_of_temperature(const AwbTuning& tuning, double temperature);

}  // namespace sunny16::firmware
