#include "firmware/control/exposure_split.h"

#include <algorithm>

#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

double clamped(double v, const hal::Range& range) { return exact::clamp(v, range.minimum, range.maximum); }

}  // namespace

ExposureSplit ExposureRanges::clamped(ExposureSplit split) const {
  return {firmware::clamped(split.exposure_us, exposure_us), firmware::clamped(split.analogue_gain, analogue_gain)};
}

bool ExposureRanges::fixed() const {
  return exposure_us.minimum == exposure_us.maximum && analogue_gain.minimum == analogue_gain.maximum;
}

ExposureSplit split_exposure(double total, const ExposureMode& ladder, const ExposureRanges& ranges) {
  ExposureSplit split = ranges.clamped({ladder.shutter_us.front(), ladder.gain.front()});
  for (std::size_t i = 1; i < ladder.gain.size() && split.total() < total; ++i) {
    const ExposureSplit step = ranges.clamped({ladder.shutter_us[i], ladder.gain[i]});
    split.exposure_us = std::min(step.exposure_us, total / split.analogue_gain);
    split.analogue_gain = std::min(step.analogue_gain, total / split.exposure_us);
    split = ranges.clamped(split);
  }
  // Brighter than the ladder's first step: less time, then less gain.
  if (split.total() > total) split.exposure_us = clamped(total / split.analogue_gain, ranges.exposure_us);
  if (split.total() > total) split.analogue_gain = clamped(total / split.exposure_us, ranges.analogue_gain);
  return split;
}

ExposureSplit in_whole_periods(ExposureSplit split, double period_us, const ExposureRanges& ranges, double in_use_us) {
  constexpr double kNearlyFits = 0.997, kStay = 1.15;
  if (period_us > ranges.exposure_us.maximum || period_us < ranges.exposure_us.minimum) return split;
  if (split.total() < kNearlyFits * period_us * ranges.analogue_gain.minimum) return split;
  const double fit = exact::floor(split.exposure_us / period_us);
  const double in_use = exact::floor(in_use_us / period_us + 0.5);
  const double worth = exact::floor(split.exposure_us / (kStay * period_us));
  const double periods = exact::max(exact::max(exact::min(fit, in_use), worth), 1);
  if (periods * period_us < ranges.exposure_us.minimum) return split;
  return ranges.clamped({periods * period_us, split.total() / (periods * period_us)});
}

bool whole_periods(double exposure_us, double period_us) {
  constexpr double kTolerance = 0.005;
  const double periods = exposure_us / period_us, whole = exact::floor(periods + 0.5);
  return whole >= 1 && exact::abs(periods - whole) <= kTolerance * whole;
}

}  // namespace sunny16::firmware
