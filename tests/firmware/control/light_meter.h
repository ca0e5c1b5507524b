// Statistics of frames that need not be drawn: a scene as a list of luminances, under a light that may flicker.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "firmware/control/control_types.h"
#include "isp/core/layout.h"

namespace sunny16::firmware::test {

inline hal::AppliedSettings applied(double exposure_us, double gain) {
  hal::AppliedSettings settings;
  settings.exposure_us = exposure_us, settings.analogue_gain = gain;
  return settings;
}

/// Even patches; a luminance of 1 reaches white in 1 us at gain 1.
struct Patches {
  std::vector<double> luminance;

  isp::Statistics expose(const hal::AppliedSettings& applied) const {
    constexpr std::uint32_t kWeight = 10000;
    isp::Statistics statistics;
    for (std::size_t i = 0; i < luminance.size(); ++i) {
      const double level = luminance[i] * applied.exposure_us.value_or(0) * applied.analogue_gain.value_or(0);
      const auto bin = static_cast<std::size_t>(std::min(level, 0.9999) * isp::Statistics::kHistogramBins);
      statistics.histogram[bin] += kWeight;
      const double counted = std::min(level, 1.0) * 2 * isp::domain::LinearRaw::range * kWeight;
      statistics.rows[i % statistics.rows.size()] += {static_cast<std::uint64_t>(counted), kWeight};
    }
    return statistics;
  }
};

/// Rows of an even surface under a lamp, as a rolling shutter sees them.
struct Lamplight {
  double hz = 100, modulation = 0.5;
  double line_time_us = 15, level = 0.3;
  int height = 1080;

  isp::Statistics rows(double start_us, double exposure_us) const {
    isp::Statistics statistics;
    const double turn = 2e-6 * std::numbers::pi * hz;
    for (int band = 0; band < isp::Statistics::kRowBands; ++band) {
      const double from = start_us + (band + 0.5) / isp::Statistics::kRowBands * height * line_time_us;
      const double wave = (std::cos(turn * from) - std::cos(turn * (from + exposure_us))) / (turn * exposure_us);
      const double mean = level * (1 + modulation * wave) * 2 * isp::domain::LinearRaw::range;
      statistics.rows[static_cast<std::size_t>(band)] = {static_cast<std::uint64_t>(1000 * mean), 1000};
    }
    return statistics;
  }
};

}  // namespace sunny16::firmware::test
