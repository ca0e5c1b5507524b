// Patches of a chart, or any regions, in a raw frame: levels and noise of each colour of the filter array.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "hal/api/raw_frame.h"
#include "isp/core/describe.h"
#include "sim/metrics/quadrilateral.h"

namespace sunny16::sim {

/// In R Gr Gb B order.
struct RawPatch {
  std::array<double, 4> mean_dn{};       ///< above black
  std::array<double, 4> deviation_dn{};  ///< unbiased, of single samples
  std::array<double, 4> saturated_percent{};
};

/// Throws MetricError for a region outside of the frame, or with fewer than two samples of a colour.
std::vector<RawPatch> measure_raw_patches(const hal::RawFrame& frame, std::span<const Quadrilateral> patches);

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::RawPatch> {
  using T = sim::RawPatch;
  static constexpr auto fields = std::tuple{
      field<&T::mean_dn>("mean_dn", -65535, 65535, "DN", "Mean above black of R, Gr, Gb, B."),
      field<&T::deviation_dn>("deviation_dn", 0, 65535, "DN", "Standard deviation of R, Gr, Gb, B."),
      field<&T::saturated_percent>("saturated_percent", 0, 100, "%", "Samples of R, Gr, Gb, B at or above white.")};
};

}  // namespace sunny16::isp
