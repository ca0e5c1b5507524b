#include "firmware/control/calibrated_curve.h"

#include <algorithm>

#include "firmware/control/colour.h"

namespace sunny16::firmware {
namespace {

constexpr double kDaylightFrom = 4000;
constexpr double kTemperatures[] = {2300, 2600, 2900, 3200, 3600, 4000, 4500, 5000, 5500, 6000, 6500, 7500, 8500};

double polynomial(double x, double a3, double a2, double a1, double a0) { return ((a3 * x + a2) * x + a1) * x + a0; }

/// XYZ of a light, Y = 1: CIE 1931 chromaticity of daylight (CIE 15:2018, 4.1.2) and of the black body (B. Kang et al.,
/// "Design of advanced color temperature control system for HDTV applications", J. Korean Physical Society 41, 2002).
Vector3 light_of(double temperature) {
  const double k = 1e3 / temperature;
  double x, y;
  if (temperature >= kDaylightFrom) {
    x = temperature <= 7000 ? polynomial(k, -4.6070, 2.9678, 0.09911, 0.244063)
                            : polynomial(k, -2.0064, 1.9018, 0.24748, 0.237040);
    y = polynomial(x, 0, -3, 2.870, -0.275);
  } else {
    x = polynomial(k, -0.2661239, -0.2343589, 0.8776956, 0.179910);
    y = polynomial(x, -0.9549476, -1.37418593, 2.09137015, -0.16748867);
  }
  return {x / y, 1, (1 - x - y) / y};
}

}  // namespace

std::vector<GreyPoint> greys_of_calibrations(const std::vector<hal::ColourCalibration>& calibrations) {
  std::vector<GreyPoint> greys;
  if (calibrations.size() < 2) return greys;
  const hal::ColourCalibration &first = calibrations.front(), &last = calibrations.back();
  if (!(last.illuminant_temperature > first.illuminant_temperature)) return greys;
  const double from = 1 / first.illuminant_temperature, to = 1 / last.illuminant_temperature;
  for (const double temperature : kTemperatures) {
    const double part = std::clamp((1 / temperature - from) / (to - from), 0.0, 1.0);
    const Vector3 light = light_of(temperature);
    const Vector3 a = multiply(first.xyz_to_camera, light), b = multiply(last.xyz_to_camera, light);
    Vector3 grey;
    for (std::size_t i = 0; i < 3; ++i) grey[i] = a[i] + (b[i] - a[i]) * part;
    if (!(grey[0] > 0 && grey[1] > 0 && grey[2] > 0)) return {};
    greys.push_back({temperature, grey[0] / grey[1], grey[2] / grey[1]});
  }
  return greys;
}

}  // namespace sunny16::firmware
