// A grey scale in a picture: steps side by side, darkest first.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/metrics/oecf.h"
#include "sim/sensor/random.h"

namespace sunny16::sim::test {

inline constexpr int kStepSide = 64;

inline std::vector<GreyStep> grey_scale(const std::vector<double>& luminances) {
  std::vector<GreyStep> steps;
  for (const double luminance : luminances)
    steps.push_back({{static_cast<int>(steps.size()) * kStepSide, 0, kStepSide, kStepSide}, luminance});
  return steps;
}

/// `count` luminances up to 1, `ev` stops apart.
inline std::vector<double> stops(int count, double ev) {
  std::vector<double> all;
  for (int i = count - 1; i >= 0; --i) all.push_back(isp::exact::exp2(-ev * i));
  return all;
}

/// A picture of the scale: level(luminance, x, y) is each sample.
template <class F>
isp::Image<float> picture_of(const std::vector<double>& luminances, F&& level) {
  isp::Image<float> image(static_cast<int>(luminances.size()) * kStepSide, kStepSide);
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      image.row(y)[x] = static_cast<float>(level(luminances[static_cast<std::size_t>(x / kStepSide)], x, y));
  return image;
}

/// A standard normal deviate for each pixel of each frame.
inline double normal(std::uint64_t frame, int x, int y) { return normal_quantile(pixel_uniforms(16, frame, x, y)[0]); }

}  // namespace sunny16::sim::test
