#include "sim/metrics/noise.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/metrics/metric_error.h"
#include "sim/metrics/moments.h"
#include "sim/metrics/non_uniformity.h"

namespace sunny16::sim {
namespace {

constexpr double kLeastSnr = 1e-3, kMostSnr = 1e6;  // -60 and 120 dB

double snr(const NoiseStep& step, double noise) {
  const double signal = step.luminance * step.incremental_gain;
  return signal > 0 ? std::clamp(signal / noise, kLeastSnr, kMostSnr) : kLeastSnr;
}

NoiseStep measure_step(std::span<const Plane> frames, const GreyStep& step, const std::string& what) {
  NoiseStep out{.luminance = step.luminance};
  if (frames.size() == 1) {
    const Moments found = moments(what, frames[0], step.region);
    out.level = found.mean, out.total_noise = found.deviation();
  } else {
    const StackVariances found = stack_variances(frames, step.region);
    const double fixed = std::max(0.0, found.total);
    out.level = found.mean;
    out.temporal_noise = std::sqrt(found.temporal), out.fixed_noise = std::sqrt(fixed);
    out.total_noise = std::sqrt(found.temporal + fixed);
  }
  return out;
}

/// `ratio`: SNR of each step, dark to bright.
double threshold(std::span<const NoiseStep> steps, std::span<const double> ratio) {
  const auto seen = std::ranges::find_if(ratio, [](double r) { return r >= 1; });
  if (seen == ratio.end())
    throw MetricError("noise: found no step whose signal is above its noise, allowed at least 1");
  const auto i = static_cast<std::size_t>(seen - ratio.begin());
  if (i == 0) return steps[0].luminance / ratio[0];
  const double part = std::log(1 / ratio[i - 1]) / std::log(ratio[i] / ratio[i - 1]);
  return steps[i - 1].luminance * std::pow(steps[i].luminance / steps[i - 1].luminance, part);
}

}  // namespace

NoiseMeasurement measure_noise(std::span<const Plane> frames, std::span<const GreyStep> scale,
                               const OecfOptions& options) {
  if (frames.empty()) throw MetricError("noise: found no frame, allowed at least 1");
  NoiseMeasurement out;
  out.frames = static_cast<int>(frames.size());
  for (const GreyStep& step : scale)
    out.steps.push_back(measure_step(frames, step, "noise step " + std::to_string(out.steps.size() + 1)));
  std::ranges::sort(out.steps, {}, &NoiseStep::luminance);

  std::vector<OecfPoint> points;
  for (const NoiseStep& step : out.steps)
    points.push_back({.luminance = step.luminance, .level = step.level, .deviation = step.total_noise});
  const Oecf oecf = fit_oecf(std::move(points), options);

  std::vector<double> ratio;
  for (std::size_t i = 0; i < out.steps.size(); ++i) {
    NoiseStep& step = out.steps[i];
    step.incremental_gain = oecf.points[i].incremental_gain;
    step.snr_db = 20 * std::log10(snr(step, step.total_noise));
    ratio.push_back(snr(step, frames.size() > 1 ? step.temporal_noise : step.total_noise));
  }
  out.saturation_luminance = oecf.luminance_at(options.saturation);
  out.threshold_luminance = threshold(out.steps, ratio);
  const double range = out.saturation_luminance / out.threshold_luminance;
  out.dynamic_range_db = 20 * std::log10(range), out.dynamic_range_ev = std::log2(range);
  return out;
}

}  // namespace sunny16::sim
