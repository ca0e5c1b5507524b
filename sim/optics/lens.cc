#include "sim/optics/lens.h"

#include <thread>
#include <utility>
#include <vector>

#include "isp/core/cfa.h"
#include "isp/core/exact_math.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;

/// Calls f(first, end) for parts of 0..count at the same time.
template <class F>
void in_parallel(int count, int threads, F&& f) {
  std::vector<std::jthread> workers;
  for (int i = 1; i < threads; ++i) workers.emplace_back(f, count * i / threads, count * (i + 1) / threads);
  f(0, count / threads);
}

/// A Gaussian of the lens's width, cut off at two pixels and normalised: weights of distance 0, 1, 2.
std::array<float, 3> blur_weights(double deviation) {
  std::array<double, 3> w;
  for (int i = 0; i < 3; ++i)
    w[static_cast<std::size_t>(i)] = exact::exp(-0.5 * i * i / exact::max(deviation * deviation, 1e-3));
  const double sum = w[0] + 2 * (w[1] + w[2]);
  return {static_cast<float>(w[0] / sum), static_cast<float>(w[1] / sum), static_cast<float>(w[2] / sum)};
}

float weigh(const std::array<float, 3>& w, const std::array<float, 5>& v) {
  return w[0] * v[2] + w[1] * (v[1] + v[3]) + w[2] * (v[0] + v[4]);
}

}  // namespace

double squared_radius(double x, double y, int width, int height) {
  const double cx = (width - 1) / 2.0, cy = (height - 1) / 2.0;
  return ((x - cx) * (x - cx) + (y - cy) * (y - cy)) / (cx * cx + cy * cy);
}

double Lens::gain(int colour, double r2) const {
  const double cosine2 = 1 / (1 + corner_tangent * corner_tangent * r2);
  return (1 + (1 - colour) * colour_falloff * r2) / (cosine2 * cosine2);
}

isp::GainMesh Lens::gain_mesh(int width, int height) const {
  isp::GainMesh mesh{.columns = 17, .rows = 13, .gains = {}};
  constexpr std::array<int, 4> kColours{0, 1, 1, 2};
  for (std::size_t channel = 0; channel < 4; ++channel)
    for (int row = 0; row < mesh.rows; ++row)
      for (int column = 0; column < mesh.columns; ++column) {
        const double x = (width - 1.0) * column / (mesh.columns - 1), y = (height - 1.0) * row / (mesh.rows - 1);
        mesh.gains[channel].push_back(gain(kColours[channel], squared_radius(x, y, width, height)));
      }
  return mesh;
}

LightImage render(const Scene& scene, const Lens& lens, int width, int height, int threads) {
  LightImage sharp(3 * width, height), across(3 * width, height);
  constexpr int kSamples = 3;
  const auto w = blur_weights(lens.blur);
  in_parallel(height, threads, [&](int first, int end) {
    for (int y = first; y < end; ++y) {
      float* row = sharp.row(y);
      for (int x = 0; x < width; ++x) {
        Colour sum;
        for (int sample = 0; sample < kSamples * kSamples; ++sample) {
          const double px = x + (sample % kSamples + 0.5) / kSamples, py = y + (sample / kSamples + 0.5) / kSamples;
          sum = sum + scene.light({(px - width / 2.0) / height, py / height - 0.5});
        }
        sum = sum * (1.0 / (kSamples * kSamples));
        row[3 * x] = static_cast<float>(sum.r), row[3 * x + 1] = static_cast<float>(sum.g),
                row[3 * x + 2] = static_cast<float>(sum.b);
      }
      float* out = across.row(y);
      const auto at = [&](int x, int c) { return row[3 * isp::reflect(x, width) + c]; };
      for (int x = 0; x < width; ++x)
        for (int c = 0; c < 3; ++c)
          out[3 * x + c] = weigh(w, {at(x - 2, c), at(x - 1, c), at(x, c), at(x + 1, c), at(x + 2, c)});
    }
  });
  in_parallel(height, threads, [&](int first, int end) {
    for (int y = first; y < end; ++y) {
      const auto at = [&](int dy) { return std::as_const(across).row(isp::reflect(y + dy, height)); };
      const std::array<const float*, 5> rows{at(-2), at(-1), at(0), at(1), at(2)};
      for (int i = 0; i < 3 * width; ++i)
        sharp.row(y)[i] = weigh(w, {rows[0][i], rows[1][i], rows[2][i], rows[3][i], rows[4][i]});
    }
  });
  return sharp;
}

}  // namespace sunny16::sim
