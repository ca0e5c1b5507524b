#include "sim/report/preview.h"

#include <algorithm>

#include "hal/api/raw_sample.h"
#include "isp/core/exact_math.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;

/// IEC 61966-2-1 for 0..4095 to 0..255.
const std::array<std::uint8_t, 4096>& srgb_curve() {
  static const auto table = [] {
    std::array<std::uint8_t, 4096> t;
    for (std::size_t i = 0; i < t.size(); ++i) {
      const double v = static_cast<double>(i) / 4095;
      t[i] =
          static_cast<std::uint8_t>(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * exact::pow(v, 1 / 2.4) - 0.055) + 0.5);
    }
    return t;
  }();
  return table;
}

/// A sample as it shall look.
std::uint8_t shown(const StageOutput& output, const hal::RawFrame& frame, int plane, int x, int y) {
  const int v = output.sample(plane, x, y);
  const auto linear = [](double black, double white, int sample) {
    return srgb_curve()[static_cast<std::size_t>(
        exact::clamp(4095 * (sample - black) / (white - black) + 0.5, 0, 4095))];
  };
  switch (output.encoding) {
    case Encoding::sensor:
      return linear(frame.black[static_cast<std::size_t>(plane)], frame.white, v);
    case Encoding::linear_raw:
      return linear(isp::domain::LinearRaw::black, isp::domain::LinearRaw::white, v);
    case Encoding::linear_rgb:
      return linear(0, isp::domain::LinearRgb::white, v);
    default:
      return static_cast<std::uint8_t>(std::clamp(v, 0, isp::domain::DisplayRgb::max) >> 6);
  }
}

}  // namespace

Picture8 overview(const StageOutput& output, const hal::RawFrame& frame) {
  const int cell = 2 * std::max(1, (output.width + 480) / 960);  // pixels averaged, each way
  Picture8 picture(3 * std::max(1, output.width / cell), std::max(1, output.height / cell));
  for (int y = 0; y < picture.height(); ++y)
    for (int x = 0; x < picture.width() / 3; ++x) {
      std::array<int, 3> sum{}, count{};
      for (int dy = 0; dy < cell; ++dy)
        for (int dx = 0; dx < cell; ++dx) {
          const int px = std::min(x * cell + dx, output.width - 1), py = std::min(y * cell + dy, output.height - 1);
          const int plane = output.plane_at(px, py);
          for (int colour = 0; colour < 3; ++colour) {
            if (output.mosaic && colour != (plane + 1) / 2) continue;  // R, Gr, Gb, B: colours 0, 1, 1, 2
            sum[static_cast<std::size_t>(colour)] += shown(output, frame, output.mosaic ? plane : colour, px, py);
            ++count[static_cast<std::size_t>(colour)];
          }
        }
      for (std::size_t colour = 0; colour < 3; ++colour)
        picture.row(y)[3 * x + static_cast<int>(colour)] =
            static_cast<std::uint8_t>(sum[colour] / std::max(1, count[colour]));
    }
  return picture;
}

Picture8 detail(const StageOutput& output, const hal::RawFrame& frame, isp::Rect part) {
  Picture8 picture(3 * part.width, part.height);
  for (int y = 0; y < part.height; ++y)
    for (int x = 0; x < part.width; ++x) {
      const int px = part.x + x, py = part.y + y, plane = output.plane_at(px, py);
      for (int colour = 0; colour < 3; ++colour)
        if (!output.mosaic || colour == (plane + 1) / 2)
          picture.row(y)[3 * x + colour] = shown(output, frame, output.mosaic ? plane : colour, px, py);
    }
  return picture;
}

isp::Rect most_colourful_detail(const hal::RawFrame& frame, int width, int height) {
  const isp::RawView& raw = frame.raw;
  isp::Rect best{0, 0, std::min(width, raw.width & ~1), std::min(height, raw.height & ~1)};
  constexpr int kBlock = 8;
  const int black = static_cast<int>(frame.black[isp::kGr]);
  // Sums of the two colours of a block's even rows: single cells of the filter see their colours at different places.
  // Clipped ones have no colour.
  const auto block_at = [&](int left, int top) {
    std::array<double, 2> sums{};
    for (int y = top; y < top + kBlock; y += 2)
      for (int x = left; x < left + kBlock; ++x) {
        const int sample = hal::raw_sample(raw, x, y);
        if (sample >= frame.white) return decltype(sums){};
        sums[x & 1] += std::max(0, sample - black);
      }
    return sums;
  };
  const double dark = (frame.white - black) / 64 * kBlock * kBlock / 2;  // below, colour is noise
  double most = 0;
  for (int top = 0; top + best.height <= raw.height; top += std::max(2, best.height / 4 * 2))
    for (int left = 0; left + best.width <= raw.width; left += std::max(2, best.width / 4 * 2)) {
      double sum = 0;
      for (int y = top; y + kBlock <= top + best.height; y += kBlock)
        for (int x = left; x + 2 * kBlock <= left + best.width; x += kBlock) {
          // How much the share of a colour changes.
          const auto [a, b] = block_at(x, y);
          const auto [c, d] = block_at(x + kBlock, y);
          sum += exact::abs(a * d - b * c) / ((a + b + dark) * (c + d + dark));
        }
      if (sum > most) most = sum, best.x = left, best.y = top;
    }
  return best;
}

Picture8 reduced(firmware::Rgb8 picture, int width) {
  const int factor = (picture.width / 3 + width - 1) / width;
  Picture8 small(3 * (picture.width / 3 / factor), std::max(1, picture.height / factor));
  for (int y = 0; y < small.height(); ++y)
    for (int i = 0; i < small.width(); ++i) {
      int sum = factor * factor / 2;
      for (int dy = 0; dy < factor; ++dy)
        for (int dx = 0; dx < factor; ++dx)
          sum += picture.row(std::min(y * factor + dy, picture.height - 1))[3 * (i / 3 * factor + dx) + i % 3];
      small.row(y)[i] = static_cast<std::uint8_t>(sum / (factor * factor));
    }
  return small;
}

}  // namespace sunny16::sim
