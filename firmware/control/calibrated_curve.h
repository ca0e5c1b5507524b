// The greys of a sensor over colour temperature from its DNG calibrations, where no tuning tells them.
#pragma once

#include <vector>

#include "firmware/tuning/awb_tuning.h"
#include "hal/api/raw_frame.h"

namespace sunny16::firmware {

/// Greys under black bodies below 4000 K and daylight from there on, as the calibrations' matrices, mixed over the
/// reciprocal of the temperature, see them. Empty without calibrations for two lights (one alone is wrong under the
/// other), or where a grey would have no colour.
std::vector<GreyPoint> greys_of_calibrations(const std::vector<hal::ColourCalibration>& calibrations);

}  // namespace sunny16::firmware
