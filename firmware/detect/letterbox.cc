#include "firmware/detect/letterbox.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace sunny16::firmware {
namespace {

/// What detectors are trained with around a picture.
constexpr float kGrey = 114.f / 255;

/// The two samples around each output pixel's centre, and the second one's weight.
struct Tap {
  int first, second;
  float weight;
};

std::vector<Tap> taps(int from, int to) {
  std::vector<Tap> taps;
  const double step = static_cast<double>(from) / to;
  for (int i = 0; i < to; ++i) {
    const double at = std::clamp((i + 0.5) * step - 0.5, 0.0, from - 1.0);
    const int first = static_cast<int>(at);
    taps.push_back({first, std::min(first + 1, from - 1), static_cast<float>(at - first)});
  }
  return taps;
}

}  // namespace

Letterbox::Letterbox(int picture_width, int picture_height, int input_width, int input_height)
    : picture_width_(picture_width),
      picture_height_(picture_height),
      input_width_(input_width),
      input_height_(input_height) {
  const double scale =
      std::min(static_cast<double>(input_width) / picture_width, static_cast<double>(input_height) / picture_height);
  width_ = std::clamp(static_cast<int>(std::lround(scale * picture_width)), 1, input_width);
  height_ = std::clamp(static_cast<int>(std::lround(scale * picture_height)), 1, input_height);
  left_ = (input_width - width_) / 2, top_ = (input_height - height_) / 2;
}

Tensor Letterbox::fill(isp::PlaneView<const std::uint8_t> rgb, std::string name) const {
  const auto size = static_cast<std::size_t>(input_width_) * static_cast<std::size_t>(input_height_);
  Tensor input{.name = std::move(name), .shape = {1, 3, input_height_, input_width_}};
  input.values.assign(3 * size, kGrey);
  const std::vector<Tap> columns = taps(picture_width_, width_), rows = taps(picture_height_, height_);
  for (int y = 0; y < height_; ++y) {
    const Tap& v = rows[static_cast<std::size_t>(y)];
    const std::uint8_t *above = rgb.row(v.first), *below = rgb.row(v.second);
    float* out =
        input.values.data() + static_cast<std::size_t>(top_ + y) * static_cast<std::size_t>(input_width_) + left_;
    for (const Tap& h : columns) {
      for (int c = 0; c < 3; ++c) {
        const auto across = [&](const std::uint8_t* row) {
          const float a = row[3 * h.first + c], b = row[3 * h.second + c];
          return a + h.weight * (b - a);
        };
        out[static_cast<std::size_t>(c) * size] = (across(above) + v.weight * (across(below) - across(above))) / 255;
      }
      ++out;
    }
  }
  return input;
}

Box Letterbox::on_picture(const Box& on_input) const {
  return {(on_input[0] * input_width_ - left_) / width_, (on_input[1] * input_height_ - top_) / height_,
          on_input[2] * input_width_ / width_, on_input[3] * input_height_ / height_};
}

}  // namespace sunny16::firmware
