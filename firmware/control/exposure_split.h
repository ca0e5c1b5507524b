// How an exposure is split into time and gain: up a ladder, within what is allowed, in whole periods of the lamps.
#pragma once

#include "firmware/tuning/agc_tuning.h"
#include "hal/api/sensor.h"

namespace sunny16::firmware {

struct ExposureSplit {
  double exposure_us = 0, analogue_gain = 0;
  double total() const { return exposure_us * analogue_gain; }
};

/// What time and gain may be; where both ends are the same, they are fixed.
struct ExposureRanges {
  hal::Range exposure_us, analogue_gain;

  ExposureSplit clamped(ExposureSplit split) const;
  bool fixed() const;
};

/// The split whose product comes nearest to `total` (us).
ExposureSplit split_exposure(double total, const ExposureMode& ladder, const ExposureRanges& ranges);

/// The same exposure with a time of whole periods, if one fits: brighter light leaves the split as it is. `in_use_us`
/// is the exposure time up to now, which is kept for a while where both are possible, so that they do not alternate.
ExposureSplit in_whole_periods(ExposureSplit split, double period_us, const ExposureRanges& ranges, double in_use_us);

/// Whether a time is whole periods, to within what is seen as bands.
bool whole_periods(double exposure_us, double period_us);

}  // namespace sunny16::firmware
