#include "sim/sensor/response.h"

#include "firmware/control/colour.h"
#include "sim/light/colour_checker.h"
#include "sim/light/illuminant.h"
#include "sim/light/lab.h"

namespace sunny16::sim {
namespace {

using firmware::multiply;
using firmware::Vector3;

/// The white of ICC profiles and of DNG's ForwardMatrix.
constexpr Vector3 kD50{0.9642, 1, 0.8249};

double dot(const Vector3& a, const Vector3& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

/// A curve given at wavelengths, on the spectrum's grid; constant beyond its ends.
Spectrum resampled(const std::vector<double>& wavelengths, const std::vector<double>& values) {
  std::size_t i = 0;
  return Spectrum::of([&](double nm) {
    while (i + 2 < wavelengths.size() && wavelengths[i + 1] < nm) ++i;
    const double t = (nm - wavelengths[i]) / (wavelengths[i + 1] - wavelengths[i]);
    return t <= 0 ? values[i] : t >= 1 ? values[i + 1] : values[i] + (values[i + 1] - values[i]) * t;
  });
}

Vector3 seen(const Observer& observer, const Spectrum& light) {
  return {integral(light * observer[0]), integral(light * observer[1]), integral(light * observer[2])};
}

/// The matrix that takes `from` to `to` with the least squared error, and `white` exactly to `target`.
isp::Matrix3 fit(const std::vector<Vector3>& from, const std::vector<Vector3>& to, const Vector3& white,
                 const Vector3& target) {
  isp::Matrix3 moments{};
  for (const Vector3& f : from)
    for (std::size_t i = 0; i < 9; ++i) moments[i] += f[i / 3] * f[i % 3];
  const isp::Matrix3 inverse = *firmware::inverse(moments);
  const Vector3 lever = multiply(inverse, white);
  isp::Matrix3 m;
  for (std::size_t row = 0; row < 3; ++row) {
    Vector3 products{};
    for (std::size_t i = 0; i < from.size(); ++i)
      for (std::size_t k = 0; k < 3; ++k) products[k] += from[i][k] * to[i][row];
    const Vector3 free = multiply(inverse, products);
    const double correction = (target[row] - dot(free, white)) / dot(lever, white);  // Lagrange's multiplier
    for (std::size_t k = 0; k < 3; ++k) m[3 * row + k] = free[k] + correction * lever[k];
  }
  return m;
}

hal::ColourCalibration calibrate_under(const Observer& observer, const Spectrum& light, double temperature) {
  const Vector3 white = seen(kCie1931, light), camera_white = seen(observer, light);
  const auto scaled = [](Vector3 v, double s) { return Vector3{v[0] * s, v[1] * s, v[2] * s}; };
  const isp::Matrix3 to_d50 = bradford({white[0] / white[1], 1, white[2] / white[1]}, {kD50[0], kD50[1], kD50[2]});
  std::vector<Vector3> surfaces, camera, balanced, surfaces_d50;
  for (const Spectrum& reflectance : colour_checker_reflectances()) {
    const Vector3 c = seen(observer, light * reflectance);
    surfaces.push_back(scaled(seen(kCie1931, light * reflectance), 1 / white[1]));
    camera.push_back(scaled(c, 1 / camera_white[1]));
    balanced.push_back({c[0] / camera_white[0], c[1] / camera_white[1], c[2] / camera_white[2]});
    surfaces_d50.push_back(multiply(to_d50, surfaces.back()));
  }
  return {
      .illuminant_temperature = temperature,
      .xyz_to_camera = fit(surfaces, camera, scaled(white, 1 / white[1]), scaled(camera_white, 1 / camera_white[1])),
      .camera_to_xyz_d50 = fit(balanced, surfaces_d50, {1, 1, 1}, kD50)};
}

}  // namespace

Observer photoelectrons(const SensorModel& sensor, const LensModel& lens) {
  constexpr double kPlanck = 6.62607015e-34, kLightSpeed = 299792458;  // J s, m/s: exact in the SI
  const double pitch_m = 1e-6 * sensor.pixel_pitch_um;
  const double optics = pitch_m * pitch_m * lens.transmission / (4 * lens.f_number * lens.f_number);
  const Spectrum photons = Spectrum::of([&](double nm) { return optics * 1e-9 * nm / (kPlanck * kLightSpeed); });
  return {resampled(sensor.wavelength_nm, sensor.qe_red) * photons,
          resampled(sensor.wavelength_nm, sensor.qe_green) * photons,
          resampled(sensor.wavelength_nm, sensor.qe_blue) * photons};
}

Observer without_crosstalk(const Observer& observer, const SensorModel& sensor) {
  // Under even light red and blue exchange a part q with green, and green half of it with each: the inverse of that.
  // Of the sides of a cell's pixels, one in `cell` is the cell's own.
  const double q = 0.01 * sensor.crosstalk_percent / sensor.cell;
  const auto& [red, green, blue] = observer;
  const Spectrum g = (green * (1 - q) + (red + blue) * (-q / 2)) * (1 / (1 - 2 * q));
  return {(red + g * -q) * (1 / (1 - q)), g, (blue + g * -q) * (1 / (1 - q))};
}

std::array<double, 3> mean_wavelengths(const Observer& observer, const Spectrum& light) {
  const Spectrum wavelength = Spectrum::of([](double nm) { return nm; });
  std::array<double, 3> means{};
  for (std::size_t c = 0; c < 3; ++c)
    means[c] = integral(light * observer[c] * wavelength) / integral(light * observer[c]);
  return means;
}

std::array<double, 3> neutral(const Observer& observer, const Spectrum& light) {
  const Vector3 white = seen(observer, light);
  return {white[0] / white[1], 1, white[2] / white[1]};
}

std::vector<hal::ColourCalibration> calibrate(const Observer& observer) {
  return {calibrate_under(observer, parse_illuminant("A").spectrum, 2856),
          calibrate_under(observer, parse_illuminant("D65").spectrum, 6504)};
}

}  // namespace sunny16::sim
