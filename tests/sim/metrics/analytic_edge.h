// Edges whose response is known: a half-plane seen through a Gaussian point spread by square pixels, without sampling.
#pragma once

#include <cmath>
#include <numbers>

#include "isp/core/plane.h"
#include "sim/sensor/random.h"

namespace sunny16::sim {

struct AnalyticEdge {
  double angle_deg = 5;   ///< of the edge from the vertical, x growing downwards
  double sigma_px = 0.5;  ///< of the point spread; above 0
  double left = 0.1, right = 0.6;
  bool horizontal = false;  ///< swap x and y
  double noise = 0;         ///< standard deviation
  int width = 100, height = 100;
  double place_px = 0;                             ///< of the edge, right of the picture's centre in its middle row
  double sharpening = 0, sharpening_sigma_px = 1;  ///< part of (edge - blurred edge) that is added

  double normal_x() const { return std::cos(angle_deg * std::numbers::pi / 180); }
  double normal_y() const { return -std::sin(angle_deg * std::numbers::pi / 180); }

  /// Mean over a pixel whose centre lies `distance` to the right of the edge: second differences of the double
  /// integral of the normal distribution.
  double pixel(double distance, double sigma) const {
    const double a = std::abs(normal_x()) / 2, b = std::abs(normal_y()) / 2;
    const auto integral = [&](double t) {
      const double z = t / sigma, density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
      return (t * t + sigma * sigma) / 2 * 0.5 * std::erfc(-z / std::numbers::sqrt2) + t * sigma / 2 * density;
    };
    return (integral(distance + a + b) - integral(distance + a - b) - integral(distance - a + b) +
            integral(distance - a - b)) /
           (4 * a * b);
  }
  /// From 0 on the left to 1 on the right.
  double spread(double distance) const {
    const double plain = pixel(distance, sigma_px);
    if (sharpening == 0) return plain;
    return plain + sharpening * (plain - pixel(distance, std::hypot(sigma_px, sharpening_sigma_px)));
  }
  double mtf(double f) const {
    const auto sinc = [](double x) { return x == 0 ? 1 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x); };
    const auto gaussian = [f](double s) { return std::exp(-2 * std::pow(std::numbers::pi * s * f, 2)); };
    return std::abs(sinc(f * normal_x()) * sinc(f * normal_y())) * gaussian(sigma_px) *
           (1 + sharpening * (1 - gaussian(sharpening_sigma_px)));
  }
  /// Where the MTF first falls to `level`, by bisection.
  double frequency_at(double level) const {
    double above = 0, below = 0;
    while (mtf(below) > level) below += 0.01;
    above = below - 0.01;
    for (int i = 0; i < 40; ++i) {
      const double middle = (above + below) / 2;
      (mtf(middle) > level ? above : below) = middle;
    }
    return below;
  }

  isp::Image<float> picture(std::uint64_t seed = 1) const {
    isp::Image<float> image(width, height);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        const double u = x - (width - 1) / 2.0, v = y - (height - 1) / 2.0;
        const double d =
            horizontal ? (v - place_px) * normal_x() + u * normal_y() : (u - place_px) * normal_x() + v * normal_y();
        const double random = noise > 0 ? noise * normal_quantile(pixel_uniforms(seed, 0, x, y)[0]) : 0;
        image.row(y)[x] = static_cast<float>(left + (right - left) * spread(d) + random);
      }
    return image;
  }
};

}  // namespace sunny16::sim
