// A picture against what it should be.
#include <algorithm>

#include "sim/measure/metrics.h"
#include "sim/metrics/fidelity.h"
#include "sim/metrics/metric_error.h"

namespace sunny16::sim {
namespace {

std::array<isp::Image<float>, 3> coded(const std::array<isp::Image<float>, 3>& light, double scale) {
  std::array<isp::Image<float>, 3> code;
  for (std::size_t c = 0; c < 3; ++c) {
    code[c] = isp::Image<float>(light[c].width(), light[c].height());
    for (int y = 0; y < light[c].height(); ++y)
      std::transform(light[c].row(y), light[c].row(y) + light[c].width(), code[c].row(y),
                     [scale](float v) { return display_code(v * scale); });
  }
  return code;
}

/// By how much the truth is brighter or darker than the picture: the ratio of their means where neither is clipped.
double exposure_of(const std::array<isp::Image<float>, 3>& picture, const std::array<isp::Image<float>, 3>& truth) {
  double scale = 1;
  for (int round = 0; round < 4; ++round) {
    double seen = 0, there = 0;
    for (std::size_t c = 0; c < 3; ++c)
      for (int y = 0; y < picture[c].height(); ++y)
        for (int x = 0; x < picture[c].width(); ++x)
          if (const double v = picture[c].row(y)[x], t = truth[c].row(y)[x]; v < 0.95 && t * scale < 0.95)
            seen += v, there += t;
    if (there > 0 && seen > 0) scale = seen / there;
  }
  return scale;
}

}  // namespace

Measurement measure_fidelity(const Subject& subject, const MeasureOptions& options) {
  const auto& picture = subject.light();
  const auto& truth = options.reference ? options.reference->light() : subject.ideal();
  if (picture[0].width() != truth[0].width() || picture[0].height() != truth[0].height())
    throw MetricError(subject.name() + ": found " + std::to_string(picture[0].width()) + " x " +
                      std::to_string(picture[0].height()) + " pixels, allowed the reference's " +
                      std::to_string(truth[0].width()) + " x " + std::to_string(truth[0].height()));
  // A reference is held against as it is; of a scene's light only the proportions count.
  const double scale = options.reference ? 1 : exposure_of(picture, truth);
  const auto a = coded(picture, 1), b = coded(truth, scale);
  const Fidelity fidelity =
      sim::measure_fidelity(views(a), views(b), options.roi.value_or(isp::Rect{0, 0, a[0].width(), a[0].height()}));
  Measurement out{.metric = "psnr", .values = {}, .plots = {}, .prose = {}};
  out.values = told(fidelity, out);
  if (!options.reference) out.values["exposure_ratio"] = scale;
  return out;
}

}  // namespace sunny16::sim
