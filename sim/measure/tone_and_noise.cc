// Grey scales and even regions: tone, noise, visual noise.
#include <algorithm>
#include <cmath>

#include "sim/measure/metrics.h"
#include "sim/metrics/metric_error.h"
#include "sim/metrics/moments.h"
#include "sim/metrics/noise.h"
#include "sim/metrics/raw_plane.h"
#include "sim/metrics/visual_noise.h"

namespace sunny16::sim {
namespace {

/// A plane with a grey scale: of a raw frame the greens of red rows, black 0 and white 1, at half the size; of a
/// picture its luma.
struct Scale {
  isp::Image<float> green;
  Plane plane;
  std::vector<GreyStep> steps;
};

Scale scale_of(const Subject& subject, const std::vector<GreyStep>& steps) {
  Scale scale{.green = {}, .plane = {}, .steps = steps};
  if (!subject.raw()) {
    scale.plane = subject.luma().view();
    return scale;
  }
  const hal::RawFrame& frame = *subject.raw();
  scale.green = raw_plane(frame, isp::kGr);
  for (int y = 0; y < scale.green.height(); ++y)
    for (int x = 0; x < scale.green.width(); ++x) {
      float& v = scale.green.row(y)[x];
      v = static_cast<float>((v - frame.black[isp::kGr]) / (frame.white - frame.black[isp::kGr]));
    }
  scale.plane = std::as_const(scale.green).view();
  for (GreyStep& step : scale.steps) {
    isp::Rect& r = step.region;
    r = {(r.x + 1) / 2, (r.y + 1) / 2, r.width / 2, r.height / 2};
  }
  return scale;
}

OecfOptions oecf_options(const Subject& subject) {
  OecfOptions options;
  if (subject.raw()) options.least_step = 1 / (subject.raw()->white - subject.raw()->black[isp::kGr]);
  return options;
}

std::vector<double> column(const nlohmann::ordered_json& rows, const char* key) {
  std::vector<double> values;
  for (const auto& row : rows) values.push_back(row[key].get<double>());
  return values;
}

}  // namespace

Measurement measure_oecf(const Subject& subject, const MeasureOptions& options) {
  const Scale scale = scale_of(subject, grey_steps(subject, options));
  const Oecf oecf = sim::measure_oecf(scale.plane, scale.steps, oecf_options(subject));
  Measurement out{.metric = "oecf", .values = {}, .plots = {}, .prose = {}};
  out.values = told(oecf, out);
  out.plots.push_back({.title = "OECF",
                       .x = {"Luminance", "of white", true},
                       .y = {"Level", "", false, 0, 1},
                       .series = {{.name = "steps",
                                   .x = column(out.values["points"], "luminance"),
                                   .y = column(out.values["points"], "level"),
                                   .kind = Series::Kind::points}}});
  return out;
}

Measurement measure_noise(const Subject& subject, const MeasureOptions& options) {
  Measurement out{.metric = "noise", .values = nlohmann::ordered_json::object(), .plots = {}, .prose = {}};
  if (options.roi) {
    const Scale scale = scale_of(subject, {{*options.roi, 1}});
    const Moments m = moments("roi", scale.plane, scale.steps[0].region);
    out.values = {{"level", m.mean}, {"noise", m.deviation()}, {"snr_db", 20 * std::log10(m.mean / m.deviation())}};
    return out;
  }
  const Scale scale = scale_of(subject, grey_steps(subject, options));
  const Plane frames[]{scale.plane};
  const NoiseMeasurement noise = sim::measure_noise(frames, scale.steps, oecf_options(subject));
  out.values = told(noise, out);
  out.plots.push_back({.title = "Signal to noise",
                       .x = {"Luminance", "of white", true},
                       .y = {"SNR", "dB"},
                       .series = {{.name = "steps",
                                   .x = column(out.values["steps"], "luminance"),
                                   .y = column(out.values["steps"], "snr_db")}}});
  return out;
}

Measurement measure_visual_noise(const Subject& subject, const MeasureOptions& options) {
  constexpr int kLeast = 16, kMost = 256;
  std::vector<GreyStep> steps;
  if (options.roi)
    steps = {{*options.roi, 1}};
  else
    steps = grey_steps(subject, options);
  Measurement out{.metric = "visual_noise",
                  .values = {{"visual_noise_mean", 0}, {"steps", nlohmann::ordered_json::array()}},
                  .plots = {},
                  .prose = {}};
  double sum = 0;
  Series series{.name = "steps", .x = {}, .y = {}};
  for (const GreyStep& step : steps) {
    isp::Rect r = step.region;
    const int width = std::min(r.width, kMost), height = std::min(r.height, kMost);
    if (width < kLeast || height < kLeast)
      throw MetricError(subject.name() + ": visual noise: found a patch of " + std::to_string(r.width) + " x " +
                        std::to_string(r.height) + " pixels, allowed " + std::to_string(kLeast) + " or more");
    r = {r.x + (r.width - width) / 2, r.y + (r.height - height) / 2, width, height};
    const VisualNoise noise = sim::measure_visual_noise(views(subject.light()), r, Transfer::linear);
    nlohmann::ordered_json json{{"luminance", step.luminance}};
    append(json, told(noise, out));
    out.values["steps"].push_back(std::move(json));
    series.x.push_back(noise.l_mean), series.y.push_back(noise.visual_noise);
    sum += noise.visual_noise;
  }
  out.values["visual_noise_mean"] = sum / static_cast<double>(steps.size());
  out.plots.push_back(
      {.title = "Visual noise", .x = {"L*", ""}, .y = {"Visual noise", "", false, 0}, .series = {series}});
  return out;
}

}  // namespace sunny16::sim
