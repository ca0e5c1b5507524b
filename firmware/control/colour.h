// Colour of a frame from its calibrations: which light, and which matrix. Pure functions in plain IEEE arithmetic, because their
// results end in Registers.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "hal/api/raw_frame.h"

namespace sunny16::firmware {

using Vector3 = std::array<double, 3>;

/// White-balance gains of a neutral (camera RGB of a grey), the smallest 1.
Vector3 gains_of_neutral(const Vector3& neutral);

struct ColourRendering {
  double temperature = 5500;    ///< correlated colour temperature of the light, kelvin
  isp::Matrix3 camera_to_srgb;  ///< of white-balanced camera RGB; rows sum to 1
};

/// From a DNG's calibrations and the light's neutral: matrices are interpolated over the reciprocal of the colour temperature that the
/// neutral itself has under them (DNG specification 1.7, "Mapping Camera Color Space to CIE XYZ Space"); ForwardMatrix is preferred.
/// Nothing without calibrations, or where they are singular.
std::optional<ColourRendering> render_from_calibrations(const std::vector<hal::ColourCalibration>& calibrations, const Vector3& neutral);

/// For a sensor of which nothing is known: moderate off-diagonals, as the mean of common mobile sensors at 5000 K has them.
inline constexpr isp::Matrix3 kTypicalCameraToSrgb{1.62, -0.46, -0.16, -0.26, 1.54, -0.28, -0.02, -0.56, 1.58};

/// Correlated colour temperature of CIE 1931 chromaticity (McCamy, Color Research and Application 17, 1992), 1700..25000 K.
double temperature_of_chromaticity(double x, double y);

std::optional<isp::Matrix3> inverse(const isp::Matrix3& m);
isp::Matrix3 multiply(const isp::Matrix3& a, const isp::Matrix3& b);
Vector3 multiply(const isp::Matrix3& m, const Vector3& v);
/// Scales each row to sum to 1; nothing if a row's sum is not clearly positive.
std::optional<isp::Matrix3> white_preserving(isp::Matrix3 m);

}  // namespace sunny16::firmware
