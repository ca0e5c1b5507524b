#include "sim/metrics/texture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

#include "sim/metrics/fourier.h"
#include "sim/metrics/mtf_curve.h"

namespace sunny16::sim {
namespace {

constexpr int kTile = 128;  // px; a power of two
constexpr int kRings = kTile / 2;

double mean(Plane plane) {
  double sum = 0;
  for (int y = 0; y < plane.height; ++y)
    for (int x = 0; x < plane.width; ++x) sum += plane.row(y)[x];
  return sum / plane.width / plane.height;
}

/// Hann's window.
std::array<double, kTile> window() {
  std::array<double, kTile> w;
  for (std::size_t i = 0; i < kTile; ++i)
    w[i] = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * (static_cast<double>(i) + 0.5) / kTile);
  return w;
}

/// Contrast about the region's mean under a window in both directions.
Spectrum2d tile_spectrum(Plane tile, double region_mean, const std::array<double, kTile>& w) {
  std::vector<double> samples(std::size_t{kTile} * kTile);
  for (std::size_t y = 0; y < kTile; ++y)
    for (std::size_t x = 0; x < kTile; ++x)
      samples[y * kTile + x] = w[x] * w[y] * (tile.row(static_cast<int>(y))[x] / region_mean - 1);
  return {samples, kTile};
}

/// A place of a tile's spectrum up to 0.5 cy/px, and its ring: ring k is about (k + 1) / kTile cy/px.
struct RingPlace {
  std::size_t ring;
  int u, v;
};

std::vector<RingPlace> ring_places() {
  std::vector<RingPlace> places;
  for (int v = 0; v < kTile; ++v)
    for (int u = 0; u < kTile; ++u) {
      const double ring = std::round(std::hypot(u < kRings ? u : u - kTile, v < kRings ? v : v - kTile));
      if (ring >= 1 && ring <= kRings) places.push_back({static_cast<std::size_t>(ring) - 1, u, v});
    }
  return places;
}

/// Calls f(tile) for tiles that overlap by half or more and reach from edge to edge.
template <class F>
void for_each_tile(isp::Rect roi, F&& f) {
  const auto count = [](int length) { return 1 + (length - kTile + kTile / 2 - 1) / (kTile / 2); };
  const auto start = [](int i, int n, int length) { return n == 1 ? 0 : (length - kTile) * i / (n - 1); };
  const int columns = count(roi.width), rows = count(roi.height);
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column)
      f(isp::Rect{start(column, columns, roi.width), start(row, rows, roi.height), kTile, kTile});
}

std::vector<double> ring_frequencies() {
  std::vector<double> frequency;
  for (int k = 1; k <= kRings; ++k) frequency.push_back(static_cast<double>(k) / kTile);
  return frequency;
}

/// Means over tiles and rings.
struct Spectra {
  std::vector<double> truth = std::vector<double>(kRings);
  std::vector<std::complex<double>> cross = std::vector<std::complex<double>>(kRings);
};

double positive_mean(Plane part, isp::Rect roi) {
  const double m = mean(part);
  if (!(m > 0))
    throw MetricError("texture in region " + region_text(roi) + ": found a mean of " + std::to_string(m) +
                      ", allowed above 0");
  return m;
}

Spectra measure_spectra(Plane picture, Plane truth, isp::Rect roi) {
  const Plane a = region(picture, roi, kTile, kTile), b = region(truth, roi, kTile, kTile);
  const double mean_a = positive_mean(a, roi), mean_b = positive_mean(b, roi);
  const auto w = window();
  const auto places = ring_places();
  Spectra sum;
  std::vector<double> count(kRings);
  for_each_tile(roi, [&](isp::Rect tile) {
    const Spectrum2d s = tile_spectrum(a.crop(tile), mean_a, w), t = tile_spectrum(b.crop(tile), mean_b, w);
    for (const auto [ring, u, v] : places)
      sum.truth[ring] += std::norm(t.at(u, v)), sum.cross[ring] += std::conj(t.at(u, v)) * s.at(u, v), ++count[ring];
  });
  double power = 0;  // of the window, by which the spectrum of what is under it is larger
  for (const double v : w) power += v * v;
  for (std::size_t i = 0; i < kRings; ++i) {
    sum.truth[i] /= count[i] * power * power;
    sum.cross[i] /= count[i] * power * power;
  }
  return sum;
}

Texture texture_of(std::vector<double> mtf, const ViewingConditions& viewing) {
  Texture texture{.frequency_cy_px = ring_frequencies(), .mtf = std::move(mtf)};
  texture.mtf50_cy_px = frequency_at(0.5, texture.frequency_cy_px, texture.mtf);
  texture.acutance = acutance(texture.frequency_cy_px, texture.mtf, viewing);
  return texture;
}

void require_power(double power) {
  if (!(power > 0))
    throw MetricError("texture: found a chart's spectrum of power " + std::to_string(power) + ", allowed above 0");
}

}  // namespace

PowerSpectrum measure_power_spectrum(Plane plane, isp::Rect roi) {
  return {ring_frequencies(), measure_spectra(plane, plane, roi).truth};
}

Texture measure_texture(const PowerSpectrum& picture, const PowerSpectrum& chart, const PowerSpectrum& noise,
                        const ViewingConditions& viewing) {
  std::vector<double> mtf;
  for (std::size_t i = 0; i < picture.power.size(); ++i) {
    const double f = picture.frequency_cy_px[i], ideal = response_at(f, chart.frequency_cy_px, chart.power);
    const double unwanted = noise.power.empty() ? 0 : response_at(f, noise.frequency_cy_px, noise.power);
    require_power(ideal);
    mtf.push_back(std::sqrt(std::max(0.0, picture.power[i] - unwanted) / ideal));
  }
  return texture_of(std::move(mtf), viewing);
}

Texture measure_texture(Plane picture, Plane truth, isp::Rect roi, const ViewingConditions& viewing) {
  if (picture.width != truth.width || picture.height != truth.height)
    throw MetricError("texture: found a plane of " + region_text(whole(picture)) + " and a truth of " +
                      region_text(whole(truth)) + ", allowed equal sizes");
  const Spectra spectra = measure_spectra(picture, truth, roi);
  std::vector<double> mtf;
  for (std::size_t i = 0; i < kRings; ++i) {
    require_power(spectra.truth[i]);
    mtf.push_back(std::abs(spectra.cross[i]) / spectra.truth[i]);
  }
  return texture_of(std::move(mtf), viewing);
}

}  // namespace sunny16::sim
