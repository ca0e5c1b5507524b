#include "sim/metrics/fidelity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace sunny16::sim {
namespace {

constexpr int kWindow = 11, kRadius = kWindow / 2;
constexpr double kDeviation = 1.5, kC1 = 0.01 * 0.01, kC2 = 0.03 * 0.03;

/// Weighted means about a pixel: of both planes, their squares and product, and the difference's magnitude.
struct Local {
  double x = 0, y = 0, xx = 0, yy = 0, xy = 0, difference = 0;

  static Local of(double x, double y) { return {x, y, x * x, y * y, x * y, std::abs(x - y)}; }
  void add(double weight, const Local& l) {
    x += weight * l.x, y += weight * l.y, xx += weight * l.xx, yy += weight * l.yy, xy += weight * l.xy;
    difference += weight * l.difference;
  }
  double ssim() const {
    const double variances = xx - x * x + yy - y * y, covariance = xy - x * y;
    return (2 * x * y + kC1) * (2 * covariance + kC2) / ((x * x + y * y + kC1) * (variances + kC2));
  }
};

std::array<double, kWindow> window() {
  std::array<double, kWindow> w;
  double sum = 0;
  for (int i = 0; i < kWindow; ++i)
    sum += w[static_cast<std::size_t>(i)] = std::exp(-0.5 * std::pow((i - kRadius) / kDeviation, 2));
  for (double& v : w) v /= sum;
  return w;
}

/// Calls f(x, y, local) for each pixel about which the window fits; rows of horizontal means live in a ring.
template <class F>
void for_each_window(Plane a, Plane b, F&& f) {
  const auto w = window();
  const int width = a.width - kWindow + 1;
  std::array<std::vector<Local>, kWindow> ring;
  ring.fill(std::vector<Local>(static_cast<std::size_t>(width)));
  const auto ring_row = [&](int y) -> auto& { return ring[static_cast<std::size_t>(y % kWindow)]; };
  for (int y = 0; y < a.height; ++y) {
    for (int x = 0; x < width; ++x) {
      Local sum;
      for (int i = 0; i < kWindow; ++i)
        sum.add(w[static_cast<std::size_t>(i)], Local::of(a.row(y)[x + i], b.row(y)[x + i]));
      ring_row(y)[static_cast<std::size_t>(x)] = sum;
    }
    if (y + 1 < kWindow) continue;
    for (int x = 0; x < width; ++x) {
      Local sum;
      for (int i = 0; i < kWindow; ++i)
        sum.add(w[static_cast<std::size_t>(i)], ring_row(y + 1 + i)[static_cast<std::size_t>(x)]);  // oldest first
      f(x + kRadius, y - kRadius, sum);
    }
  }
}

double psnr_db(double mean_square) { return std::min(kMaxPsnrDb, -10 * std::log10(mean_square)); }

}  // namespace

Fidelity measure_fidelity(std::span<const Plane> picture, std::span<const Plane> truth, isp::Rect roi) {
  if (picture.empty() || picture.size() != truth.size())
    throw MetricError("fidelity: found " + std::to_string(picture.size()) + " planes and " +
                      std::to_string(truth.size()) + " of truth, allowed as many of both");
  Fidelity result;
  const auto planes = static_cast<double>(picture.size());
  double all_squares = 0;
  for (std::size_t i = 0; i < picture.size(); ++i) {
    if (picture[i].width != truth[i].width || picture[i].height != truth[i].height)
      throw MetricError("fidelity: found a plane of " + region_text(whole(picture[i])) + " and a truth of " +
                        region_text(whole(truth[i])) + ", allowed equal sizes");
    const Plane a = region(picture[i], roi, kWindow, kWindow), b = region(truth[i], roi, kWindow, kWindow);
    double squares = 0, magnitudes = 0;
    for (int y = 0; y < a.height; ++y)
      for (int x = 0; x < a.width; ++x) {
        const double d = double{a.row(y)[x]} - double{b.row(y)[x]};
        squares += d * d, magnitudes += std::abs(d);
      }
    const double pixels = static_cast<double>(a.width) * a.height;
    result.psnr_db.push_back(psnr_db(squares / pixels));
    all_squares += squares / pixels / planes;
    result.mean_difference += magnitudes / pixels / planes;

    double ssim = 0;
    for_each_window(a, b, [&](int x, int y, const Local& local) {
      ssim += local.ssim();
      if (local.difference > result.worst_difference)
        result.worst_difference = local.difference, result.worst_x = roi.x + x, result.worst_y = roi.y + y;
    });
    result.ssim.push_back(ssim / (a.width - kWindow + 1) / (a.height - kWindow + 1));
    result.mean_ssim += result.ssim.back() / planes;
  }
  result.cpsnr_db = psnr_db(all_squares);
  return result;
}

}  // namespace sunny16::sim
