// The photon transfer method of EMVA 1288, release 4.0 Linear (European Machine Vision Association, 2021): from flat
// frames in DN to electrons. Frames hold one colour of the filter array, evenly lit, black not subtracted.
#pragma once

#include <optional>
#include <span>

#include "isp/core/describe.h"
#include "sim/metrics/plane.h"

namespace sunny16::sim {

/// What two frames under the same light tell.
struct PhotonTransferPoint {
  double exposure = 0;  ///< any unit that light is proportional to: electrons, photons, microseconds; 0 is dark
  double mean_dn = 0;
  double variance_dn2 = 0;  ///< temporal: half that of the frames' difference, free of fixed patterns (section 6.5)
};

/// Throws MetricError for a region outside of the frames, frames of different sizes, or samples that are not finite.
PhotonTransferPoint photon_transfer_point(const Plane& first, const Plane& second, isp::Rect region, double exposure);

struct PhotonTransferOptions {
  /// The level at which samples clip, DN; without it the sweep must reach saturation.
  std::optional<double> white_dn;
};

struct PhotonTransfer {
  double system_gain_dn_per_e = 0;  ///< K
  double dark_level_dn = 0;
  double dark_noise_dn = 0;  ///< with quantisation
  double read_noise_e = 0;   ///< sigma_d, without it
  double saturation_level_dn = 0;
  double saturation_capacity_e = 0;
  double variance_peak_e = 0;
  double sensitivity_threshold_e = 0;
  double snr_max_db = 0;
  double dynamic_range_db = 0;
  double linearity_error_percent = 0;
  double linearity_error_min_percent = 0, linearity_error_max_percent = 0;
};

/// `light`: at least 4 exposures, in any order, of which at least 2 lie below 70 % of saturation; `dark`: without
/// light.
///
/// K is the slope of variance over mean, both less the dark frame's, fitted through zero up to 70 % of saturation with
/// each point's weight its own precision (a variance's standard error grows with it). Saturation is where samples clip:
/// `white_dn`, or the level that exposures with less than a tenth of the greatest variance agree on. The standard takes
/// the point of greatest variance, which lies about two sigma lower (`variance_peak_e`). Throws MetricError where the
/// variance does not grow with the mean, or nothing saturates and `white_dn` is not given.
PhotonTransfer photon_transfer(std::span<const PhotonTransferPoint> light, const PhotonTransferPoint& dark,
                               const PhotonTransferOptions& options = {});

}  // namespace sunny16::sim

namespace sunny16::isp {

template <>
struct Describe<sim::PhotonTransferPoint> {
  using T = sim::PhotonTransferPoint;
  static constexpr auto fields =
      std::tuple{field<&T::exposure>("exposure", 0, 1e18, "", "Light, in the unit of the sweep."),
                 field<&T::mean_dn>("mean_dn", 0, 65535, "DN", "Mean level."),
                 field<&T::variance_dn2>("variance_dn2", 0, 4e9, "DN2", "Temporal variance.")};
};

template <>
struct Describe<sim::PhotonTransfer> {
  using T = sim::PhotonTransfer;
  static constexpr auto fields = std::tuple{
      field<&T::system_gain_dn_per_e>("system_gain_dn_per_e", 0, 1e6, "DN/e-", "System gain K."),
      field<&T::dark_level_dn>("dark_level_dn", 0, 65535, "DN", "Mean of dark frames."),
      field<&T::dark_noise_dn>("dark_noise_dn", 0, 65535, "DN", "Temporal noise of dark frames, with quantisation."),
      field<&T::read_noise_e>("read_noise_e", 0, 1e6, "e-",
                              "Temporal dark noise without quantisation's 1/12 DN2; an upper bound where the dark "
                              "noise is below 0.49 DN, as EMVA 1288 has it."),
      field<&T::saturation_level_dn>("saturation_level_dn", 0, 65535, "DN", "Where samples clip."),
      field<&T::saturation_capacity_e>("saturation_capacity_e", 0, 1e9, "e-", "Electrons at which samples clip."),
      field<&T::variance_peak_e>("variance_peak_e", 0, 1e9, "e-",
                                 "Electrons at the exposure of greatest variance: EMVA 1288's saturation."),
      field<&T::sensitivity_threshold_e>("sensitivity_threshold_e", 0, 1e6, "e-",
                                         "Absolute sensitivity threshold: electrons whose SNR is 1."),
      field<&T::snr_max_db>("snr_max_db", 0, 100, "dB", "SNR of shot noise at saturation."),
      field<&T::dynamic_range_db>("dynamic_range_db", 0, 200, "dB", "Saturation over sensitivity threshold."),
      field<&T::linearity_error_percent>("linearity_error_percent", 0, 100, "%",
                                         "Mean absolute deviation from a line between 5 and 95 % of saturation."),
      field<&T::linearity_error_min_percent>("linearity_error_min_percent", -100, 0, "%", "Least deviation from it."),
      field<&T::linearity_error_max_percent>("linearity_error_max_percent", 0, 1e3, "%",
                                             "Greatest deviation from it.")};
};

}  // namespace sunny16::isp
