#include "sim/scene/photo_scene.h"

#include <algorithm>
#include <string>
#include <utility>

#include "isp/core/exact_math.h"
#include "sim/light/simulation_error.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;

/// Means of 2 x 2 pixels; the last row and column of an odd picture are dropped.
isp::Image<float> halved(const isp::Image<float>& p) {
  isp::Image<float> half(p.width() / 6 * 3, p.height() / 2);
  for (int y = 0; y < half.height(); ++y) {
    const float *upper = p.row(2 * y), *lower = p.row(2 * y + 1);
    for (int i = 0; i < half.width(); ++i) {
      const int left = i / 3 * 6 + i % 3;
      half.row(y)[i] = (upper[left] + upper[left + 3] + lower[left] + lower[left + 3]) * 0.25f;
    }
  }
  return half;
}

}  // namespace

PhotoScene::PhotoScene(isp::PlaneView<const float> rgb, double aspect, int rows) : picture_(rgb.width, rgb.height) {
  if (rgb.width < 3 || rgb.width % 3 != 0 || rgb.height < 1)
    throw SimulationError("scene picture: found " + std::to_string(rgb.width) + " x " + std::to_string(rgb.height) +
                          " values, allowed three for each of at least one pixel");
  for (int y = 0; y < rgb.height; ++y)
    for (int i = 0; i < rgb.width; ++i) {
      const float v = rgb.row(y)[i];
      if (!(v - v == 0))
        throw SimulationError("scene picture: found no number at column " + std::to_string(i / 3) + ", row " +
                              std::to_string(y) + ", allowed finite numbers");
      picture_.row(y)[i] = std::max(v, 0.0f);
    }
  while (picture_.height() >= 2 * rows && picture_.width() >= 6) picture_ = halved(picture_);
  pixels_per_height_ = exact::min(picture_.height(), picture_.width() / (3 * aspect));
}

Colour PhotoScene::light(Point at, double, const Palette& palette) const {
  const int columns = picture_.width() / 3, rows = picture_.height();
  const double x = exact::clamp(at.x * pixels_per_height_ + (columns - 1) / 2.0, 0, columns - 1);
  const double y = exact::clamp(at.y * pixels_per_height_ + (rows - 1) / 2.0, 0, rows - 1);
  const int left = static_cast<int>(x), top = static_cast<int>(y);
  const int right = std::min(left + 1, columns - 1), bottom = std::min(top + 1, rows - 1);
  const auto pixel = [&](int column, int row) {
    const float* p = std::as_const(picture_).row(row) + 3 * column;
    return Colour{p[0], p[1], p[2]};
  };
  const auto between = [&](int row) { return mix(pixel(left, row), pixel(right, row), x - left); };
  return palette.surface(0, mix(between(top), between(bottom), y - top));
}

}  // namespace sunny16::sim
