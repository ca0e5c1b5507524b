#include "sim/metrics/colour_difference.h"

#include <cmath>
#include <numbers>

namespace sunny16::sim {
namespace {

constexpr double kDegree = std::numbers::pi / 180;

double cosine(double degrees) { return std::cos(degrees * kDegree); }

double lightness(double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; }

/// 0 to 360 degrees; 0 for greys.
double hue(double a, double b) {
  const double degrees = std::atan2(b, a) / kDegree;
  return degrees < 0 ? degrees + 360 : degrees;
}

/// 0 where there is no chroma, nearly 1 from chroma 50 on.
double chroma_weight(double c) {
  const double c7 = std::pow(c, 7);
  return std::sqrt(c7 / (c7 + std::pow(25.0, 7)));
}

}  // namespace

double linear_of_srgb(double code) { return code <= 0.04045 ? code / 12.92 : std::pow((code + 0.055) / 1.055, 2.4); }

Lab lab_of_srgb(double red, double green, double blue) {
  // sRGB's primaries in XYZ, adapted from D65 to D50, divided by D50's white.
  const double x = lightness((0.4360747 * red + 0.3850649 * green + 0.1430804 * blue) / 0.96422);
  const double y = lightness(0.2225045 * red + 0.7168786 * green + 0.0606169 * blue);
  const double z = lightness((0.0139322 * red + 0.0971045 * green + 0.7141733 * blue) / 0.82521);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double chroma(const Lab& colour) { return std::hypot(colour.a, colour.b); }

double delta_e00(const Lab& x, const Lab& y) {
  const double stretch = 1.5 - 0.5 * chroma_weight((chroma(x) + chroma(y)) / 2);
  const double xa = x.a * stretch, ya = y.a * stretch;
  const double xc = std::hypot(xa, x.b), yc = std::hypot(ya, y.b);
  const double xh = hue(xa, x.b), yh = hue(ya, y.b);

  // Hue differences go the short way round, and so does the mean hue; a grey has no hue of its own.
  const bool coloured = xc * yc > 0, wraps = coloured && std::fabs(yh - xh) > 180;
  const double turn = wraps ? (yh > xh ? -360 : 360) : 0;
  const double dh = coloured ? 2 * std::sqrt(xc * yc) * std::sin((yh - xh + turn) / 2 * kDegree) : 0;
  const double h = coloured ? (xh + yh + (!wraps ? 0 : xh + yh < 360 ? 360 : -360)) / 2 : xh + yh;
  const double l = (x.l + y.l) / 2 - 50, c = (xc + yc) / 2;

  const double t =
      1 - 0.17 * cosine(h - 30) + 0.24 * cosine(2 * h) + 0.32 * cosine(3 * h + 6) - 0.20 * cosine(4 * h - 63);
  const double dl = (y.l - x.l) / (1 + 0.015 * l * l / std::sqrt(20 + l * l));
  const double dc = (yc - xc) / (1 + 0.045 * c);
  const double dt = dh / (1 + 0.015 * c * t);
  const double rotation = 60 * std::exp(-(h - 275) / 25 * (h - 275) / 25);
  return std::sqrt(dl * dl + dc * dc + dt * dt - 2 * chroma_weight(c) * std::sin(rotation * kDegree) * dc * dt);
}

double delta_c00(const Lab& x, const Lab& y) { return delta_e00({y.l, x.a, x.b}, y); }

}  // namespace sunny16::sim
