// How far two finished pictures differ, in numbers and as the eye judges it.
#pragma once

#include <limits>

#include "isp/core/describe.h"
#include "sim/metrics/fidelity.h"
#include "sim/picture/picture.h"

namespace sunny16::sim {

/// Signed differences are the second picture's minus the first's.
struct PictureDifference {
  double psnr_db = 0;
  double ssim = 0;
  double delta_e2000_mean = 0, delta_e2000_p95 = 0, delta_e2000_max = 0;
  int delta_e2000_max_x = 0, delta_e2000_max_y = 0;
  double delta_l_mean = 0, delta_a_mean = 0, delta_b_mean = 0;
  double luminance_ev = 0;
};

struct ComparedPictures {
  PictureDifference difference;
  isp::Image<float> delta_e2000;  ///< of each pixel
};

/// Pictures of the same size, at least 11 pixels a side; else throws MetricError. Runs on up to `threads` threads.
ComparedPictures compare_pictures(const Picture& first, const Picture& second, int threads);

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::PictureDifference> {
  using P = sim::PictureDifference;
  static constexpr double kAny = std::numeric_limits<double>::max();
  static constexpr auto fields = std::tuple{
      field<&P::psnr_db>("psnr_db", -kAny, sim::kMaxPsnrDb, "dB", "Peak signal to noise, all colours' display code."),
      field<&P::ssim>("ssim", -1, 1, "", "Structural similarity, mean of the colours' display code."),
      field<&P::delta_e2000_mean>("delta_e2000_mean", 0, kAny, "", "CIEDE2000 under D50, mean of the pixels."),
      field<&P::delta_e2000_p95>("delta_e2000_p95", 0, kAny, "", "95 of 100 pixels differ by no more."),
      field<&P::delta_e2000_max>("delta_e2000_max", 0, kAny, "", "The largest one."),
      field<&P::delta_e2000_max_x>("delta_e2000_max_x", 0, 16384, "px",
                                   "Column of the first pixel that differs so much."),
      field<&P::delta_e2000_max_y>("delta_e2000_max_y", 0, 16384, "px", "Row of that pixel."),
      field<&P::delta_l_mean>("delta_l_mean", -100, 100, "", "Mean difference of CIE L*: lighter."),
      field<&P::delta_a_mean>("delta_a_mean", -kAny, kAny, "", "Mean difference of CIE a*: redder, not greener."),
      field<&P::delta_b_mean>("delta_b_mean", -kAny, kAny, "", "Mean difference of CIE b*: yellower, not bluer."),
      field<&P::luminance_ev>("luminance_ev", -kAny, kAny, "EV", "Of the mean luminances' ratio.")};
};

}  // namespace sunny16::isp
