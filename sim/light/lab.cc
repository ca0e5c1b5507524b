#include "sim/light/lab.h"

#include "isp/core/exact_math.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;
using firmware::Vector3;
using isp::Matrix3;

/// CIE 15:2018: where the cube root gives way to a straight line, and 116 times that line's slope.
constexpr double kEpsilon = 216.0 / 24389, kKappa = 24389.0 / 27;

double lightness(double t) { return t > kEpsilon ? exact::pow(t, 1.0 / 3) : (kKappa * t + 16) / 116; }

double inverse_lightness(double f) {
  const double cube = f * f * f;
  return cube > kEpsilon ? cube : (116 * f - 16) / kKappa;
}

/// Von Kries adaptation in the space that `cones` leads to.
Matrix3 adaptation(const Matrix3& cones, const Tristimulus& from, const Tristimulus& to) {
  const Tristimulus a = cones * from, b = cones * to;
  const Matrix3 gains{b.X / a.X, 0, 0, 0, b.Y / a.Y, 0, 0, 0, b.Z / a.Z};
  return firmware::multiply(*firmware::inverse(cones), firmware::multiply(gains, cones));
}

/// XYZ of sRGB's primaries, each as bright as it is in white.
Matrix3 primaries() {
  constexpr std::array<Chromaticity, 3> kPrimaries{{{0.64, 0.33}, {0.30, 0.60}, {0.15, 0.06}}};
  Matrix3 m;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto [x, y] = kPrimaries[i];
    m[i] = x, m[3 + i] = y, m[6 + i] = 1 - x - y;
  }
  const Tristimulus share = *firmware::inverse(m) * kSrgbWhite;
  return firmware::multiply(m, Matrix3{share.X, 0, 0, 0, share.Y, 0, 0, 0, share.Z});
}

}  // namespace

Lab lab_of_xyz(const Tristimulus& colour, const Tristimulus& white) {
  const double x = lightness(colour.X / white.X), y = lightness(colour.Y / white.Y), z = lightness(colour.Z / white.Z);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

Tristimulus xyz_of_lab(const Lab& colour, const Tristimulus& white) {
  const double y = (colour.l + 16) / 116, x = y + colour.a / 500, z = y - colour.b / 200;
  return {white.X * inverse_lightness(x), white.Y * inverse_lightness(y), white.Z * inverse_lightness(z)};
}

Tristimulus operator*(const Matrix3& m, const Tristimulus& colour) {
  const Vector3 v = firmware::multiply(m, Vector3{colour.X, colour.Y, colour.Z});
  return {v[0], v[1], v[2]};
}

Matrix3 bradford(const Tristimulus& from, const Tristimulus& to) {
  constexpr Matrix3 kCones{0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296};
  return adaptation(kCones, from, to);
}

Matrix3 cat02(const Tristimulus& from, const Tristimulus& to) {
  constexpr Matrix3 kCones{0.7328, 0.4296, -0.1624, -0.7036, 1.6975, 0.0061, 0.0030, 0.0136, 0.9834};
  return adaptation(kCones, from, to);
}

Matrix3 srgb_to_xyz(const Tristimulus& white) { return firmware::multiply(bradford(kSrgbWhite, white), primaries()); }

Matrix3 xyz_to_srgb(const Tristimulus& white) { return *firmware::inverse(srgb_to_xyz(white)); }

}  // namespace sunny16::sim
