// The luma histogram as a light meter: how bright the picture is, and how bright it would be at another exposure.
#pragma once

#include <array>

#include "isp/core/statistics.h"

namespace sunny16::firmware {

/// Levels are fractions of white; shares are of the metering weights. The sensor says nothing of levels above white, so
/// they are guessed: spread more thinly than those just below it. That keeps a frame that is far too bright from
/// looking only a little too bright.
class LumaHistogram {
 public:
  explicit LumaHistogram(const isp::Statistics& statistics);

  bool empty() const { return total_ <= 0; }
  /// Share of the picture that is white or brighter.
  double clipped() const { return share_.back(); }
  /// Level below which a share of the picture lies.
  double quantile(double share) const;
  /// Mean level of what lies between two quantiles, low < high.
  double inter_quantile_mean(double low, double high) const;
  /// Mean level at `gain` times the exposure, with what exceeds white counted as white.
  double mean(double gain) const;
  /// The gain at which that mean is `target`; 2^-10 to 2^10.
  double gain_to(double target) const;

 private:
  static constexpr std::size_t kBins = isp::Statistics::kHistogramBins;
  double lower_edge(std::size_t bin) const { return static_cast<double>(bin) / kBins; }
  double upper_edge(std::size_t bin) const { return bin + 1 < kBins ? lower_edge(bin + 1) : brightest_; }

  double total_ = 0;
  double brightest_ = 1;
  std::array<double, kBins> share_{};
};

}  // namespace sunny16::firmware
