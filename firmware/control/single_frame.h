// White balance and exposure of one frame from its own statistics, for frames that come without a controller's decisions.
#pragma once

#include <array>
#include <optional>

#include "firmware/control/colour.h"
#include "firmware/tuning/awb_tuning.h"
#include "isp/core/statistics.h"

namespace sunny16::firmware {

struct WhiteBalanceEstimate {
  Vector3 neutral{1, 1, 1};           ///< camera RGB of a grey under the light, green 1
  std::optional<double> temperature;  ///< where a colour-temperature curve told it
};

/// The light's colour: the one on the tuning's colour-temperature curve (or a little beside it) under which most zones look grey,
/// weighed by what is likely at `lux`. Without a curve, one along a typical sensor's, which is moved as the brightest and the darkest
/// zones demand (D. Cheng, D. Prasad, M. Brown, "Illuminant estimation for color constancy", JOSA A 31(5), 2014).
WhiteBalanceEstimate estimate_white_balance(const isp::Statistics& statistics, const AwbTuning& tuning, std::optional<double> lux);

/// Colour temperature of the curve's point nearest to a grey's R/G and B/G. The curve must not be empty.
double temperature_of_grey(const AwbTuning& tuning, double r, double b);

/// Gain that gives the picture a natural brightness: the histogram's middle tones at mid-grey, as far as highlights allow it.
/// 1 to 8.
double estimate_exposure_gain(const isp::Statistics& statistics);

}  // namespace sunny16::firmware
