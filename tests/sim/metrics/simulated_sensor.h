// A sensor of which everything is known, for metrics to find out: electrons with shot noise, fixed patterns, read
// noise, a full well, and a converter.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

#include "isp/core/plane.h"
#include "sim/sensor/random.h"

namespace sunny16::sim::test {

struct SimulatedSensor {
  double gain_dn_per_e = 0.5;
  double read_noise_e = 3;
  double black_dn = 64;
  int bits = 10;
  double full_well_e = std::numeric_limits<double>::infinity();
  double prnu_percent = 0, prnu_column_percent = 0;
  double dsnu_e = 0, dsnu_row_e = 0;
  std::uint64_t seed = 1;

  double white_dn() const { return (1 << bits) - 1; }

  /// A frame under `electrons` a pixel on average; `index` tells frames under the same light apart.
  isp::Image<float> expose(double electrons, std::uint64_t index, int width = 200, int height = 150) const {
    isp::Image<float> frame(width, height);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        const auto pattern = normals(kPattern, x, y), lines = normals(kLines, x, -1), rows = normals(kLines, -1, y);
        const double response = 1 + (prnu_percent * pattern[0] + prnu_column_percent * lines[0]) / 100;
        const auto shot = pixel_uniforms(seed, 2 * index, x, y), read = pixel_uniforms(seed, 2 * index + 1, x, y);
        double e = std::min(poisson_quantile(electrons * response, shot[0]), full_well_e);
        e += dsnu_e * pattern[1] + dsnu_row_e * rows[1] + read_noise_e * normal_quantile(read[0]);
        frame.row(y)[x] =
            static_cast<float>(std::clamp(std::floor(black_dn + gain_dn_per_e * e + 0.5), 0.0, white_dn()));
      }
    return frame;
  }

 private:
  static constexpr std::uint64_t kPattern = 1ull << 40, kLines = 1ull << 41;
  std::array<double, 2> normals(std::uint64_t kind, int x, int y) const {
    const auto u = pixel_uniforms(seed, kind, x, y);
    return {normal_quantile(u[0]), normal_quantile(u[1])};
  }
};

}  // namespace sunny16::sim::test
