#include "firmware/control/colour.h"

#include <algorithm>

namespace sunny16::firmware {
namespace {

using isp::Matrix3;

/// IEC 61966-2-1: XYZ (D65) to linear sRGB.
constexpr Matrix3 kXyzToSrgb{3.2404542,  -1.5371385, -0.4985314, -0.9692660, 1.8760108,
                             0.0415560,  0.0556434,  -0.2040259, 1.0572252};
constexpr Vector3 kD65{0.95047, 1, 1.08883}, kD50{0.96422, 1, 0.82521};
/// Bradford cone responses (ICC.1, Annex E).
constexpr Matrix3 kBradford{0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296};

Matrix3 diagonal(const Vector3& v) { return {v[0], 0, 0, 0, v[1], 0, 0, 0, v[2]}; }

/// Bradford adaptation from one white to another.
Matrix3 adaptation(const Vector3& from, const Vector3& to) {
  const Vector3 a = multiply(kBradford, from), b = multiply(kBradford, to);
  return multiply(*inverse(kBradford), multiply(diagonal({b[0] / a[0], b[1] / a[1], b[2] / a[2]}), kBradford));
}

Matrix3 mix(const Matrix3& a, const Matrix3& b, double t) {
  Matrix3 m;
  for (std::size_t i = 0; i < 9; ++i) m[i] = a[i] + (b[i] - a[i]) * t;
  return m;
}

}  // namespace

Matrix3 multiply(const Matrix3& a, const Matrix3& b) {
  Matrix3 m{};
  for (std::size_t r = 0; r < 3; ++r)
    for (std::size_t c = 0; c < 3; ++c)
      for (std::size_t k = 0; k < 3; ++k) m[3 * r + c] += a[3 * r + k] * b[3 * k + c];
  return m;
}

Vector3 multiply(const Matrix3& m, const Vector3& v) {
  Vector3 out{};
  for (std::size_t r = 0; r < 3; ++r)
    for (std::size_t k = 0; k < 3; ++k) out[r] += m[3 * r + k] * v[k];
  return out;
}

std::optional<Matrix3> inverse(const Matrix3& m) {
  Matrix3 adjugate;
  double scale = 0;
  for (std::size_t r = 0; r < 3; ++r)
    for (std::size_t c = 0; c < 3; ++c) {
      const std::size_t r1 = (c + 1) % 3, r2 = (c + 2) % 3, c1 = (r + 1) % 3, c2 = (r + 2) % 3;
      adjugate[3 * r + c] = m[3 * r1 + c1] * m[3 * r2 + c2] - m[3 * r1 + c2] * m[3 * r2 + c1];
      scale = std::max(scale, std::max(m[3 * r + c], -m[3 * r + c]));
    }
  const double determinant = m[0] * adjugate[0] + m[1] * adjugate[3] + m[2] * adjugate[6];
  if (!(std::max(determinant, -determinant) > 1e-9 * scale * scale * scale)) return std::nullopt;
  for (double& v : adjugate) v /= determinant;
  return adjugate;
}

std::optional<Matrix3> white_preserving(Matrix3 m) {
  for (std::size_t r = 0; r < 3; ++r) {
    const double sum = m[3 * r] + m[3 * r + 1] + m[3 * r + 2];
    if (!(sum > 1e-3)) return std::nullopt;
    for (std::size_t c = 0; c < 3; ++c) m[3 * r + c] /= sum;
  }
  return m;
}

Vector3 gains_of_neutral(const Vector3& neutral) {
  const double largest = std::max({neutral[0], neutral[1], neutral[2]});
  Vector3 gains;
  for (std::size_t i = 0; i < 3; ++i) gains[i] = std::clamp(largest / std::max(neutral[i], largest / 16), 1.0, 15.0);
  return gains;
}

double temperature_of_chromaticity(double x, double y) {
  const double n = (x - 0.3320) / (0.1858 - y);
  return std::clamp(((449 * n + 3525) * n + 6823.3) * n + 5520.33, 1700.0, 25000.0);
}

std::optional<ColourRendering> render_from_calibrations(const std::vector<hal::ColourCalibration>& calibrations, const Vector3& neutral) {
  if (calibrations.empty()) return std::nullopt;
  const hal::ColourCalibration &cool = calibrations.front(), &warm = calibrations.back();
  const auto weight_at = [&](double temperature) {
    if (!(warm.illuminant_temperature > cool.illuminant_temperature)) return 0.0;
    const double from = 1 / cool.illuminant_temperature, to = 1 / warm.illuminant_temperature;
    return std::clamp((1 / temperature - from) / (to - from), 0.0, 1.0);
  };

  // The light's temperature decides the matrix, and the matrix what temperature the neutral has: iterate.
  double temperature = 5000;
  Vector3 white = kD50;
  std::optional<Matrix3> camera_to_xyz;
  for (int i = 0; i < 12; ++i) {
    camera_to_xyz = inverse(mix(cool.xyz_to_camera, warm.xyz_to_camera, weight_at(temperature)));
    if (!camera_to_xyz) return std::nullopt;
    white = multiply(*camera_to_xyz, neutral);
    const double sum = white[0] + white[1] + white[2];
    if (!(white[1] > 0) || !(sum > 0)) return std::nullopt;
    temperature = temperature_of_chromaticity(white[0] / sum, white[1] / sum);
  }

  const double weight = weight_at(temperature);
  Matrix3 m;
  if (cool.camera_to_xyz_d50 && warm.camera_to_xyz_d50) {
    m = multiply(adaptation(kD50, kD65), mix(*cool.camera_to_xyz_d50, *warm.camera_to_xyz_d50, weight));
  } else {
    for (double& v : white) v /= multiply(*camera_to_xyz, neutral)[1];
    m = multiply(adaptation(white, kD65), multiply(*camera_to_xyz, diagonal(neutral)));
  }
  const auto result = white_preserving(multiply(kXyzToSrgb, m));
  if (!result) return std::nullopt;
  return ColourRendering{temperature, *result};
}

}  // namespace sunny16::firmware
