#include "sim/compare/picture_difference.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/metrics/colour_difference.h"
#include "sim/parallel.h"

namespace sunny16::sim {
namespace {

/// Sums of a row of pixels.
struct RowSums {
  double delta_e = 0, l = 0, a = 0, b = 0, first_luminance = 0, second_luminance = 0;
};

Lab lab_of(const float* linear) { return lab_of_srgb(double{linear[0]}, double{linear[1]}, double{linear[2]}); }

double luminance_of(const float* linear) {
  return 0.2126 * double{linear[0]} + 0.7152 * double{linear[1]} + 0.0722 * double{linear[2]};
}

RowSums compare_row(const float* first, const float* second, int width, float* delta_e) {
  RowSums sums;
  for (int x = 0; x < width; ++x) {
    const Lab p = lab_of(first + 3 * x), q = lab_of(second + 3 * x);
    const double e = delta_e00(p, q);
    delta_e[x] = static_cast<float>(e);
    sums.delta_e += e, sums.l += q.l - p.l, sums.a += q.a - p.a, sums.b += q.b - p.b;
    sums.first_luminance += luminance_of(first + 3 * x), sums.second_luminance += luminance_of(second + 3 * x);
  }
  return sums;
}

void set_fidelity(PictureDifference& result, const Picture& first, const Picture& second) {
  const auto a = colour_planes(display_picture(first).view()), b = colour_planes(display_picture(second).view());
  std::vector<Plane> pictures, truths;
  for (std::size_t i = 0; i < 3; ++i) truths.push_back(a[i].view()), pictures.push_back(b[i].view());
  const Fidelity fidelity = measure_fidelity(pictures, truths, {0, 0, first.width(), first.height()});
  result.psnr_db = fidelity.cpsnr_db;
  result.ssim = fidelity.mean_ssim;
}

}  // namespace

ComparedPictures compare_pictures(const Picture& first, const Picture& second, int threads) {
  ComparedPictures result;
  PictureDifference& d = result.difference;
  const int width = first.width(), height = first.height();
  if (second.width() != width || second.height() != height)
    throw MetricError("found pictures of " + std::to_string(width) + " x " + std::to_string(height) + " and " +
                      std::to_string(second.width()) + " x " + std::to_string(second.height()) +
                      " pixels, allowed equal sizes");
  const auto a = linear_picture(first), b = linear_picture(second);
  result.delta_e2000 = {width, height};
  std::vector<RowSums> rows(static_cast<std::size_t>(height));
  // The slow part of all is the similarity: it is one of the pieces of work.
  in_parallel(height + 1, threads, [&](int i) {
    if (i == 0) return set_fidelity(d, first, second);
    const int y = i - 1;
    rows[static_cast<std::size_t>(y)] = compare_row(a.row(y), b.row(y), width, result.delta_e2000.row(y));
  });

  const double pixels = static_cast<double>(width) * height;
  double first_luminance = 0, second_luminance = 0;
  for (const RowSums& row : rows) {
    d.delta_e2000_mean += row.delta_e / pixels;
    d.delta_l_mean += row.l / pixels, d.delta_a_mean += row.a / pixels, d.delta_b_mean += row.b / pixels;
    first_luminance += row.first_luminance / pixels, second_luminance += row.second_luminance / pixels;
  }
  constexpr double kBlack = 1e-6;  // of white: the ratio to a black picture is finite
  d.luminance_ev = std::log2(std::max(kBlack, second_luminance) / std::max(kBlack, first_luminance));

  std::vector<float> sorted;
  for (int y = 0; y < height; ++y) {
    const float* row = result.delta_e2000.row(y);
    sorted.insert(sorted.end(), row, row + width);
    const float* most = std::max_element(row, row + width);
    if (double{*most} > d.delta_e2000_max)
      d.delta_e2000_max = double{*most}, d.delta_e2000_max_x = static_cast<int>(most - row), d.delta_e2000_max_y = y;
  }
  const auto p95 = sorted.begin() + static_cast<std::ptrdiff_t>(0.95 * (pixels - 1));
  std::nth_element(sorted.begin(), p95, sorted.end());
  d.delta_e2000_p95 = double{*p95};
  return result;
}

}  // namespace sunny16::sim
