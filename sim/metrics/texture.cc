#include "sim/metrics/texture.h"

#include <algorithm>
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

double hann(int i) { return 0.5 - 0.5 * std::cos(2 * std::numbers::pi * (i + 0.5) / kTile); }

/// Contrast about the region's mean under Hann's window in both directions.
Spectrum2d tile_spectrum(Plane tile, double region_mean) {
  std::vector<double> samples;
  for (int y = 0; y < kTile; ++y)
    for (int x = 0; x < kTile; ++x) samples.push_back(hann(x) * hann(y) * (tile.row(y)[x] / region_mean - 1));
  return {samples, kTile};
}

/// Calls f(ring, u, v) for each place of a tile's spectrum up to 0.5 cy/px; ring k is about k / kTile cy/px.
template <class F>
void for_each_ring(F&& f) {
  for (int v = 0; v < kTile; ++v)
    for (int u = 0; u < kTile; ++u) {
      const double ring = std::round(std::hypot(u < kRings ? u : u - kTile, v < kRings ? v : v - kTile));
      if (ring >= 1 && ring <= kRings) f(static_cast<std::size_t>(ring) - 1, u, v);
    }
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
  Spectra sum;
  std::vector<double> count(kRings);
  for_each_tile(roi, [&](isp::Rect tile) {
    const Spectrum2d s = tile_spectrum(a.crop(tile), mean_a), t = tile_spectrum(b.crop(tile), mean_b);
    for_each_ring([&](std::size_t ring, int u, int v) {
      sum.truth[ring] += std::norm(t.at(u, v)), sum.cross[ring] += std::conj(t.at(u, v)) * s.at(u, v), ++count[ring];
    });
  });
  double window = 0;  // power of the window, by which the spectrum of what is under it is larger
  for (int i = 0; i < kTile; ++i) window += hann(i) * hann(i);
  for (std::size_t i = 0; i < kRings; ++i) {
    sum.truth[i] /= count[i] * window * window;
    sum.cross[i] /= count[i] * window * window;
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
