#include "sim/metrics/colour.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <string>

#include "sim/metrics/metric_error.h"
#include "sim/metrics/minimum.h"

namespace sunny16::sim {
namespace {

Lab lab_of(const Rgb& rgb, double scale) { return lab_of_srgb(scale * rgb[0], scale * rgb[1], scale * rgb[2]); }

double mean_difference(std::span<const Rgb> rgb, std::span<const Lab> chart, double scale) {
  double sum = 0;
  for (std::size_t i = 0; i < rgb.size(); ++i) sum += delta_e00(lab_of(rgb[i], scale), chart[i]);
  return sum / static_cast<double>(rgb.size());
}

/// The scale that gives patches the chart's luminance on average (least squares).
double luminance_scale(std::span<const Rgb> rgb, std::span<const Lab> chart) {
  double product = 0, square = 0;
  for (std::size_t i = 0; i < rgb.size(); ++i) {
    const double y = 0.2126 * rgb[i][0] + 0.7152 * rgb[i][1] + 0.0722 * rgb[i][2];
    const double f = (chart[i].l + 16) / 116;
    product += y * (f > 6.0 / 29 ? f * f * f : chart[i].l * 27 / 24389), square += y * y;
  }
  if (!(product > 0)) throw MetricError("colour: found patches without light, allowed a lit chart");
  return product / square;
}

/// Searched two stops either way of equal luminance.
double best_scale(std::span<const Rgb> rgb, std::span<const Lab> chart) {
  const double start = luminance_scale(rgb, chart);
  return start * std::exp2(minimum_at(-2, 2, 64,
                                      [&](double ev) { return mean_difference(rgb, chart, start * std::exp2(ev)); }));
}

template <class F>
double mean_of(std::size_t from, std::size_t to, F&& value) {
  double sum = 0;
  for (std::size_t i = from; i < to; ++i) sum += value(i);
  return sum / static_cast<double>(to - from);
}

}  // namespace

double angle_deg(const Rgb& x, const Rgb& y) {
  const Rgb cross{x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]};
  return std::atan2(std::hypot(cross[0], cross[1], cross[2]), std::inner_product(x.begin(), x.end(), y.begin(), 0.0)) *
         180 / std::numbers::pi;
}

double percentile(std::vector<double> values, double p) {
  std::sort(values.begin(), values.end());
  const double place = p * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place), above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

std::vector<Rgb> mean_colours(const RgbPlanes& picture, std::span<const Quadrilateral> patches, Transfer transfer) {
  std::vector<Rgb> colours;
  for (const Quadrilateral& patch : patches) {
    check_inside("colour patch " + std::to_string(colours.size() + 1), patch.bounds(), picture[0].width,
                 picture[0].height);
    Rgb sum{};
    double count = 0;
    for_each_pixel(patch, [&](int x, int y) {
      for (std::size_t c = 0; c < 3; ++c) {
        const double v = picture[c].row(y)[x];
        sum[c] += transfer == Transfer::srgb ? linear_of_srgb(v) : v;
      }
      ++count;
    });
    if (!std::isfinite(sum[0] + sum[1] + sum[2]) || count == 0)
      throw MetricError("colour patch " + std::to_string(colours.size() + 1) + ": found " +
                        (count == 0 ? "no pixels" : "samples that are not finite") + ", allowed finite ones");
    for (double& v : sum) v /= count;
    colours.push_back(sum);
  }
  return colours;
}

ColourMeasurement measure_colours(std::span<const Rgb> rgb, std::span<const Lab> chart, const ColourOptions& options) {
  const std::size_t least = std::max(options.last_grey + 1, options.coloured);
  if (rgb.size() != chart.size() || rgb.size() < least || options.first_grey > options.last_grey || !options.coloured)
    throw MetricError("colour: found " + std::to_string(rgb.size()) + " patches and " + std::to_string(chart.size()) +
                      " colours of the chart, allowed the same number of both, at least " + std::to_string(least));
  ColourMeasurement out;
  if (options.fit_exposure) out.exposure_scale = best_scale(rgb, chart);
  std::vector<double> differences;
  for (std::size_t i = 0; i < rgb.size(); ++i) {
    PatchColour patch{.linear_rgb = rgb[i], .lab = lab_of(rgb[i], out.exposure_scale)};
    for (double& v : patch.linear_rgb) v *= out.exposure_scale;
    patch.delta_e2000 = delta_e00(patch.lab, chart[i]);
    patch.delta_c2000 = delta_c00(patch.lab, chart[i]);
    patch.delta_l = patch.lab.l - chart[i].l;
    differences.push_back(patch.delta_e2000);
    out.delta_c2000_max = std::max(out.delta_c2000_max, patch.delta_c2000);
    out.patches.push_back(patch);
  }
  out.delta_e2000_mean = mean_of(0, rgb.size(), [&](std::size_t i) { return differences[i]; });
  out.delta_c2000_mean = mean_of(0, rgb.size(), [&](std::size_t i) { return out.patches[i].delta_c2000; });
  out.delta_e2000_p90 = percentile(differences, 0.9);
  out.delta_e2000_max = percentile(differences, 1);

  const std::size_t grey_end = options.last_grey + 1;
  out.white_balance_error_deg =
      mean_of(options.first_grey, grey_end, [&](std::size_t i) { return angle_deg(rgb[i], options.neutral); });
  out.grey_chroma_mean =
      mean_of(options.first_grey, grey_end, [&](std::size_t i) { return chroma(out.patches[i].lab); });
  out.saturation_percent = 100 *
                           mean_of(0, options.coloured, [&](std::size_t i) { return chroma(out.patches[i].lab); }) /
                           mean_of(0, options.coloured, [&](std::size_t i) { return chroma(chart[i]); });
  return out;
}

ColourMeasurement measure_colours(const RgbPlanes& picture, std::span<const Quadrilateral> patches,
                                  std::span<const Lab> chart, const ColourOptions& options) {
  return measure_colours(mean_colours(picture, patches, options.transfer), chart, options);
}

}  // namespace sunny16::sim
