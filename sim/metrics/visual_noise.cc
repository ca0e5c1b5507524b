#include "sim/metrics/visual_noise.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <string>
#include <vector>

#include "sim/metrics/metric_error.h"
#include "sim/metrics/moments.h"

namespace sunny16::sim {
namespace {

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;
using Waves = std::vector<std::complex<double>>;

constexpr Vector operator*(const Matrix& m, const Vector& v) {
  Vector out{};
  for (std::size_t i = 0; i < 3; ++i) out[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
  return out;
}

constexpr Vector kD65{0.95047, 1, 1.08883};
/// Linear sRGB to XYZ of D65 (IEC 61966-2-1).
constexpr Matrix kXyz{
    {{0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}}};
/// Bradford from D65 to illuminant E, and back (as B. Lindbloom tabulates them).
constexpr Matrix kToE{
    {{1.0502616, 0.0270757, -0.0232523}, {0.0390650, 0.9729502, -0.0092579}, {-0.0024047, 0.0026446, 0.9180873}}};
constexpr Matrix kFromE{
    {{0.9531874, -0.0265906, 0.0238731}, {-0.0382467, 1.0288406, 0.0094060}, {0.0026068, -0.0030332, 1.0892565}}};
constexpr Matrix kOpponent{{{0, 1, 0}, {1, -1, 0}, {0, 0.4, -0.4}}};
constexpr Matrix kFromOpponent{{{1, 1, 0}, {1, 0, 0}, {1, 0, -2.5}}};

Vector luv(const Vector& xyz) {
  const double y = xyz[1];
  const double l = y > 216.0 / 24389 ? 116 * std::cbrt(y) - 16 : y * 24389 / 27;
  const auto u = [](const Vector& c) { return 4 * c[0] / (c[0] + 15 * c[1] + 3 * c[2]); };
  const auto v = [](const Vector& c) { return 9 * c[1] / (c[0] + 15 * c[1] + 3 * c[2]); };
  if (!(xyz[0] + 15 * xyz[1] + 3 * xyz[2] > 0)) return {0, 0, 0};
  return {l, 13 * l * (u(xyz) - u(kD65)), 13 * l * (v(xyz) - v(kD65))};
}

/// The discrete Fourier transform of any length, as its definition has it: patches are small.
class Fourier {
 public:
  explicit Fourier(std::size_t n) : turns_(n) {
    for (std::size_t i = 0; i < n; ++i)
      turns_[i] = std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n));
  }
  /// `values`: `stride` apart; the sum for each frequency of value * exp(-+ i ...), in place.
  void transform(std::complex<double>* values, std::size_t stride, bool inverse) {
    const std::size_t n = turns_.size();
    line_.resize(n);
    for (std::size_t k = 0; k < n; ++k) {
      double re = 0, im = 0;
      for (std::size_t i = 0, at = 0; i < n; ++i, at += k, at -= at >= n ? n : 0) {
        const auto v = values[i * stride], t = inverse ? std::conj(turns_[at]) : turns_[at];
        re += v.real() * t.real() - v.imag() * t.imag(), im += v.real() * t.imag() + v.imag() * t.real();
      }
      line_[k] = {re, im};
    }
    for (std::size_t k = 0; k < n; ++k) values[k * stride] = line_[k];
  }

 private:
  Waves turns_, line_;
};

void transform(Waves& waves, std::size_t width, std::size_t height, bool inverse) {
  Fourier rows(width), columns(height);
  for (std::size_t y = 0; y < height; ++y) rows.transform(&waves[y * width], 1, inverse);
  for (std::size_t x = 0; x < width; ++x) columns.transform(&waves[x], width, inverse);
}

/// Cycles per sample of a line's k-th frequency.
double frequency(std::size_t k, std::size_t n) {
  return (static_cast<double>(k) - (2 * k > n ? static_cast<double>(n) : 0)) / static_cast<double>(n);
}

void filter(Waves& waves, std::size_t width, std::size_t height, double pixels_per_degree, std::size_t channel) {
  transform(waves, width, height, false);
  for (std::size_t y = 0; y < height; ++y)
    for (std::size_t x = 0; x < width; ++x) {
      const double f = std::hypot(frequency(x, width), frequency(y, height)) * pixels_per_degree;
      waves[y * width + x] *= visual_noise_weights(f)[channel] / static_cast<double>(width * height);
    }
  transform(waves, width, height, true);
}

}  // namespace

double Viewing::pixels_per_degree() const { return distance_mm * std::tan(std::numbers::pi / 180) / pixel_pitch_mm; }

std::array<double, 3> visual_noise_weights(double f) {
  const auto chroma = [f](double a, double b, double c, double d, double e, double g) {
    return (a * std::exp(-b * std::pow(f, c)) + d * std::exp(-e * std::pow(f, g))) / (a + d);
  };
  return {75 * std::pow(f, 0.8) * std::exp(-0.2 * f) / 34.05,
          chroma(109.1413, 0.00038, 3.4244, 93.5971, 0.00367, 2.1677),
          chroma(7.0328, 0.000004, 4.2582, 40.6910, 0.10391, 1.6487)};
}

VisualNoise measure_visual_noise(const RgbPlanes& picture, isp::Rect r, Transfer transfer, const Viewing& viewing) {
  for (const Plane& plane : picture) moments("visual noise", plane, r);  // throws for what cannot be measured
  if (std::min(r.width, r.height) < 16 || std::max(r.width, r.height) > 256)
    throw MetricError("visual noise: found " + std::to_string(r.width) + " x " + std::to_string(r.height) +
                      " pixels, allowed 16 to 256 a side");
  const auto width = static_cast<std::size_t>(r.width), height = static_cast<std::size_t>(r.height);
  std::array<Waves, 3> opponent;
  std::array<RunningMoments, 3> running;
  for (int y = r.y; y < r.y + r.height; ++y)
    for (int x = r.x; x < r.x + r.width; ++x) {
      Vector rgb;
      for (std::size_t c = 0; c < 3; ++c) {
        rgb[c] = picture[c].row(y)[x];
        if (transfer == Transfer::srgb) rgb[c] = linear_of_srgb(rgb[c]);
      }
      const Vector a = kOpponent * (kToE * (kXyz * rgb));
      for (std::size_t c = 0; c < 3; ++c) opponent[c].emplace_back(a[c]), running[c].add(a[c]);
    }
  Vector mean;
  for (std::size_t c = 0; c < 3; ++c) {
    mean[c] = running[c].moments().mean;
    for (auto& v : opponent[c]) v -= mean[c];
    filter(opponent[c], width, height, viewing.pixels_per_degree(), c);
  }

  std::array<RunningMoments, 3> seen;
  for (std::size_t i = 0; i < width * height; ++i) {
    Vector a;
    for (std::size_t c = 0; c < 3; ++c) a[c] = mean[c] + opponent[c][i].real();
    Vector xyz = kFromE * (kFromOpponent * a);
    for (double& v : xyz) v = std::max(0.0, v);
    const Vector colour = luv(xyz);
    for (std::size_t c = 0; c < 3; ++c) seen[c].add(colour[c]);
  }
  VisualNoise out{.sigma_l = seen[0].moments().deviation(),
                  .sigma_u = seen[1].moments().deviation(),
                  .sigma_v = seen[2].moments().deviation(),
                  .l_mean = seen[0].moments().mean};
  out.visual_noise = out.sigma_l + 0.852 * out.sigma_u + 0.323 * out.sigma_v;
  return out;
}

}  // namespace sunny16::sim
