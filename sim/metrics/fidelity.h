// How close a picture comes to its truth: peak signal-to-noise ratio and structural similarity.
#pragma once

#include <limits>
#include <span>
#include <vector>

#include "isp/core/describe.h"
#include "sim/metrics/region.h"

namespace sunny16::sim {

/// What equal planes have instead of an infinite ratio.
inline constexpr double kMaxPsnrDb = 200;

struct Fidelity {
  std::vector<double> psnr_db;
  double cpsnr_db = 0;
  std::vector<double> ssim;
  double mean_ssim = 0;
  double mean_difference = 0;
  double worst_difference = 0;
  int worst_x = 0, worst_y = 0;
};

/// Compares planes with their truths, of the same size, in display code: 0 black, 1 white. The region has at least 11 x
/// 11 pixels. SSIM is that of Z. Wang, A. Bovik, H. Sheikh, E. Simoncelli, "Image quality assessment: from error
/// visibility to structural similarity", IEEE Trans. Image Processing 13(4), 2004: a Gaussian window of 11 x 11 pixels
/// and deviation 1.5, where it fits, K1 0.01, K2 0.03, at the picture's own scale. Throws MetricError if planes do not
/// match.
Fidelity measure_fidelity(std::span<const Plane> picture, std::span<const Plane> truth, isp::Rect roi);

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::Fidelity> {
  using S = sim::Fidelity;
  static constexpr double kAny = std::numeric_limits<double>::max();
  static constexpr auto fields =
      std::tuple{field<&S::psnr_db>("psnr_db", -kAny, sim::kMaxPsnrDb, "dB", "Of each plane."),
                 field<&S::cpsnr_db>("cpsnr_db", -kAny, sim::kMaxPsnrDb, "dB", "Of the mean square over all planes."),
                 field<&S::ssim>("ssim", -1, 1, "", "Of each plane."),
                 field<&S::mean_ssim>("mean_ssim", -1, 1, "", "Their mean."),
                 field<&S::mean_difference>("mean_difference", 0, kAny, "", "Mean of the differences' magnitudes."),
                 field<&S::worst_difference>("worst_difference", 0, kAny, "",
                                             "The largest mean of them over SSIM's window and all planes."),
                 field<&S::worst_x>("worst_x", 0, kAny, "px", "Column of that window's centre."),
                 field<&S::worst_y>("worst_y", 0, kAny, "px", "Row of that window's centre.")};
};

}  // namespace sunny16::isp
