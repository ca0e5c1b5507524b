#include "sim/camera/board_picture.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "hal/api/raw_sample.h"
#include "isp/core/exact_math.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;
using Rgb = std::array<double, 3>;

constexpr double kMidGrey = 0.18;

/// Of the quad at (x, y), both even: fractions of white.
Rgb quad_colour(const hal::RawFrame& frame, int x, int y) {
  Rgb sum{}, count{};
  for (const int dy : {0, 1})
    for (const int dx : {0, 1}) {
      const int plane = isp::quad_plane(frame.raw.phase, dx, dy);
      const double black = frame.black[static_cast<std::size_t>(plane)];
      const double value = (hal::raw_sample(frame.raw, x + dx, y + dy) - black) / (frame.white - black);
      for (std::size_t c = 0; c < 3; ++c)
        if (frame.monochrome || c == (plane == isp::kR ? 0u : plane == isp::kB ? 2u : 1u)) sum[c] += value, ++count[c];
    }
  for (std::size_t c = 0; c < 3; ++c) sum[c] = exact::max(sum[c] / count[c], 0);
  return sum;
}

double srgb_code(double linear) {
  const double v = exact::clamp(linear, 0, 1);
  return 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * exact::pow(v, 1 / 2.4) - 0.055);
}

std::uint8_t byte(double v) { return static_cast<std::uint8_t>(exact::clamp(v + 0.5, 0, 255)); }

}  // namespace

hal::BoardPicture board_picture_of(const hal::RawFrame& frame, int width) {
  const int w = std::max(std::min(width, frame.raw.width / 2) / 2 * 2, 2);
  const int h = std::max(static_cast<int>(std::int64_t{w} * frame.raw.height / frame.raw.width) / 2 * 2, 2);
  const auto at = [](int i, int size, int of) { return static_cast<int>(std::int64_t{i} * of / size) / 2 * 2; };
  std::vector<Rgb> pixels;
  Rgb mean{};
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      pixels.push_back(quad_colour(frame, at(x, w, frame.raw.width), at(y, h, frame.raw.height)));
      for (std::size_t c = 0; c < 3; ++c) mean[c] += pixels.back()[c] / (w * h);
    }
  for (Rgb& pixel : pixels)
    for (std::size_t c = 0; c < 3; ++c) pixel[c] = srgb_code(pixel[c] * kMidGrey / exact::max(mean[c], 1e-3));

  const auto luma = static_cast<std::size_t>(w) * static_cast<std::size_t>(h);
  auto bytes = std::make_shared<std::vector<std::uint8_t>>(luma * 3 / 2);
  std::uint8_t* const planes[] = {bytes->data(), bytes->data() + luma, bytes->data() + luma * 5 / 4};
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      const auto [r, g, b] = pixels[static_cast<std::size_t>(y * w + x)];
      const double bright = 0.299 * r + 0.587 * g + 0.114 * b;
      planes[0][y * w + x] = byte(bright);
      if (x % 2 != 0 || y % 2 != 0) continue;
      planes[1][y / 2 * (w / 2) + x / 2] = byte(128 + (b - bright) / 1.772);
      planes[2][y / 2 * (w / 2) + x / 2] = byte(128 + (r - bright) / 1.402);
    }
  hal::BoardPicture picture;
  for (std::size_t i = 0; i < 3; ++i) {
    const int part = i == 0 ? 1 : 2;
    picture.planes[i] = {planes[i], w / part, h / part, w / part};
  }
  picture.storage = std::move(bytes);
  return picture;
}

}  // namespace sunny16::sim
