// Fixed patterns after EMVA 1288, release 4.0 Linear, section 8: PRNU and DSNU, and their rows and columns.
#pragma once

#include <span>

#include "isp/core/describe.h"
#include "sim/metrics/plane.h"

namespace sunny16::sim {

/// Variances of a stack of frames under the same light. What averaging leaves of the temporal noise is taken off the
/// spatial ones, which may so become slightly negative where there is no pattern.
struct StackVariances {
  double mean = 0;
  double temporal = 0;  ///< of a sample from frame to frame, mean over the pixels
  double total = 0;     ///< spatial: row + column + pixel
  double row = 0, column = 0, pixel = 0;
};

/// At least 2 frames, of one colour of the filter array; light must be even over the region, as slow changes count as
/// pattern. Temporal noise is taken as independent from pixel to pixel. Throws MetricError.
StackVariances stack_variances(std::span<const Plane> stack, isp::Rect region);

struct NonUniformity {
  double dsnu_1288_e = 0, dsnu_row_e = 0, dsnu_column_e = 0, dsnu_pixel_e = 0;
  double prnu_1288_percent = 0, prnu_row_percent = 0, prnu_column_percent = 0, prnu_pixel_percent = 0;
};

/// `light`: variances, in DN, of frames at about half of saturation; `system_gain_dn_per_e`: see photon_transfer.h. A
/// component that noise hides is 0. Throws MetricError unless the light frames are brighter than the dark ones.
NonUniformity non_uniformity(const StackVariances& dark, const StackVariances& light, double system_gain_dn_per_e);

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::NonUniformity> {
  using T = sim::NonUniformity;
  static constexpr auto fields = std::tuple{
      field<&T::dsnu_1288_e>("dsnu_1288_e", 0, 1e6, "e-", "Deviation of the dark signal over the pixels."),
      field<&T::dsnu_row_e>("dsnu_row_e", 0, 1e6, "e-", "Part of it that rows share."),
      field<&T::dsnu_column_e>("dsnu_column_e", 0, 1e6, "e-", "Part of it that columns share."),
      field<&T::dsnu_pixel_e>("dsnu_pixel_e", 0, 1e6, "e-", "Rest of it."),
      field<&T::prnu_1288_percent>("prnu_1288_percent", 0, 100, "%", "Deviation of the response over the pixels."),
      field<&T::prnu_row_percent>("prnu_row_percent", 0, 100, "%", "Part of it that rows share."),
      field<&T::prnu_column_percent>("prnu_column_percent", 0, 100, "%", "Part of it that columns share."),
      field<&T::prnu_pixel_percent>("prnu_pixel_percent", 0, 100, "%", "Rest of it.")};
};

}  // namespace sunny16::isp
