// How sharp a frame is in the windows that matter, as contrast-detection autofocus sees it.
#pragma once

#include <array>
#include <vector>

#include "firmware/control/controls.h"
#include "isp/core/statistics.h"

namespace sunny16::firmware {

/// Weights of the statistics' 8 x 8 focus zones.
class FocusWindows {
 public:
  /// The middle: half of the width, a half of the height.
  FocusWindows();
  /// The windows of a request (x, y, width, height of each as fractions of the picture) by the area that they cover of
  /// each zone; without one that covers anything, the middle.
  explicit FocusWindows(const std::vector<double>& windows);

  /// Mean square of the high-passed greens: FocusFoM. 0 without samples.
  double contrast(const isp::Statistics& statistics) const;

 private:
  static constexpr std::size_t kZones = isp::Statistics::kFocusZones;
  std::array<std::array<double, kZones>, kZones> weights_{};
};

/// Mean of the greens, linear raw above black.
double mean_green(const isp::Statistics& statistics);

}  // namespace sunny16::firmware
