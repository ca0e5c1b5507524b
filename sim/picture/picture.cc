#include "sim/picture/picture.h"

#include <algorithm>
#include <vector>

#include "isp/core/exact_math.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;

/// The light of display codes: a table with an entry for each code of 16 bits, and straight lines between them.
float linear_of_code(float code) {
  constexpr int kLast = 65535;
  static const auto table = [] {
    std::vector<double> light;
    for (int i = 0; i <= kLast; ++i) {
      const double v = static_cast<double>(i) / kLast;
      light.push_back(v <= 0.04045 ? v / 12.92 : exact::pow((v + 0.055) / 1.055, 2.4));
    }
    return light;
  }();
  const double at = exact::clamp(double{code} * kLast, 0, kLast);
  const auto below = static_cast<std::size_t>(std::min(at, kLast - 1.0));
  return static_cast<float>(table[below] + (table[below + 1] - table[below]) * (at - static_cast<double>(below)));
}

template <class Out, class F>
isp::Image<Out> each_sample(const isp::Image<float>& from, F&& f) {
  isp::Image<Out> to(from.width(), from.height());
  for (int y = 0; y < from.height(); ++y) std::transform(from.row(y), from.row(y) + from.width(), to.row(y), f);
  return to;
}

constexpr auto kSame = [](float v) { return v; };

}  // namespace

float display_code(double light) {
  const double v = exact::clamp(light, 0, 1);
  return static_cast<float>(v <= 0.0031308 ? 12.92 * v : 1.055 * exact::pow(v, 1 / 2.4) - 0.055);
}

isp::Image<float> linear_picture(const Picture& picture) {
  return picture.transfer == Transfer::linear ? each_sample<float>(picture.rgb, kSame)
                                              : each_sample<float>(picture.rgb, linear_of_code);
}

isp::Image<float> display_picture(const Picture& picture) {
  return picture.transfer == Transfer::srgb ? each_sample<float>(picture.rgb, kSame)
                                            : each_sample<float>(picture.rgb, display_code);
}

isp::Image<std::uint8_t> picture_bytes(const Picture& picture) {
  return each_sample<std::uint8_t>(picture.rgb, [&](float v) {
    const float code = picture.transfer == Transfer::srgb ? v : display_code(v);
    return static_cast<std::uint8_t>(255 * std::clamp(code, 0.0f, 1.0f) + 0.5f);
  });
}

std::array<isp::Image<float>, 3> colour_planes(isp::PlaneView<const float> rgb) {
  std::array<isp::Image<float>, 3> planes;
  for (int colour = 0; colour < 3; ++colour) {
    isp::Image<float>& plane = planes[static_cast<std::size_t>(colour)] = {rgb.width / 3, rgb.height};
    for (int y = 0; y < rgb.height; ++y)
      for (int x = 0; x < plane.width(); ++x) plane.row(y)[x] = rgb.row(y)[3 * x + colour];
  }
  return planes;
}

isp::Image<float> luminance(isp::PlaneView<const float> linear_rgb) {
  isp::Image<float> plane(linear_rgb.width / 3, linear_rgb.height);
  for (int y = 0; y < plane.height(); ++y)
    for (int x = 0; x < plane.width(); ++x) {
      const float* pixel = linear_rgb.row(y) + 3 * x;
      plane.row(y)[x] = 0.2126f * pixel[0] + 0.7152f * pixel[1] + 0.0722f * pixel[2];
    }
  return plane;
}

}  // namespace sunny16::sim
